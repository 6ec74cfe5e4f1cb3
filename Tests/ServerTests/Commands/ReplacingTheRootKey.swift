internal import Foundation
internal import Identity
internal import Localization
internal import Primitives
internal import Storage
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.threat("KEY3", "KEY7"), .timeLimit(.minutes(5))) struct ReplacingTheRootKey {
  private static let address = ["--public-address", "http://127.0.0.1:4444"]

  @Test(arguments: [false, true])
  func `afterwards only the new key opens the database, and nobody notices: passwords, sessions, tokens, letters that wait`(
    onServer: Bool
  ) async throws {
    let database = onServer ? try await TemporaryDatabase() : nil
    defer { withExtendedLifetime(database) {} }
    try await inTemporaryFolder { folder in
      let installation = try await Installation.make(in: folder, at: database?.text)
      let before = try await installation.start(Self.address)
      let browser = try browser(before)
      #expect(try await browser.signIn(Installation.email).address == "/dashboard")
      let arrived = try await browser.open(installation.service(of: before).authorizationPath(), following: false)
      let code = try #require(installation.service(of: before).returned(arrived.nextAddress)?.first("code"))
      let tokens = try await installation.service(of: before).redeem(code).json()
      let token = try #require(tokens["access_token"]?.stringValue)
      let refresh = try #require(tokens["refresh_token"]?.stringValue)
      try await stop(before)
      let letter = LetterContent.alreadySignedUp(signInURL: "https://usher.test/sign-in")
      try await installation.withFoundations { foundations in
        let occasion = foundations.occasion("test")
        try await foundations.environment.store.write { tx in
          try tx.send(
            letter, to: EmailAddress(stored: "dan@contoso.test"), name: PersonName(storedFirst: "Dan", last: "Moss"),
            in: .english,
            occasion, sealedBy: foundations.environment.keys)
        }
      }
      let kept = try await run(["audit", "checkpoint"], installation).output.trimmingCharacters(in: .newlines)

      let replaced = try await replace(installation)
      #expect(replaced.status == 0, "\(replaced.errors)")
      #expect(replaced.output.contains("2 signing keys, 1 peppers, 1 letters"), "\(replaced.output)")
      let refusal = await #expect(throws: RunningUsher.DidNotServe.self) { try await installation.start(Self.address) }
      #expect(refusal?.errors.contains("not the one that sealed this database") == true)
      try putInPlace(folder)

      try await installation.withFoundations { foundations in
        let now = foundations.environment.clock()
        let waiting = try await foundations.environment.store.write { tx in
          try tx.takeDueLetters(at: now, heldBy: InstanceName(trusted: "test"), until: now, limit: 10)
        }
        #expect(try waiting.map { try LetterContent(opening: $0, with: foundations.environment.keys.outbox) } == [letter])
      }
      let after = try await installation.start(Self.address)
      let same = try self.browser(after)
      same.send(header: "Cookie", browser.cookieHeader)
      #expect(try await same.open("/dashboard").address == "/dashboard")
      #expect(try await self.browser(after).signIn(Installation.email).address == "/dashboard")
      #expect(try await installation.service(of: after).introspect(token)["active"] == true)
      #expect(try await installation.service(of: after).refresh(refresh).status == 200)
      try await stop(after)

      // The trail is whole under the new key, and tells of the old one, by which a checkpoint of before is checked.
      let whole = try await run(["audit", "verify"], installation)
      #expect(whole.status == 0, "\(whole.output)")
      let former = try #require(replaced.output.firstMatch(of: /before (\S{43})/)?.1)
      let unknown = try await run(["audit", "verify", "--checkpoint", kept], installation)
      #expect(unknown.status != 0)
      let known = try await run(["audit", "verify", "--checkpoint", kept, "--checkpoint-key", String(former)], installation)
      #expect(known.status == 0, "\(known.output) \(known.errors)")
      let told = try await installation.withFoundations { foundations in
        try await foundations.environment.store.wholeAudit(sealing: foundations.environment.keys)
      }.filter { $0.event == AuditEvent.rootKeyReplaced.rawValue }
      #expect(told.count == 1 && told.first?.details?["audit_key_before"] == .string(String(former)))
    }
  }

  @Test func `said again after it was done, it finds that it was done`() async throws {
    try await inTemporaryFolder { folder in
      let installation = try await Installation.make(in: folder)
      #expect(try await replace(installation).status == 0)
      let again = try await replace(installation)
      #expect(again.status == 0 && again.output.contains("already"), "\(again.output) \(again.errors)")
      try putInPlace(folder)
      #expect(try await run(["migrate"], installation).status == 0)
    }
  }

  @Test func `killed anywhere, it leaves one of the two keys in force, and said again it comes to its end`() async throws {
    try await inTemporaryFolder { folder in
      let installation = try await Installation.make(in: folder)
      for round in 0..<6 {
        let arguments = ["root-key", "replace", "--with", folder + "/keys/new.key"] + settings(installation)
        try await ChildProcess.run(CommandLineRun.usher, arguments) { process in
          while !FileManager.default.fileExists(atPath: folder + "/keys/new.key") { await Task.yield() }
          for _ in 0..<round * 3_000 { await Task.yield() }
          process.kill()
        }
        var fitting = 0
        for key in ["root.key", "new.key"] {
          let started = try await CommandLineRun.usher(
            ["migrate", "--data-folder", installation.dataFolder, "--root-key-file", "\(folder)/keys/\(key)"], in: folder)
          if started.status == 0 { fitting += 1 }
        }
        #expect(fitting == 1, "round \(round)")
        let again = try await replace(installation)
        #expect(again.status == 0, "\(again.errors)")
        try putInPlace(folder)
      }
      let usher = try await installation.start(Self.address)
      #expect(try await browser(usher).signIn(Installation.email).address == "/dashboard")
      try await stop(usher)
    }
  }

  @Test func `nothing is changed while a server runs, with a wrong key, with the same one, or when a pepper does not open`()
    async throws
  {
    try await inTemporaryFolder { folder in
      let installation = try await Installation.make(in: folder)
      let running = try await installation.start(Self.address)
      let served = try await replace(installation)
      #expect(served.status != 0 && served.errors.contains("a server is running on"), "\(served.errors)")
      try await stop(running)
      let same = try await run(["root-key", "replace", "--with", folder + "/keys/root.key"], installation)
      #expect(same.status != 0 && same.errors.contains("the same key"))
      let stranger = RootKeyFile(path: folder + "/keys/stranger.key", processGroup: getegid())
      _ = try stranger.make(from: SystemRandomness())
      let wrong = try await CommandLineRun.usher(
        [
          "root-key", "replace", "--with", folder + "/keys/new.key", "--data-folder", installation.dataFolder,
          "--root-key-file", stranger.path,
        ], in: folder)
      #expect(wrong.status != 0 && wrong.errors.contains("not the one that sealed this database"), "\(wrong.errors)")

      try await installation.withFoundations { foundations in
        let broken = StoredPepper(id: "broken", sealed: "v1.AAAA", createdAt: foundations.environment.clock())
        try await foundations.environment.store.write { try $0.insert(broken) }
      }
      let before = try await proof(installation)
      let lossy = try await replace(installation)
      #expect(lossy.status != 0 && lossy.errors.contains("pepper broken"), "\(lossy.errors)")
      #expect(try await proof(installation) == before)
    }
  }

  @Test(arguments: [false, true])
  func `a command that began with the old key seals nothing after the replacement, and says what to do`(onServer: Bool)
    async throws
  {
    let database = onServer ? try await TemporaryDatabase() : nil
    defer { withExtendedLifetime(database) {} }
    try await inTemporaryFolder { folder in
      let installation = try await Installation.make(in: folder, at: database?.text)
      try await installation.withFoundations { foundations in
        let kept = try await foundations.environment.store.read { try $0.signingKeys().map(\.id) }
        let replaced = try await replace(installation)
        #expect(replaced.status == 0, "\(replaced.errors)")
        let refusal = await #expect(throws: RootKeyNotInForce.self) {
          try await RotateSigningKeys()(foundations.occasion("rotate-keys"), env: foundations.environment)
        }
        #expect(refusal.map { "\($0)" }?.contains("put the new key in the place of the old") == true)
        #expect(try await foundations.environment.store.read { try $0.signingKeys().map(\.id) } == kept)
      }
    }
  }

  private func proof(_ installation: Installation) async throws -> String? {
    let store = try Database.open(
      .init(
        dataFolder: installation.dataFolder, database: .file(installation.dataFolder + "/usher.sqlite"), databaseListen: nil,
        databaseConnections: 1, rootKeyFile: ""), clock: SystemClock.now)
    defer { try? store.close() }
    return try await store.read { try $0.rootKeyProof() }
  }

  private func settings(_ installation: Installation) -> [String] {
    ["--data-folder", installation.dataFolder, "--root-key-file", installation.folder + "/keys/root.key"] + installation.database
  }

  private func run(_ arguments: [String], _ installation: Installation) async throws -> CommandLineRun {
    try await CommandLineRun.usher(arguments + settings(installation), in: installation.folder)
  }

  private func replace(_ installation: Installation) async throws -> CommandLineRun {
    try await run(["root-key", "replace", "--with", installation.folder + "/keys/new.key"], installation)
  }

  /// What the page tells to do then.
  private func putInPlace(_ folder: String) throws {
    try FileManager.default.removeItem(atPath: folder + "/keys/root.key")
    try FileManager.default.moveItem(atPath: folder + "/keys/new.key", toPath: folder + "/keys/root.key")
  }

  private func browser(_ usher: RunningUsher) throws -> TestBrowser {
    TestBrowser(client: usher.client, origin: try #require(Origin("http://127.0.0.1:4444")))
  }

  private func stop(_ usher: RunningUsher) async throws {
    usher.tellToStop()
    #expect(await usher.ended() == 0)
  }
}
