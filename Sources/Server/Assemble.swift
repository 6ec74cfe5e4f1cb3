internal import Identity
internal import Logging
internal import Mail
internal import Primitives
internal import ServiceLifecycle
internal import UnixSignals
internal import Web

/// The running server, put together: every part is named here once, with what it needs.
enum Assemble {
  /// How long requests in flight and the letter in hand may take once Usher is told to stop. Then what is left is cut off.
  static let farewell: Duration = .seconds(8)

  /// - Parameters:
  ///   - renderer: how pages look, and what pages and letters say.
  ///   - beside: what else this process serves, stopped with the requests.
  ///   - whenListening: told the port once connections are taken.
  static func server(
    _ foundations: Foundations, _ renderer: PageRenderer, beside others: [any Service], logger: Logger,
    whenListening: @escaping @Sendable (_ port: UInt16) async -> Void
  ) throws -> ServiceGroup {
    let configuration = foundations.configuration
    let environment = foundations.environment
    let addresses = configuration.addresses

    let instance = InstanceName.make(host: Machine.name, from: environment.randomness)
    let watch = OtherProcesses(foundations.store, clock: environment.clock, logger: logger)
    let postman = try configuration.letters.postman(
      environment, as: instance, bell: foundations.outboxBell, saying: renderer.tables, publicHost: addresses.publicAddress.host,
      logger: logger
    )
    let forget = ForgetEndings(environment: environment)
    let uses = WritingUses(environment: environment, logger: logger)
    let rotation = environment.settings.lifetimes.keyRotation.map { RepeatedWork.keyRotation(every: $0, env: environment) }
    let jobs = JobRunner(
      work: [.cleanUp(every: .hours(1), env: environment)] + (rotation.map { [$0] } ?? []),
      switchedOff: rotation == nil ? [.keyRotation] : [], holder: instance, environment: environment, logger: logger)
    let sealing = AuditSealing(environment: environment, instance: instance, logger: logger)
    let web = WebEnvironment(
      identity: environment, settings: try WebSettings(configuration, logger: logger), renderer: renderer, logger: logger)
    // PostgreSQL looks after its own log.
    let logCutter = foundations.sqlite.map { store in
      let cutter = LogCutter(store, warnings: web.warnings, logger: logger)
      return Loop { await cutter.run(every: .seconds(10)) }
    }
    let application = WebApplication.make(
      web, listeningOn: addresses.listen.address, port: addresses.listen.port, whenRunning: whenListening)

    let draining = Draining(health: web.warnings, time: configuration.requests.drainTime)

    // The last is stopped first: the balancer sends nobody any more, nobody asks any more when the letters stop, and no letter is written when the
    // watch ends.
    var group = ServiceGroupConfiguration(
      services: [
        Loop { await watch.run() },
        Loop { await forget.run(every: .hours(1)) },
        Loop { await uses.run(every: .minutes(1)) },
        Loop { await jobs.run(every: .seconds(10)) },
        Loop { await sealing.run(every: .milliseconds(500)) },
        Loop { await postman.run() },
        application,
      ] + [logCutter].compactMap(\.self) + others + [draining],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    group.maximumGracefulShutdownDuration = farewell + configuration.requests.drainTime
    return ServiceGroup(configuration: group)
  }
}

extension WebSettings {
  init(_ configuration: Configuration, logger: Logger) throws {
    self.init(
      publicOrigin: configuration.addresses.publicAddress, trustedProxies: configuration.addresses.trustedProxies,
      idleTimeout: configuration.requests.idleTimeout, bodyTimeout: configuration.requests.bodyTimeout,
      connections: try OpenFiles.connections(wished: configuration.requests.connections, logger: logger))
  }
}
