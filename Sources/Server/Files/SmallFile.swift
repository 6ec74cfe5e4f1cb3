internal import Glibc
internal import Primitives

/// Reads and makes the few small files that are read before there is a database: the configuration, the root key, a mail password.
enum SmallFile {
  struct Contents: Sendable {
    let bytes: [UInt8]
    let access: Access
  }

  /// Who may read or change a file, as the open file itself says (a path could mean another file a moment later).
  struct Access: Sendable, Hashable {
    let mode: UInt32
    let group: UInt32

    var othersMay: Bool { mode & 0o007 != 0 }
    var groupMay: Bool { mode & 0o070 != 0 }
    var groupMayWrite: Bool { mode & 0o020 != 0 }
    /// `0640`
    var text: String { "0" + String(mode & 0o777, radix: 8) }
  }

  enum Fault: Error, Hashable, CustomStringConvertible {
    case missing
    case alreadyThere
    case notRegular
    case tooLarge(limit: Int)
    case system(String)

    var description: String {
      switch self {
      case .missing: "there is no such file"
      case .alreadyThere: "there is a file of that name already"
      case .notRegular: "it is not a regular file"
      case .tooLarge(let limit): "it is larger than \(limit) bytes"
      case .system(let reason): reason
      }
    }

    fileprivate static func last() -> Fault {
      switch errno {
      case ENOENT, ENOTDIR: .missing
      case EEXIST: .alreadyThere
      default: .system(String(cString: strerror(errno)))
      }
    }
  }

  /// Reads a whole file, following symbolic links (container platforms mount secrets as such).
  static func read(_ path: String, maximumBytes: Int) throws(Fault) -> Contents {
    // Without O_NONBLOCK opening a named pipe would wait for a writer, for ever.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw .last() }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .last() }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
    let bytes = try readAll(file, maximumBytes: maximumBytes)
    return Contents(bytes: bytes, access: Access(mode: status.st_mode & 0o7777, group: status.st_gid))
  }

  /// Reads what the command is given until its end.
  static func readStandardInput(maximumBytes: Int) throws(Fault) -> [UInt8] {
    try readAll(STDIN_FILENO, maximumBytes: maximumBytes)
  }

  private static func readAll(_ file: Int32, maximumBytes: Int) throws(Fault) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .last() }
      guard count > 0 else { return bytes }
      bytes += buffer.prefix(count)
      guard bytes.count <= maximumBytes else { throw .tooLarge(limit: maximumBytes) }
    }
  }

  /// Makes a file that only its owner may read, whole or not at all: it is written and synced under another name and then linked to its
  /// own, which fails when that name is taken.
  static func make(_ path: String, bytes: [UInt8]) throws(Fault) {
    // Processes in containers of their own may have the same number, and look at the same volume.
    let draft = "\(path).new-\(Base64URL.encode(SystemRandomness().bytes(9)))"
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw .last() }
    defer { unlink(draft) }
    try writeAll(file, bytes)
    guard link(draft, path) == 0 else { throw .last() }
    try syncFolder(of: path)
  }

  private static func writeAll(_ file: Int32, _ bytes: [UInt8]) throws(Fault) {
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .last() }
      rest = rest.dropFirst(count)
    }
    guard fsync(file) == 0 else { throw .last() }
  }

  private static func syncFolder(of path: String) throws(Fault) {
    let folder = open(Self.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .last() }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw .last() }
  }

  /// Makes a folder that only its owner may enter, unless it is there. Its parent must be.
  static func makeFolder(_ path: String) throws(Fault) {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last() }
  }

  /// The names in a folder, sorted.
  static func names(in path: String) throws(Fault) -> [String] {
    guard let folder = opendir(path) else { throw .last() }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The path as it is understood from any working directory.
  static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let current = getcwd(nil, 0) else { return path }
    defer { free(current) }
    return "\(String(cString: current))/\(path)"
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
