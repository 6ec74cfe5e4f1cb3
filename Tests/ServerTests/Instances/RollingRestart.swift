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
      let client = HTTPClient(port: front, host: "127.0.0.1:\(front)")
      while (try? await client.get("/health/ready"))?.status != 200 { await Task.yield() }

      let asked = Tally()
      let askers = ["/oauth/jwks", "/.well-known/openid-configuration", "/sign-in", "/health/live"].map { path in
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

/// HAProxy in front of some instances, asking each ten times a second whether it is ready.
private final class Balancer: Sendable {
  private let process: Process

  init(front: UInt16, instances: [UInt16], in folder: String) throws {
    let servers = instances.enumerated().map { "  server usher\($0) 127.0.0.1:\($1) check inter 100ms fall 2 rise 1\n" }
    let configuration = """
      defaults
        mode http
        timeout connect 5s
        timeout client 30s
        timeout server 30s
        timeout check 10s
        option redispatch
        retries 3
      frontend portal
        bind 127.0.0.1:\(front)
        default_backend ushers
      backend ushers
        balance roundrobin
        option httpchk
        http-check send meth GET uri /health/ready ver HTTP/1.1 hdr Host 127.0.0.1
        http-check expect status 200
      \(servers.joined())
      """
    let path = "\(folder)/haproxy.cfg"
    try configuration.write(toFile: path, atomically: true, encoding: .utf8)
    process = Process()
    process.executableURL = URL(filePath: "/usr/sbin/haproxy")
    process.arguments = ["-db", "-f", path]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.start()
  }

  func stop() { process.terminate() }
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
