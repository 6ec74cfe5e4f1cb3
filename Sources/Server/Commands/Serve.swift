internal import ArgumentParser
internal import Identity
internal import Logging
internal import Primitives
internal import ServiceLifecycle

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs Usher until it is told to stop (SIGTERM, Ctrl-C).",
    discussion: """
      Prepares the database first, as 'usher migrate' does. TLS ends at a proxy in front: name it in trusted_proxies. On SIGTERM
      requests in flight are finished, and the process ends within ten seconds. Only one may serve from a database; other commands
      may be run meanwhile.
      """)

  @OptionGroup var options: ConfigurationOptions

  func run() async throws {
    let configuration = try Server.Configuration(options.given(environment: ConfigurationOptions.processEnvironment()))
    let logger = Logger(label: "usher") { label in
      LineLogHandler(
        label: label, level: configuration.log.level, format: configuration.log.format, now: SystemClock.now,
        write: StandardError.write)
    }
    let foundations = try await Foundations.lay(
      configuration, as: "serve", serves: true, clock: SystemClock.now, randomness: SystemRandomness())
    let address = configuration.addresses.listen.address
    let server = try Assemble.server(foundations, logger: logger) { port in
      let listening = ListenAddress(address: address, port: port)
      logger.notice("serving", metadata: ["public": "\(configuration.addresses.publicAddress)", "listening": "\(listening)"])
    }
    if configuration.letters.server == nil {
      logger.notice(
        "no mail server is configured: letters are written to a folder", metadata: ["folder": "\(configuration.letters.folder)"])
    }
    try await server.run()
    try foundations.close()
    logger.notice("stopped")
  }
}
