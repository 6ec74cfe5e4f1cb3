internal import ArgumentParser
internal import Glibc
internal import Identity
internal import Logging
internal import NIOCore
internal import Primitives
internal import ServiceLifecycle
internal import Storage

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs Usher until it is told to stop (SIGTERM, Ctrl-C).",
    discussion: """
      Prepares the database first, as 'usher migrate' does. TLS ends at a proxy in front: name it in trusted_proxies. On SIGTERM
      requests in flight are finished, and the process ends within ten seconds. Only one may serve from a database; other commands
      may be run meanwhile.
      """)

  @Flag(
    help: """
      Start with a world to look around in: an organization, its people, two services. Loopback addresses only; needs an empty data \
      folder, or one that a sample made.
      """)
  var sample = false

  @OptionGroup var options: ConfigurationOptions

  func run() async throws {
    let configuration = try Server.Configuration(options.given(environment: ConfigurationOptions.processEnvironment()))
    if sample { try Sample.check(configuration) }
    let renderer = try Appearance.renderer(configuration)
    let logger = configuration.log.logger(now: SystemClock.now, write: StandardError.write)
    let foundations = try await Foundations.lay(
      configuration, as: "serve", serves: true, clock: SystemClock.now, randomness: SystemRandomness(), logger: logger)
    try await foundations.sqlite?.openReaders()
    let world = sample ? try await Sample.prepare(foundations) : nil
    let others = world?.services(logger: logger) ?? []
    let server = try Assemble.server(foundations, renderer, beside: others, logger: logger) { port in
      let listening = ListenAddress(address: configuration.addresses.listen.address, port: port)
      logger.notice("serving", metadata: ["public": "\(configuration.addresses.publicAddress)", "listening": "\(listening)"])
      await world?.servicesListen()
      world?.welcome.forEach { StandardOutput.say($0) }
    }
    if configuration.letters.server == nil {
      logger.notice(
        "no mail server is configured: letters are written to a folder", metadata: ["folder": "\(configuration.letters.folder)"])
    }
    do {
      try await server.run()
    } catch let error as IOError {
      throw StartRefusal(
        "\(configuration.addresses.listen) cannot be listened on"
          + (sample ? ", or one of the two ports after it: " : ": ") + String(cString: strerror(error.errnoCode)) + ".")
    }
    try await foundations.settle()
    logger.notice("stopped")
  }
}

extension Configuration.Log {
  func logger(now: @escaping @Sendable () -> Timestamp, write: @escaping @Sendable ([UInt8]) -> Void) -> Logger {
    Logger(label: "usher") { LineLogHandler(label: $0, level: level, format: format, now: now, write: write) }
  }
}
