internal import Glibc
internal import Primitives

/// The file that holds the root key: 43 signs of base64url and a line end, readable by the server alone.
///
/// Nothing here looks at the database. Whether a key may be made at all, and whether it is the one that sealed the database, is asked at
/// start (see `keys/README.md`).
struct RootKeyFile: Sendable {
  let path: String
  /// The effective group of this process. A group that is somebody else's may not read the key.
  let processGroup: UInt32

  init(path: String, processGroup: UInt32) {
    self.path = path
    self.processGroup = processGroup
  }

  /// As this process may read it.
  static func ofThisProcess(_ path: String) -> RootKeyFile { RootKeyFile(path: path, processGroup: getegid()) }

  /// Why the key was not taken, worded for the one who starts Usher at night.
  enum Refusal: Error, Hashable, CustomStringConvertible {
    case missing(path: String)
    case readableByOthers(path: String, mode: String)
    case readableByGroup(path: String, mode: String, group: UInt32)
    case notAKey(path: String)
    case unreadable(path: String, reason: String)
    case notMade(path: String, reason: String)

    var description: String {
      switch self {
      case .missing(let path):
        "there is no root key at \(path). If this installation has one, mount it there or set root_key_file; if it was lost, see "
          + "keys/README.md: what the database holds sealed cannot be opened without it."
      case .readableByOthers(let path, let mode):
        "the root key \(path) has mode \(mode), so that every user of this machine can reach it. Run 'chmod 600 \(path)'; if others may "
          + "have read it, replace it (keys/README.md)."
      case .readableByGroup(let path, let mode, let group):
        "the root key \(path) has mode \(mode) and belongs to group \(group), which is not the group this process runs as. Run "
          + "'chmod 600 \(path)', or let the process run with that group."
      case .notAKey(let path):
        "the file \(path) is not a root key: it must hold 43 signs of base64url and nothing else. It was left as it is; restore it from "
          + "the backup (keys/README.md)."
      case .unreadable(let path, let reason): "the root key \(path) cannot be read: \(reason)."
      case .notMade(let path, let reason): "the root key \(path) cannot be made: \(reason)."
      }
    }
  }

  /// Reads the key, and only from a file that nobody else can read or change.
  func load() throws(Refusal) -> RootKey {
    let contents: SmallFile.Contents
    do {
      contents = try SmallFile.read(path, maximumBytes: 1024)
    } catch {
      switch error {
      case .missing: throw .missing(path: path)
      case .tooLarge: throw .notAKey(path: path)
      default: throw .unreadable(path: path, reason: error.description)
      }
    }
    let access = contents.access
    guard !access.othersMay else { throw .readableByOthers(path: path, mode: access.text) }
    guard !access.groupMay || (access.group == processGroup && !access.groupMayWrite) else {
      throw .readableByGroup(path: path, mode: access.text, group: access.group)
    }
    let text = contents.bytes.last == UInt8(ascii: "\n") ? contents.bytes.dropLast() : contents.bytes[...]
    guard let key = RootKey(text: String(decoding: text, as: UTF8.self)) else { throw .notAKey(path: path) }
    return key
  }

  /// Makes a new key, or takes the one that another process, started together with this one, was quicker to make (THREATS KEY4).
  func makeUnlessMade(from random: any RandomSource) throws(Refusal) -> RootKey {
    do {
      return try make(from: random)
    } catch {
      guard let made = try? load() else { throw error }
      return made
    }
  }

  /// Makes a new key and the folder it lies in. Never touches a file that is there.
  func make(from random: any RandomSource) throws(Refusal) -> RootKey {
    let key = RootKey.make(from: random)
    do {
      try SmallFile.makeFolder(SmallFile.folder(of: path))
      try SmallFile.make(path, bytes: Array(key.revealText().utf8) + [UInt8(ascii: "\n")])
    } catch {
      throw .notMade(path: path, reason: error.description)
    }
    return key
  }
}
