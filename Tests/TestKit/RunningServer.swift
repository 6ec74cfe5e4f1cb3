internal import Hummingbird
internal import Identity
internal import Primitives
internal import Synchronization
package import Web

/// The whole of Usher's HTTP on a free port of this machine, over a `TestWorld`. It stops when nobody holds it any more.
package final class RunningServer: Sendable {
  package let world: TestWorld
  package let port: UInt16
  package let log: RecordedLog
  package let web: WebEnvironment
  private let task: Task<Void, Never>

  private init(world: TestWorld, port: UInt16, log: RecordedLog, web: WebEnvironment, task: Task<Void, Never>) {
    self.world = world
    self.port = port
    self.log = log
    self.web = web
    self.task = task
  }

  deinit { task.cancel() }

  /// - Parameters:
  ///   - port: 0 lets the system choose.
  ///   - change: of what the operator may set about HTTP.
  package static func start(
    _ world: TestWorld, port: UInt16 = 0, _ change: (inout WebSettings) -> Void = { _ in }
  ) async throws -> RunningServer {
    let address = world.env.settings.publicAddress
    guard let origin = Origin(address) else { throw TestWorld.Missing(what: "an origin in \(address)") }
    var settings = WebSettings(publicOrigin: origin)
    change(&settings)
    let log = RecordedLog()
    let web = WebEnvironment(identity: world.env, settings: settings, renderer: try PageRenderer(), logger: log.logger)
    let (ports, running) = AsyncStream<UInt16>.makeStream()
    let task = Task {
      let application = WebApplication.make(web, listeningOn: .loopback, port: port) { port in running.yield(port) }
      try? await application.run()
      running.finish()
    }
    for await port in ports { return RunningServer(world: world, port: port, log: log, web: web, task: task) }
    throw TestWorld.Missing(what: "a server that starts")
  }

  package var client: HTTPClient { HTTPClient(port: port, host: host) }

  /// The authority of the public address, which clients name as their `Host`.
  package var host: String { web.settings.publicOrigin.description.split(separator: "/").last.map(String.init) ?? "" }

  /// A browser that was never here before.
  package func browser() -> TestBrowser { TestBrowser(client: client, origin: web.settings.publicOrigin) }
}
