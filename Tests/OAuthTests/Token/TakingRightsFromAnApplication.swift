import AccessControl
import Identity
import OAuth
import Primitives
import TestKit
import Testing
import Wire

@Suite(.threat("REF3", "ROL3"))
struct TakingRightsFromAnApplication {
  private static let reports = "https://reports.test/api"

  /// The application of the portal may ask for the tokens of another service of the portal.
  private func made() async throws -> PortalWithAnApplication {
    let portal = try await PortalWithAnApplication.make {
      $0.requestableAudiences = [Self.reports]
      $0.scopes.formUnion([Scope.manage, Scope.decide])
    }
    try await portal.world.application(
      Application(
        id: portal.world.command.newID(), name: "Reports", authentication: .basic, grantTypes: [], scopes: [],
        audiences: [Self.reports], createdAt: portal.now))
    return portal
  }

  private func change(_ portal: PortalWithAnApplication, _ change: @escaping @Sendable (inout ApplicationDetails) -> Void)
    async throws
  {
    _ = try await ChangeApplication()(portal.application.id, seen: nil, portal.world.command, env: portal.env, change)
  }

  @Test func `an audience that was taken is issued to no code and no refresh token, and a token for it is dead`() async throws {
    let portal = try await made()
    let tokens = try await portal.tokens(["resource": Self.reports])
    let refreshToken = try #require(tokens.refreshToken)
    let waiting = try await portal.code(["resource": Self.reports])
    #expect(try portal.verifier.verify(tokens.accessToken, at: portal.now) != nil)
    try await change(portal) { $0.requestableAudiences = [] }
    #expect(await errorCode { _ = try await portal.redeem(waiting) } == .invalidGrant)
    #expect(await errorCode { _ = try await portal.refresh(refreshToken) } == .invalidGrant)
    #expect(try portal.verifier.verify(tokens.accessToken, at: portal.now) == nil)
    // It was refused, not used up: given back, the right is there again.
    try await change(portal) { $0.requestableAudiences = [Self.reports] }
    #expect(try claims(of: try await portal.refresh(refreshToken).accessToken)["aud"]?.stringValue == Self.reports)
  }

  @Test func `a scope that was taken while a code was on its way is in no token of it`() async throws {
    let portal = try await made()
    let code = try await portal.code()
    try await change(portal) { $0.scopes.remove("orders:read") }
    #expect(try await portal.redeem(code).scope == "openid")
  }

  @Test func `without offline access a grant ends with its session, also one that began with it`() async throws {
    let portal = try await made()
    let token = try #require(try await portal.tokens(["scope": "openid offline_access"]).refreshToken)
    try await change(portal) { $0.scopes.remove(Scope.offlineAccess) }
    portal.world.clock.advance(by: .hours(8) + .seconds(1))
    #expect(await errorCode { _ = try await portal.refresh(token) } == .invalidGrant)
  }

  @Test(arguments: [Scope.manage, Scope.decide])
  func `a scope of ours that was taken opens nothing with the tokens that still name it`(_ scope: String) async throws {
    let portal = try await made()
    let audience = portal.env.settings.audience(ofScope: scope)
    let token = try BearerToken(
      authorization: ["Bearer " + (try await portal.tokens(["scope": "openid \(scope)"]).accessToken)], query: FormFields([]))
    _ = try portal.verifier(token, audience: audience, scope: scope, at: portal.now)
    try await change(portal) { $0.scopes.remove(scope) }
    #expect(
      await errorCode { _ = try portal.verifier(token, audience: audience, scope: scope, at: portal.now) } == .insufficientScope)
  }

  @Test(.threat("INT2")) func `introspection tells the scopes that are left`() async throws {
    let portal = try await made()
    let tokens = try await portal.tokens()
    try await change(portal) { $0.scopes.remove("orders:read") }
    #expect(try await portal.introspect(tokens.accessToken).scope == "openid")
    #expect(try await portal.introspect(try #require(tokens.refreshToken)).scope == "openid")
  }
}

@Suite(.threat("REF3"))
struct AskingForTokensOfAnother {
  private static let name = "https://shared.test/api"

  private struct Two {
    let world: TestWorld
    let contoso: Organization
    let asker: RegisteredApplication
    let holder: RegisteredApplication

    func ask() async throws -> TokenResponse {
      try await TokenEndpoint(world.env)(
        EndpointRequest(
          authorization: [PortalWithAnApplication.basic(asker.application.id.text, asker.secret?.reveal() ?? "")],
          form: FormFields([("grant_type", "client_credentials"), ("resource", name)]),
          actor: Actor(.anonymous, address: "192.0.2.1", requestID: "test")))
    }
  }

  private static func service(_ name: String, _ change: (inout ApplicationDetails) -> Void) -> ApplicationDetails {
    var details = ApplicationDetails(name: name, authentication: .basic, grantTypes: [.clientCredentials])
    details.scopes = ["shared:read"]
    change(&details)
    return details
  }

  /// An application of one organization that lists the audience of another one, which belongs to `owner`.
  private func made(holderOwnedByPortal: Bool) async throws -> Two {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let holder = try await RegisterApplication()(
      Self.service("Holder") { $0.audiences = [Self.name] }, owner: holderOwnedByPortal ? nil : contoso.id, world.command,
      env: world.env)
    let asker = try await RegisterApplication()(
      Self.service("Asker") { $0.requestableAudiences = [Self.name] }, owner: contoso.id, world.command, env: world.env)
    return Two(world: world, contoso: contoso, asker: asker, holder: holder)
  }

  private func drop(_ two: Two) async throws {
    _ = try await ChangeApplication()(two.holder.application.id, seen: nil, two.world.command, env: two.world.env) {
      $0.audiences = []
    }
  }

  @Test func `a name that an organization let go and the portal took is no longer the organization's to ask for`() async throws {
    let two = try await made(holderOwnedByPortal: false)
    _ = try await two.ask()
    try await drop(two)
    #expect(await errorCode { _ = try await two.ask() } == .invalidTarget)
    _ = try await RegisterApplication()(
      Self.service("New holder") { $0.audiences = [Self.name] }, owner: nil, two.world.command, env: two.world.env)
    #expect(await errorCode { _ = try await two.ask() } == .invalidTarget)
    // A change of something else agrees to nothing.
    _ = try await ChangeApplication()(two.asker.application.id, seen: nil, two.world.command, env: two.world.env) {
      $0.name = "Renamed"
    }
    #expect(await errorCode { _ = try await two.ask() } == .invalidTarget)
    // Listed anew by somebody who may decide it, it counts.
    for list in [[], [Self.name]] {
      _ = try await ChangeApplication()(two.asker.application.id, seen: nil, two.world.command, env: two.world.env) {
        $0.requestableAudiences = list
      }
    }
    _ = try await two.ask()
  }

  @Test func `what an operator agreed to is one service, not whoever has its name later`() async throws {
    let two = try await made(holderOwnedByPortal: true)
    _ = try await two.ask()
    try await drop(two)
    let other = try await two.world.organization(name: "Fabrikam")
    _ = try await RegisterApplication()(
      Self.service("Fabrikam's") { $0.audiences = [Self.name] }, owner: other.id, two.world.command, env: two.world.env)
    #expect(await errorCode { _ = try await two.ask() } == .invalidTarget)
  }

  @Test func `services of one owner may hand a name on`() async throws {
    let two = try await made(holderOwnedByPortal: false)
    try await drop(two)
    _ = try await RegisterApplication()(
      Self.service("New holder") { $0.audiences = [Self.name] }, owner: two.contoso.id, two.world.command, env: two.world.env)
    _ = try await two.ask()
  }
}
