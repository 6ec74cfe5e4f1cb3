internal import Foundation
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.threat("KEY4"), .timeLimit(.minutes(5))) struct StartingTogether {
  @Test
  func `processes that begin together on nothing make one root key, one portal and one set of signing keys, and all end well`()
    async throws
  {
    for _ in 0..<3 {
      try await inTemporaryFolder { folder in
        let runs = try await withThrowingTaskGroup(of: CommandLineRun.self) { group in
          for _ in 0..<4 { group.addTask { try await CommandLineRun.usher(["migrate"], in: folder) } }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        for run in runs { #expect(run.status == 0, "\(run.errors)") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/keys") == ["root.key"])
        let usher = try await RunningUsher.start(in: folder)
        #expect(try await usher.client.get("/health/ready").text.contains(#""signing_keys":"ready""#))
        let keys = try await usher.client.get("/oauth/jwks").json()["keys"]?.arrayValue
        #expect(keys?.count == SigningKeyVault.algorithms.count)
        usher.tellToStop()
        #expect(await usher.ended() == 0)
      }
    }
  }
}
