internal import Foundation
internal import Identity
internal import Primitives
internal import Storage
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.threat("LOG3")) struct CheckingTheAuditTrail {
  @Test func `the trail of a server is checked beside it, from a copy, and with a checkpoint that was kept`() async throws {
    try await inTemporaryFolder { folder in
      let server = try await RunningUsher.start(in: folder)
      #expect(await server.logged("message=\"audit checkpoint\""))
      let beside = try await CommandLineRun.usher(["audit", "verify"], in: folder)
      #expect(beside.status == 0, "\(beside.output)\(beside.errors)")
      #expect(beside.output.contains("The sealed trail is whole and unchanged."))
      let kept = try await CommandLineRun.usher(["audit", "checkpoint"], in: folder).output.trimmingCharacters(in: .newlines)
      #expect(AuditCheckpoint(line: kept) != nil && server.log.contains(kept))
      let publicKey = try #require(beside.output.firstMatch(of: /public key  ([A-Za-z0-9_-]{43})/)?.1)
      server.tellToStop()
      #expect(await server.ended() == 0)

      // Elsewhere, without the root key.
      try FileManager.default.createDirectory(atPath: folder + "/copy", withIntermediateDirectories: false)
      try FileManager.default.copyItem(atPath: folder + "/data/usher.sqlite", toPath: folder + "/copy/usher.sqlite")
      let copy = ["--database", folder + "/copy/usher.sqlite", "--public-key", String(publicKey)]
      let rested = try await CommandLineRun.usher(
        ["audit", "verify", "--checkpoint", kept, "--root-key-file", "none"] + copy, in: folder)
      #expect(rested.status == 0, "\(rested.output)\(rested.errors)")

      let database = URL(filePath: folder + "/copy/usher.sqlite")
      var bytes = try Data(contentsOf: database)
      // Everywhere: the file may still hold what the entry was before it was sealed.
      let (event, other) = (Data("portal.created".utf8), Data("portal.creates".utf8))
      while let place = bytes.range(of: event) { bytes.replaceSubrange(place, with: other) }
      try bytes.write(to: database)
      let forged = try await CommandLineRun.usher(["audit", "verify"] + copy, in: folder)
      #expect(forged.status == 1 && forged.output.contains("WRONG"), "\(forged.output)")
      #expect(forged.output.contains("is not what was sealed there"))
    }
  }

  @Test(arguments: [TestEngine.sqlite, .postgresql])
  func `the trail is whole beside a busy server, and what somebody changes in it by SQL is found, on either engine`(
    _ engine: TestEngine
  ) async throws {
    let database = engine == .postgresql ? try await TemporaryDatabase() : nil
    defer { withExtendedLifetime(database) {} }
    try await inTemporaryFolder { folder in
      let installation = try await Installation.make(in: folder, at: database?.text)
      func verify() async throws -> CommandLineRun {
        try await CommandLineRun.usher(["audit", "verify"] + installation.database, in: folder)
      }
      let usher = try await installation.start()
      _ = try await Traffic.run(at: installation, through: usher.client) { _ in
        let whole = try await verify()
        #expect(whole.status == 0 && whole.output.contains("The sealed trail is whole and unchanged."), "\(whole)")
      }
      #expect(await usher.logged("message=\"audit checkpoint\""))
      usher.tellToStop()
      #expect(await usher.ended() == 0)
      for (forgery, found) in [
        ("UPDATE audit_entries SET actor = 'account:nobody' WHERE position = 2", "is not what was sealed there"),
        ("DELETE FROM audit_entries WHERE position = 3", "entry 3 is missing"),
      ] {
        try await installation.withFoundations { foundations in
          try await foundations.store.lend(.writing) { try $0.script(forgery) }
        }
        let forged = try await verify()
        #expect(forged.status == 1 && forged.output.contains(found), "\(forged)")
      }
    }
  }

  @Test(arguments: [
    ["audit", "verify", "--public-key"], ["audit", "verify", "--checkpoint-key"],
    ["root-key", "give-up", "--lose-passwords", "--audit-key"],
  ])
  func `a key that begins with a dash is a key like any other`(_ words: [String]) async throws {
    try await inTemporaryFolder { folder in
      let key = "-" + String(repeating: "A", count: 42)
      let run = try await CommandLineRun.usher(words + [key], in: folder)
      #expect(!run.errors.contains("Missing value"), "\(run.errors)")
    }
  }

  @Test func `what is no database, no key, no checkpoint or another installation's is said in words`() async throws {
    try await inTemporaryFolder { folder in
      let none = try await CommandLineRun.usher(
        ["audit", "verify", "--public-key", String(repeating: "A", count: 43)], in: folder)
      #expect(none.status != 0 && none.errors.contains("the database cannot be used"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)

      #expect(try await CommandLineRun.usher(["migrate"], in: folder).status == 0)
      #expect(try await CommandLineRun.usher(["audit", "checkpoint"], in: folder).errors.contains("nothing is sealed"))
      for wrong in [["--checkpoint", "x"], ["--public-key", "x"]] {
        #expect(try await CommandLineRun.usher(["audit", "verify"] + wrong, in: folder).status == 64, "\(wrong)")
      }
      let unsealed = try await CommandLineRun.usher(["audit", "verify"], in: folder)
      #expect(unsealed.status == 0 && unsealed.output.contains("sealed      nothing yet"))
      let other = "\(RootKey.make(from: SystemRandomness()).revealText())\n"
      #expect(
        FileManager.default.createFile(
          atPath: folder + "/other.key", contents: Data(other.utf8), attributes: [.posixPermissions: 0o600]))
      let stranger = try await CommandLineRun.usher(["audit", "verify", "--root-key-file", "other.key"], in: folder)
      #expect(stranger.status != 0 && stranger.errors.contains("the root key is not the one that sealed this database"))
    }
  }
}
