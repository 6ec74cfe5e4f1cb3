internal import Glibc
internal import TestKit
internal import Testing

/// Three instances behind a balancer on one PostgreSQL, in the middle of a working day.
@Suite(.serialized, .timeLimit(.minutes(3)), .threat("STO4", "OVR3")) struct LosingAPart {
  /// What breaks, and what is done about it.
  enum Fault: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case instance = "an instance is killed"
    case backends = "backends of the server are killed"
    case server = "the server is stopped and started"
    case primary = "the primary is killed and its synchronous standby promoted"

    var testDescription: String { rawValue }

    /// How soon the service must be back, beside what it takes on this machine while nothing is broken.
    var bound: Duration { self == .primary ? .seconds(30) : .seconds(5) }
  }

  @Test(arguments: Fault.allCases)
  func `nothing that was answered is lost, the service is back in time, and no check of a token fails meanwhile`(_ fault: Fault)
    async throws
  {
    let primary = try await PostgresServer()
    let database = try await TemporaryDatabase(on: primary)
    defer { withExtendedLifetime(database) {} }
    var standby: PostgresServer?
    if fault == .primary {
      standby = try await PostgresServer(from: .standby(of: primary))
      // Only now: without one nothing could be committed.
      try await primary.run("ALTER SYSTEM SET synchronous_standby_names = '*'")
      try await primary.run("SELECT pg_reload_conf()")
    }
    let address = standby.map { PostgresServer.address(of: database.name, on: [primary, $0]) } ?? database.text
    try await inTemporaryFolder { folder in
      let installation = try await Installation.make(in: folder, at: address)
      let ports = try (0..<4).map { _ in try FreePorts.three() }
      let front = ports[3]
      var instances: [RunningUsher] = []
      for port in ports.prefix(3) {
        instances.append(
          try await RunningUsher.start(
            installation.database + ["--public-address", "http://127.0.0.1:\(front)", "--data-folder", "data-\(port)"],
            port: port, in: folder))
      }
      let balancer = try Balancer(front: front, instances: Array(ports.prefix(3)), in: folder)
      defer { balancer.stop() }
      await balancer.untilReady()

      let (traffic, _) = try await Traffic.run(at: installation, through: balancer.client) { traffic in
        // Other tests keep the machine busy, and a sign-in costs a fifth of a second of one core.
        let usual = await ContinuousClock().measure { await traffic.goesOn() }
        var began = ContinuousClock.now
        switch fault {
        case .instance:
          instances[0].kill()
          _ = await instances[0].ended()
        case .backends:
          let pids = try await primary.run("SELECT pid FROM pg_stat_activity WHERE application_name = 'usher'")
          let backends = pids.split(separator: "\n").compactMap { Int32($0) }
          for backend in backends.prefix(3) { kill(backend, SIGKILL) }
          // The server ends the others too, and recovers as after a crash; how long that takes is its own affair.
          for backend in backends { while kill(backend, 0) == 0 { await Task.yield() } }
          while (try? await primary.run("SELECT 1")) == nil { await Task.yield() }
          began = .now
        case .server:
          try await primary.stop()
          // Services go on fetching keys for as long as the server is away.
          await traffic.checks(50)
          try await primary.start()
          began = .now
        case .primary:
          try await primary.kill()
          try await standby?.run("SELECT pg_promote()")
        }
        #expect(await traffic.goesOn(before: began + fault.bound + usual * 3), "it was not back in time")
      }
      try await traffic.expectEverythingAnswered()
      for instance in instances.dropFirst(fault == .instance ? 1 : 0) {
        instance.tellToStop()
        #expect(await instance.ended() == 0)
      }
    }
  }
}
