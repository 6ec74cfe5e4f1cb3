internal import Foundation
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.threat("KEY1", "KEY3")) struct KeepingTheRootKey {
  @Test func `a key that was made is read again, and only its owner may read the file`() throws {
    try inTemporaryFolder { folder in
      let file = RootKeyFile(path: folder + "/keys/root.key", processGroup: getegid())
      let made = try file.make(from: SystemRandomness())
      #expect(try file.load().revealText() == made.revealText())
      #expect(try SmallFile.read(file.path, maximumBytes: 100).access.mode == 0o600)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/keys") == ["root.key"])
    }
  }

  @Test func `making never replaces a key that is there`() throws {
    try inTemporaryFolder { folder in
      let file = RootKeyFile(path: folder + "/root.key", processGroup: getegid())
      let first = try file.make(from: SystemRandomness())
      #expect(throws: RootKeyFile.Refusal.self) { try file.make(from: SystemRandomness()) }
      #expect(try file.load().revealText() == first.revealText())
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["root.key"])
    }
  }

  @Test(arguments: [0o644, 0o604, 0o602, 0o601])
  func `a key that others can reach is refused with the command that mends it`(mode: Int) throws {
    try inTemporaryFolder { folder in
      let file = try keyFile(in: folder, mode: mode, processGroup: getegid())
      let refusal = #expect(throws: RootKeyFile.Refusal.self) { try file.load() }
      #expect(refusal == .readableByOthers(path: file.path, mode: "0" + String(mode, radix: 8)))
      #expect(refusal?.description.contains("chmod 600 \(file.path)") == true)
    }
  }

  @Test func `a key that a group may read is taken only when the process runs as that group`() throws {
    try inTemporaryFolder { folder in
      let own = try keyFile(in: folder, mode: 0o640, processGroup: getegid())
      _ = try own.load()
      let foreign = RootKeyFile(path: own.path, processGroup: getegid() + 1)
      #expect(throws: RootKeyFile.Refusal.readableByGroup(path: own.path, mode: "0640", group: getegid())) { try foreign.load() }
    }
  }

  @Test func `a key that a group may change is refused`() throws {
    try inTemporaryFolder { folder in
      let file = try keyFile(in: folder, mode: 0o660, processGroup: getegid())
      #expect(throws: RootKeyFile.Refusal.readableByGroup(path: file.path, mode: "0660", group: getegid())) { try file.load() }
    }
  }

  @Test func `a lost key is told as such, and none is made in its place`() throws {
    try inTemporaryFolder { folder in
      let file = RootKeyFile(path: folder + "/root.key", processGroup: getegid())
      #expect(throws: RootKeyFile.Refusal.missing(path: file.path)) { try file.load() }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }

  @Test(arguments: [
    "", "\n", "short\n", String(repeating: "A", count: 43) + "\n\n", String(repeating: "A", count: 44),
    String(repeating: "!", count: 43),
  ])
  func `a file that holds no key is refused and left as it is`(text: String) throws {
    try inTemporaryFolder { folder in
      let path = folder + "/root.key"
      try SmallFile.make(path, bytes: Array(text.utf8))
      #expect(throws: RootKeyFile.Refusal.notAKey(path: path)) { try RootKeyFile(path: path, processGroup: getegid()).load() }
      #expect(try SmallFile.read(path, maximumBytes: 100).bytes == Array(text.utf8))
    }
  }

  @Test func `a folder or a pipe in the place of the key is refused without waiting`() throws {
    try inTemporaryFolder { folder in
      let pipe = folder + "/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      for path in [pipe, folder] {
        let refusal = #expect(throws: RootKeyFile.Refusal.self) { try RootKeyFile(path: path, processGroup: getegid()).load() }
        #expect(refusal == .unreadable(path: path, reason: "it is not a regular file"))
      }
    }
  }

  @Test func `a file much larger than a key is not read to its end`() throws {
    try inTemporaryFolder { folder in
      let path = folder + "/root.key"
      try SmallFile.make(path, bytes: [UInt8](repeating: 65, count: 100_000))
      #expect(throws: RootKeyFile.Refusal.notAKey(path: path)) { try RootKeyFile(path: path, processGroup: getegid()).load() }
    }
  }

  private func keyFile(in folder: String, mode: Int, processGroup: UInt32) throws -> RootKeyFile {
    let file = RootKeyFile(path: folder + "/root.key", processGroup: processGroup)
    _ = try file.make(from: SystemRandomness())
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    return file
  }
}
