internal import Foundation
internal import Primitives
internal import Synchronization
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.timeLimit(.minutes(10)), .threat("OVR3")) struct RollingRestart {
  @Test func `three instances behind a balancer are restarted one after the other, and no request is lost`() async throws {
    let database = try await TemporaryDatabase()
    defer { withExtendedLifetime(database) {} }
    try await inTemporaryFolder { folder in
      let ports = try (0..<4).map { _ in try FreePorts.three() }
      let front = ports[3]
      var instances: [RunningUsher] = []
      for port in ports.prefix(3) { instances.append(try await start(port, behind: front, database, in: folder)) }
      let balancer = try Balancer(front: front, instances: Array(ports.prefix(3)), in: folder)
      defer { balancer.stop() }
      await balancer.untilReady()

      // A machine that is busy with other tests can keep all of them from their database for seconds at once. Then nobody could have been asked, which
      // says nothing about restarts, and they are restarted once more.
      var lost: [String] = []
      for _ in 0..<3 {
        let before = try await balancer.view().timesWithout
        lost = try await requestsLost(at: balancer.client) { asked in
          for (index, port) in ports.prefix(3).enumerated() {
            // Until the balancer has taken back the one before, there would be one fewer.
            while try await balancer.view().ready < 3 { try Task.checkCancellation() }
            instances[index].tellToStop()
            #expect(await instances[index].ended() == 0)
            instances[index] = try await start(port, behind: front, database, in: folder)
            try await asked.reach(asked.total + 200)
          }
        }
        let after = try await balancer.view().timesWithout
        if lost.isEmpty || after == before { break }
      }
      #expect(Set(lost) == [], "\(lost.count) of them")
      for instance in instances {
        instance.tellToStop()
        _ = await instance.ended()
      }
    }
  }

  /// What went wrong for those who ask all the while.
  private func requestsLost(at client: HTTPClient, while body: (Tally) async throws -> Void) async throws -> [String] {
    let asked = Tally()
    let paths = ["/oauth/jwks", "/.well-known/openid-configuration", "/sign-in", "/.well-known/authzen-configuration"]
    let askers = paths.map { path in
      Task {
        while !Task.isCancelled {
          let status = try? await client.get(path).status
          asked.count(status == 200 ? nil : "\(path): \(status.map(String.init(describing:)) ?? "no answer")")
        }
      }
    }
    defer { for asker in askers { asker.cancel() } }
    try await asked.reach(100)
    try await body(asked)
    for asker in askers { asker.cancel() }
    for asker in askers { await asker.value }
    return asked.failures
  }

  private func start(_ port: UInt16, behind front: UInt16, _ database: TemporaryDatabase, in folder: String) async throws
    -> RunningUsher
  {
    try await RunningUsher.start(
      [
        "--database", database.text, "--public-address", "http://127.0.0.1:\(front)", "--drain-time", "1s",
        "--data-folder", "data-\(port)",
      ], port: port, in: folder)
  }
}

/// What came of many requests.
private final class Tally: Sendable {
  private let state = Mutex<(total: Int, failures: [String])>((0, []))

  var total: Int { state.withLock { $0.total } }
  var failures: [String] { state.withLock { $0.failures } }

  func count(_ failure: String?) {
    state.withLock { state in
      state.total += 1
      if let failure { state.failures.append(failure) }
    }
  }

  func reach(_ count: Int) async throws {
    while total < count {
      try Task.checkCancellation()
      await Task.yield()
    }
  }
}
