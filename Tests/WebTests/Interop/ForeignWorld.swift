import AccessControl
import Identity
import Primitives
import TestKit

/// Contoso with one colleague, and two services that others wrote: a confidential web application, and a public client with an API.
struct ForeignWorld {
  static let ordersAudience = "https://orders.test/"
  static let reportsAudience = "https://reports.test/api"

  let server: RunningServer
  let orders: ForeignApplication
  let reports: ForeignApplication
  /// The API behind the public client, with credentials of its own.
  let reportsAPI: (id: String, secret: String)
  let ordersClient: (id: String, secret: String)

  var world: TestWorld { server.world }
  var issuer: String { world.env.settings.publicAddress }

  static func run(_ body: (ForeignWorld) async throws -> Void) async throws {
    let server = try await RunningServer.atItsPublicAddress()
    let contoso = try await server.world.organization()
    try await server.world.member(of: contoso, "alan@contoso.test", roles: [.accountViewer], first: "Alan", last: "Turing")
    try await ForeignApplication.run { orders in
      try await ForeignApplication.run { reports in
        try await body(Self.make(server, orders, reports))
      }
    }
  }

  private static func make(_ server: RunningServer, _ orders: ForeignApplication, _ reports: ForeignApplication) async throws
    -> ForeignWorld
  {
    let world = server.world
    let scopes: Set<String> = ["openid", "profile", "email", "offline_access"]

    let (ordersID, ordersSecret) = (world.command.newID() as ApplicationID, world.command.newSecret())
    try await world.application(
      Application(
        id: ordersID, name: "Orders", authentication: .basic,
        secrets: [.init(digest: ordersSecret.digest, createdAt: world.clock.now())],
        grantTypes: [.authorizationCode, .refreshToken], redirectURIs: [orders.redirectURI], scopes: scopes,
        audiences: [ordersAudience],
        defaultAudience: ordersAudience, admits: .both, isTrusted: true, createdAt: world.clock.now()))

    let (apiID, apiSecret) = (world.command.newID() as ApplicationID, world.command.newSecret())
    try await world.application(
      Application(
        id: apiID, name: "Reports API", authentication: .basic,
        secrets: [.init(digest: apiSecret.digest, createdAt: world.clock.now())],
        grantTypes: [.clientCredentials], scopes: [], audiences: [reportsAudience], createdAt: world.clock.now()))

    let reportsID = world.command.newID() as ApplicationID
    try await world.application(
      Application(
        id: reportsID, name: "Reports", authentication: .none, grantTypes: [.authorizationCode, .refreshToken],
        redirectURIs: [reports.redirectURI], scopes: scopes, defaultAudience: reportsAudience,
        requestableAudiences: [reportsAudience],
        signingAlgorithm: .rs256, admits: .work, isTrusted: true, createdAt: world.clock.now()))

    let issuer = world.env.settings.publicAddress
    try await orders.configure(
      issuer: issuer, clientID: ordersID.text, clientSecret: ordersSecret.reveal(), scope: "openid profile email offline_access",
      now: world.clock.now())
    try await reports.configure(
      issuer: issuer, clientID: reportsID.text, clientSecret: nil, scope: "openid email", now: world.clock.now())
    return ForeignWorld(
      server: server, orders: orders, reports: reports, reportsAPI: (apiID.text, apiSecret.reveal()),
      ordersClient: (ordersID.text, ordersSecret.reveal()))
  }
}
