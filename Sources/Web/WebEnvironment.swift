package import Identity
package import Logging
package import OAuth
package import Primitives

/// Everything the handlers need from outside.
package struct WebEnvironment: Sendable {
  package let identity: Environment
  package let settings: WebSettings
  package let renderer: PageRenderer
  package let logger: Logger
  /// What the work beside the requests wants looked at.
  package let warnings = HealthWarnings()
  /// Decides about access tokens; one for all, for the sake of its memory of proved signatures.
  package let tokens: AccessTokenVerifier

  package init(identity: Environment, settings: WebSettings, renderer: PageRenderer, logger: Logger) {
    self.identity = identity
    self.settings = settings
    self.renderer = renderer
    self.logger = logger
    tokens = AccessTokenVerifier(identity)
  }

  package func actor(_ who: Actor.Who, _ exchange: Exchange) -> Actor {
    Actor(who, address: exchange.clientAddress.description, requestID: exchange.requestID)
  }
}

/// What the operator may set about HTTP.
package struct WebSettings: Sendable {
  /// How everybody reaches us; from configuration alone, never from a request (THREATS, rule 1).
  package var publicOrigin: Origin
  /// Whose `X-Forwarded-For` is believed.
  package var trustedProxies: [AddressRange]
  package var limits: RequestLimits
  /// A connection on which nothing happens for this long is closed, and one whose request line and headers do not end.
  package var idleTimeout: Duration
  /// A body must have arrived this long after its headers.
  package var bodyTimeout: Duration
  /// How many connections are open at once; one more is accepted when one of them ends.
  package var connections: Int

  package init(
    publicOrigin: Origin, trustedProxies: [AddressRange] = [], limits: RequestLimits = .standard,
    idleTimeout: Duration = .seconds(60), bodyTimeout: Duration = .seconds(30), connections: Int = 10_000
  ) {
    self.publicOrigin = publicOrigin
    self.trustedProxies = trustedProxies
    self.limits = limits
    self.idleTimeout = idleTimeout
    self.bodyTimeout = bodyTimeout
    self.connections = connections
  }

  /// Whether cookies are for TLS only and browsers are told to come back by TLS only. Plain http is for loopback.
  package var isSecure: Bool { publicOrigin.scheme == .https }
}
