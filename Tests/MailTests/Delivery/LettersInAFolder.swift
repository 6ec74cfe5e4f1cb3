import Foundation
import Identity
import Mail
import Primitives
import TestKit
import Testing

@Suite struct LettersInAFolder {
  @Test func `a letter becomes a file that only its owner can read, named by its time and id`() async throws {
    try await withTemporaryFolder { parent in
      let folder = "\(parent)/mail"
      let message = try #require(SampleLetters.composed(SampleLetters.letter()))
      try await FolderTransport(path: folder).deliver(message)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["20260302T090000Z-01letter.eml"])
      #expect(try Data(contentsOf: URL(filePath: "\(folder)/20260302T090000Z-01letter.eml")) == Data(message.bytes))
      #expect(try mode(folder) == 0o700)
      #expect(try mode("\(folder)/20260302T090000Z-01letter.eml") == 0o600)
    }
  }

  @Test func `a letter delivered twice is one file`() async throws {
    try await withTemporaryFolder { parent in
      let transport = try FolderTransport(path: "\(parent)/mail")
      for _ in 1...2 { try await transport.deliver(#require(SampleLetters.composed(SampleLetters.letter()))) }
      #expect(try FileManager.default.contentsOfDirectory(atPath: transport.path).count == 1)
    }
  }

  @Test func `a folder open to others is refused, also when it is opened later`() async throws {
    try await withTemporaryFolder { parent in
      let transport = try FolderTransport(path: "\(parent)/mail")
      try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: transport.path)
      #expect(throws: DeliveryFailure.self) { try FolderTransport(path: "\(parent)/mail") }
      await #expect(throws: DeliveryFailure.self) {
        try await transport.deliver(#require(SampleLetters.composed(SampleLetters.letter())))
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: transport.path).isEmpty)
    }
  }

  @Test func `a link or a file in the folder's place is refused`() async throws {
    try await withTemporaryFolder { parent in
      try FileManager.default.createDirectory(
        atPath: "\(parent)/real", withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      try FileManager.default.createSymbolicLink(atPath: "\(parent)/link", withDestinationPath: "\(parent)/real")
      #expect(throws: DeliveryFailure.self) { try FolderTransport(path: "\(parent)/link") }
      #expect(FileManager.default.createFile(atPath: "\(parent)/file", contents: nil))
      #expect(throws: DeliveryFailure.self) { try FolderTransport(path: "\(parent)/file") }
      #expect(throws: DeliveryFailure.self) { try FolderTransport(path: "\(parent)/missing/mail") }
    }
  }

  @Test func `a folder that went away is a temporary failure`() async throws {
    try await withTemporaryFolder { parent in
      let transport = try FolderTransport(path: "\(parent)/mail")
      try FileManager.default.removeItem(atPath: transport.path)
      let message = try #require(SampleLetters.composed(SampleLetters.letter()))
      await #expect { try await transport.deliver(message) } throws: {
        if case .temporary = $0 as? DeliveryFailure { true } else { false }
      }
    }
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }
}
