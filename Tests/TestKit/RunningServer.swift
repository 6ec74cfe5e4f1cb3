internal import Hummingbird
package import Identity
internal import Primitives
internal import ServiceLifecycle
internal import Synchronization
package import Web

/// The whole of Usher's HTTP on a free port of this machine, over a `TestWorld`. It stops when nobody holds it any more.
package final class RunningServer: Sendable {
  package let world: TestWorld
  package let port: UInt16
  package let log: RecordedLog
  package let web: WebEnvironment
  private let group: ServiceGroup

  private init(world: TestWorld, port: UInt16, log: RecordedLog, web: WebEnvironment, group: ServiceGroup) {
    self.world = world
    self.port = port
    self.log = log
    self.web = web
    self.group = group
  }

  /// Stops as the product does: a connection that has just been taken is seen to its end.
  deinit { Task { [group] in await group.triggerGracefulShutdown() } }

  /// - Parameters:
  ///   - port: 0 lets the system choose.
  ///   - environment: the world's, unless a test broke something of it.
  ///   - appearance: the files of the operator's folder by name.
  ///   - change: of what the operator may set about HTTP.
  package static func start(
    _ world: TestWorld, port: UInt16 = 0, over environment: Identity.Environment? = nil, appearance: [String: String] = [:],
    _ change: (inout WebSettings) -> Void = { _ in }
  ) async throws -> RunningServer {
    let address = world.env.settings.publicAddress
    guard let origin = Origin(address) else { throw TestWorld.Missing(what: "an origin in \(address)") }
    var settings = WebSettings(publicOrigin: origin)
    change(&settings)
    let log = RecordedLog()
    let web = WebEnvironment(
      identity: environment ?? world.env, settings: settings, renderer: try PageRenderer(replacing: appearance),
      logger: log.logger)
    let (ports, running) = AsyncStream<UInt16>.makeStream()
    let application = WebApplication.make(web, listeningOn: .loopback, port: port) { port in running.yield(port) }
    let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [application], logger: log.logger))
    Task {
      try? await group.run()
      running.finish()
    }
    for await port in ports { return RunningServer(world: world, port: port, log: log, web: web, group: group) }
    throw TestWorld.Missing(what: "a server that starts")
  }

  package var client: HTTPClient { HTTPClient(port: port, host: host, of: self) }

  /// The authority of the public address, which clients name as their `Host`.
  package var host: String { web.settings.publicOrigin.description.split(separator: "/").last.map(String.init) ?? "" }

  /// A browser that was never here before.
  package func browser() -> TestBrowser { TestBrowser(client: client, origin: web.settings.publicOrigin) }
}
