internal import Foundation
internal import Primitives
internal import Synchronization
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.timeLimit(.minutes(5)), .threat("OVR3")) struct RollingRestart {
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
      let client = balancer.client
      await balancer.untilReady()

      let asked = Tally()
      let askers = ["/oauth/jwks", "/.well-known/openid-configuration", "/sign-in", "/.well-known/authzen-configuration"].map {
        path in
        Task {
          while !Task.isCancelled {
            let status = try? await client.get(path).status
            asked.count(status == 200 ? nil : "\(path): \(status.map(String.init(describing:)) ?? "no answer")")
          }
        }
      }
      await asked.reach(100)
      for (index, port) in ports.prefix(3).enumerated() {
        instances[index].tellToStop()
        #expect(await instances[index].ended() == 0)
        instances[index] = try await start(port, behind: front, database, in: folder)
        // Until the balancer has taken it back, there would be one fewer when the next stops.
        let before = asked.total
        await asked.reach(before + 200)
      }
      for asker in askers { asker.cancel() }
      for asker in askers { await asker.value }
      #expect(Set(asked.failures) == [], "\(asked.failures.count) of \(asked.total) failed")
      for instance in instances {
        instance.tellToStop()
        _ = await instance.ended()
      }
    }
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

  func reach(_ count: Int) async { while total < count { await Task.yield() } }
}
