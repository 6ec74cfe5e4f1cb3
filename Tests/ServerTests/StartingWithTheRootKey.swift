internal import Foundation
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.threat("KEY1", "KEY3")) struct StartingWithTheRootKey {
  @Test func `the first start makes a key and a portal, and the second finds both`() async throws {
    try await inTemporaryFolder { folder in
      let first = try await lay(in: folder)
      let portal = try await first.environment.store.read { try $0.portalOrganization() }
      #expect(portal != nil)
      try first.close()
      let second = try await lay(in: folder)
      #expect(try await second.environment.store.read { try $0.portalOrganization() } == portal)
      #expect(second.environment.keys.signingKey(.es256, at: second.environment.clock()) != nil)
      try second.close()
    }
  }

  @Test func `a lost key stops the start, no other is made, and the data stays as it is`() async throws {
    try await inTemporaryFolder { folder in
      let path = folder + "/keys/root.key"
      let before = try await stored(in: folder)
      try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
      let refusal = await #expect(throws: RootKeyFile.Refusal.self) { try await lay(in: folder) }
      #expect(refusal == .missing(path: path))
      #expect(!FileManager.default.fileExists(atPath: path))
      try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
      #expect(try await stored(in: folder) == before)
    }
  }

  @Test func `another key is told as the wrong one, and the right one still opens everything`() async throws {
    try await inTemporaryFolder { folder in
      let path = folder + "/keys/root.key"
      let before = try await stored(in: folder)
      try FileManager.default.moveItem(atPath: path, toPath: path + ".right")
      _ = try RootKeyFile(path: path, processGroup: getegid()).make(from: SystemRandomness())
      let refusal = await #expect(throws: StartRefusal.self) { try await lay(in: folder) }
      #expect(refusal?.description.contains("not the one that sealed this database") == true)
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.moveItem(atPath: path + ".right", toPath: path)
      #expect(try await stored(in: folder) == before)
    }
  }

  @Test func `nothing in the database or beside it is the root key or a key that signs, and others can read neither`()
    async throws
  {
    try await inTemporaryFolder { folder in
      let foundations = try await lay(in: folder)
      let signing = try SigningKeyVault.algorithms.map { algorithm in
        try #require(foundations.environment.keys.signingKey(algorithm, at: foundations.environment.clock())).exported()
      }
      try foundations.close()
      let root = try SmallFile.read(folder + "/keys/root.key", maximumBytes: 100)
      // As they are, and as they would stand in a text.
      let secrets = [Array(root.bytes.dropLast())] + signing + signing.map { Array(Base64URL.encode($0).utf8) }
      for name in try FileManager.default.contentsOfDirectory(atPath: folder + "/data") {
        let file = try SmallFile.read("\(folder)/data/\(name)", maximumBytes: 10_000_000)
        #expect(!file.access.othersMay && !file.access.groupMay, "\(name)")
        for secret in secrets { #expect(Data(file.bytes).range(of: Data(secret)) == nil, "\(name)") }
      }
    }
  }

  private struct Stored: Sendable, Equatable {
    let portal: Organization?
    let proof: String?
    let peppers: [StoredPepper]
    let signingKeys: [StoredSigningKey]
    let audit: [AuditEntry]
  }

  /// What an installation keeps under its root key, and every change that was ever made.
  private func stored(in folder: String) async throws -> Stored {
    let foundations = try await lay(in: folder)
    defer { try? foundations.close() }
    let environment = foundations.environment
    let audit = try await environment.store.wholeAudit(sealing: environment.keys)
    return try await environment.store.read { tx in
      Stored(
        portal: try tx.portalOrganization(), proof: try tx.rootKeyProof(), peppers: try tx.peppers(),
        signingKeys: try tx.signingKeys(), audit: audit)
    }
  }

  private func lay(in folder: String) async throws -> Foundations {
    var given = GivenSettings()
    given.takeFlags(["--data-folder", folder + "/data", "--root-key-file", folder + "/keys/root.key"])
    return try await Foundations.lay(
      try Configuration(given), as: "test", serves: false, clock: { Timestamp(seconds: 1_767_323_045) },
      randomness: SystemRandomness(), logger: RecordedLog().logger)
  }
}
