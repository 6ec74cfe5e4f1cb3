package import Hummingbird
internal import HummingbirdCore
internal import NIOCore
package import Primitives

/// Puts the front behind a listening socket. What it listens on is the Server's business; tests ask for port 0.
package enum WebApplication {
  /// - Parameters:
  ///   - others: routes that are no part of Usher, for measurements.
  ///   - address: where to listen.
  ///   - port: 0 lets the system choose.
  ///   - whenRunning: told the port once connections are taken.
  package static func make(
    _ web: WebEnvironment, beside others: [Route] = [], listeningOn address: IPAddress, port: UInt16,
    whenRunning: @escaping @Sendable (_ port: UInt16) async -> Void = { _ in }
  ) -> some ApplicationProtocol {
    let settings = web.settings
    let limits = settings.limits
    let reading = HTTP1Channel.Configuration(
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: limits.readerBytes, maxHeaderListSize: limits.readerBytes, maxHeaderFieldCount: limits.readerFields))
    let decisions = ImmediateDecisions(web: web)
    let server = HTTPServerBuilder { responder in
      ConnectionChannel(HTTP1Channel(responder: responder, configuration: reading)) {
        let connection = ConnectionGuard(
          bodyTimeout: TimeAmount(settings.bodyTimeout), idleTimeout: TimeAmount(settings.idleTimeout))
        return [connection, ImmediateAnswers(decisions, on: connection)]
      }
    }
    let accepting = AcceptingConnections(logger: web.logger)
    return Application(
      responder: Front(web, Routes.table(web, beside: others), Routes.surfaces(web)), server: server,
      configuration: ApplicationConfiguration(
        address: .hostname(address.description, port: Int(port)), backlog: 1024,
        availableConnectionsDelegate: ConnectionBound(settings.connections, logger: web.logger)),
      onServerRunning: { channel in
        try? await channel.pipeline.addHandler(accepting, position: .first).get()
        await whenRunning(UInt16(clamping: channel.localAddress?.port ?? 0))
      },
      logger: web.logger)
  }
}
