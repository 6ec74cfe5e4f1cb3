internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

/// Ways that other services have and Usher has not: they lead nowhere, and nothing speaks of them.
@Suite struct WhatUsherDoesNotHave {
  @Test(.threat("ROL10")) func `nobody acts as somebody else, whatever they hold, and no token says that somebody does`()
    async throws
  {
    let (server, orders, ada, eve) = try await scene()
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    let wishes = ["requested_subject", "subject", "act", "sub", "login_as"].map { (name: $0, value: String?.some(eve.text)) }
    let arrived = try await browser.open(orders.authorizationPath(wishes), following: false)
    let code = try #require(orders.returned(arrived.nextAddress)?.first("code"))
    let token = try #require(try await orders.redeem(code).json()["access_token"]?.stringValue)
    let told = try claims(of: token)
    #expect(told["sub"] == .string(ada.text) && told["act"] == nil && told["may_act"] == nil)

    let exchanged = try await orders.call(
      "/oauth/token",
      [
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), ("subject_token", token),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"), ("requested_subject", eve.text),
      ])
    #expect(try exchanged.status == 400 && exchanged.json()["error"] == "unsupported_grant_type")
    for path in ["impersonate", "view-as", "sign-in", "session"].map({ "/users/\(eve.text)/\($0)" }) {
      #expect(try await browser.open(path).status == 404, "\(path)")
      let token = try await orders.ownToken(scope: "usher:manage")
      #expect(try await orders.manage("POST", path, .object([:]), token: token).status == 404, "\(path)")
    }
  }

  @Test(.threat("ROL11")) func `what is not there is not found, and neither the metadata nor a token speaks of it`() async throws
  {
    let (server, orders, _, _) = try await scene()
    let token = try await orders.ownToken(scope: "usher:manage")
    for path in [
      "/scim/v2/Users", "/scim/v2/ServiceProviderConfig", "/oauth/device_authorization", "/oauth/par", "/saml/metadata",
    ] {
      for method in ["GET", "POST"] {
        let reply = try await server.client.send(method, path, headers: [("Authorization", "Bearer \(token)")])
        #expect(reply.status == 404, "\(method) \(path)")
      }
    }
    let metadata = try await server.client.get("/.well-known/openid-configuration").json()
    #expect(
      Set(metadata["grant_types_supported"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        == ["authorization_code", "refresh_token", "client_credentials"])
    #expect(metadata["response_types_supported"] == ["code"])
    for name in ["device_authorization_endpoint", "pushed_authorization_request_endpoint", "check_session_iframe"] {
      #expect(metadata[name] == nil, "\(name)")
    }
    let text = metadata.text + (try claims(of: token)).text
    #expect(!text.lowercased().contains("scim") && !text.contains("saml"))
  }

  private func scene() async throws -> (RunningServer, TestApplication, ada: AccountID, eve: AccountID) {
    let world = try await TestWorld.make()
    let server = try await RunningServer.start(world)
    let contoso = try await world.organization()
    let ada = try await world.member(of: contoso, roles: [.accountAdministrator])
    let eve = try await world.member(of: contoso, "eve@contoso.test", roles: [.accountViewer])
    return (server, try await server.application("Orders"), ada.id, eve.id)
  }
}
