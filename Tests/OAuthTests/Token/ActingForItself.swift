import AccessControl
import Identity
import OAuth
import Primitives
import TestKit
import Testing
import Wire

@Suite(.rule("RFC 6749 §4.4"))
struct ActingForItself {
  private func ask(_ portal: PortalWithAnApplication, _ more: KeyValuePairs<String, String> = [:]) async throws -> TokenResponse {
    let pairs = [(name: "grant_type", value: "client_credentials")] + more.map { (name: $0.key, value: $0.value) }
    return try await TokenEndpoint(portal.env)(
      EndpointRequest(
        authorization: [PortalWithAnApplication.basic(portal.application.id.text, portal.secret.reveal())],
        form: FormFields(pairs),
        actor: portal.actor))
  }

  @Test func `an application gets a token that speaks for itself, and no refresh token`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let tokens = try await ask(portal)
    #expect(tokens.refreshToken == nil)
    #expect(tokens.idToken == nil)
    #expect(tokens.scope == "orders:read orders:write")
    let token = try claims(of: tokens.accessToken)
    #expect(token["sub"] == token["client_id"])
    #expect(token["aud"]?.stringValue == PortalWithAnApplication.audience)
    #expect(token["sid"] == nil)
    #expect(token["organization"] == nil)
    #expect(try await portal.isActive(tokens.accessToken))
  }

  @Test func `our own scopes belong to our own audiences, one at a time`() async throws {
    let portal = try await PortalWithAnApplication.make { $0.scopes = ["orders:read", "usher:manage", "usher:decide"] }
    #expect(try claims(of: try await ask(portal, ["scope": "usher:manage"]).accessToken)["aud"] == "https://usher.test/api/v1")
    #expect(try claims(of: try await ask(portal, ["scope": "usher:decide"]).accessToken)["aud"] == "https://usher.test/access/v1")
    #expect(await errorCode { _ = try await ask(portal, ["scope": "usher:manage usher:decide"]) } == .invalidTarget)
    #expect(
      await errorCode { _ = try await ask(portal, ["scope": "usher:manage", "resource": PortalWithAnApplication.audience]) }
        == .invalidTarget)
    #expect(
      await errorCode { _ = try await ask(portal, ["scope": "orders:read", "resource": "https://usher.test/api/v1"]) }
        == .invalidTarget)
  }

  @Test func `an organization's application brings the roles it holds there`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let secret = portal.world.command.newSecret()
    let automation = Application(
      id: portal.world.command.newID(), name: "Automation", authentication: .post,
      secrets: [Application.Secret(digest: secret.digest, createdAt: portal.now)], grantTypes: [.clientCredentials],
      scopes: ["usher:manage"],
      owner: portal.world.portal.id, createdAt: portal.now)
    try await portal.world.application(automation, roles: [.operator])
    let tokens = try await TokenEndpoint(portal.env)(
      EndpointRequest(
        authorization: [],
        form: FormFields([
          ("grant_type", "client_credentials"), ("client_id", automation.id.text), ("client_secret", secret.reveal()),
        ]), actor: portal.actor))
    let token = try claims(of: tokens.accessToken)
    #expect(token["organization"]?.stringValue == portal.world.portal.id.text)
    #expect(token["roles"] == ["operator"])
  }

  @Test func `scopes about people mean nothing here`() async throws {
    let portal = try await PortalWithAnApplication.make()
    #expect(await errorCode { _ = try await ask(portal, ["scope": "openid"]) } == .invalidScope)
    #expect(await errorCode { _ = try await ask(portal, ["scope": "orders:delete"]) } == .invalidScope)
  }

  @Test(.threat("CLI4")) func `a public application cannot act for itself`() async throws {
    let portal = try await PortalWithAnApplication.make {
      $0.authentication = .none
      $0.secrets = []
    }
    let request = EndpointRequest(
      authorization: [], form: FormFields([("grant_type", "client_credentials"), ("client_id", portal.application.id.text)]),
      actor: portal.actor)
    #expect(await errorCode { _ = try await TokenEndpoint(portal.env)(request) } == .unauthorizedClient)
  }
}
