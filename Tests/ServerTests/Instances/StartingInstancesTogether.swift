internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.timeLimit(.minutes(2)), .threat("KEY4")) struct StartingInstancesTogether {
  @Test func `instances that start at once on an empty database share one portal, one root key and one set of signing keys`()
    async throws
  {
    let database = try await TemporaryDatabase()
    defer { withExtendedLifetime(database) {} }
    try await inTemporaryFolder { folder in
      let laid = try await withThrowingTaskGroup(of: Foundations.self) { group in
        for index in 0..<4 { group.addTask { try await lay(index, in: folder, database) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      let now = laid[0].environment.clock()
      let published = laid.map { $0.environment.keys.published(at: now).keys.map(\.id) }
      #expect(published[0].count == SigningKeyVault.algorithms.count)
      #expect(published.allSatisfy { $0 == published[0] })
      let portals = try await database.server.run("SELECT count(*) FROM organizations", in: database.name)
      #expect(portals == "1")
      let peppers = try await database.server.run("SELECT count(*) FROM peppers", in: database.name)
      #expect(peppers == "1")
      for signer in laid {
        let key = try #require(signer.environment.keys.signingKey(.es256, at: now))
        let signature = try key.sign([1, 2, 3])
        for verifier in laid {
          let known = try #require(verifier.environment.keys.verificationKey(key.id, at: now))
          #expect(known.verifies(signature, [1, 2, 3]))
        }
      }
      for foundations in laid { try foundations.close() }
    }
  }

  private func lay(_ index: Int, in folder: String, _ database: TemporaryDatabase) async throws -> Foundations {
    var given = GivenSettings()
    given.takeFlags([
      "--data-folder", "\(folder)/data-\(index)", "--root-key-file", "\(folder)/keys/root.key", "--database", database.text,
    ])
    return try await Foundations.lay(
      try Configuration(given), as: "test", serves: true, clock: { Timestamp(seconds: 1_767_323_045) },
      randomness: SystemRandomness(), logger: RecordedLog().logger)
  }
}
