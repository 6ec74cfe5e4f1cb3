internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@Suite(.rule("OpenID Connect RP-Initiated Logout §2")) struct SigningOutByAnApplicationsWish {
  @Test func `an application that shows the ID token of this session signs its person out and gets them back`() async throws {
    let (server, application, browser, idToken) = try await signedIn()
    let path =
      "/oauth/sign-out?\(FormFields([("id_token_hint", idToken), ("post_logout_redirect_uri", "https://shop.test/bye"), ("state", "s")]).encoded)"
    let answer = try await browser.open(path, following: false)
    #expect(answer.status == 302)
    #expect(answer.nextAddress == "https://shop.test/bye?state=s")
    #expect(try await browser.open("/dashboard").address == "/sign-in")
    _ = (server, application)
  }

  @Test func `anybody else's link only asks, and an address that is not registered leads nowhere`() async throws {
    let (_, _, browser, idToken) = try await signedIn()
    let asked = try await browser.open("/oauth/sign-out?post_logout_redirect_uri=https%3A%2F%2Fevil.test%2F")
    #expect(asked.status == 200)
    #expect(try await browser.open("/dashboard").status == 200)
    let form = try #require(asked.form(to: "/oauth/sign-out"))
    let done = try await browser.submit(form)
    #expect(done.status == 200)
    #expect(!done.html.contains("evil.test"))
    #expect(try await browser.open("/dashboard").address == "/sign-in")
    let late = try await browser.open(
      "/oauth/sign-out?\(FormFields([("id_token_hint", idToken), ("post_logout_redirect_uri", "https://evil.test/")]).encoded)",
      following: false)
    #expect(late.nextAddress == "/signed-out")
  }

  @Test(.threat("SES2")) func `the form that agrees is not taken from elsewhere`() async throws {
    let (server, _, browser, _) = try await signedIn()
    let reply = try await server.client.post(
      "/oauth/sign-out", form: [("csrf", "forged")], headers: [("Cookie", browser.cookieHeader)])
    #expect(reply.status == 403)
    #expect(try await browser.open("/dashboard").status == 200)
  }

  @Test func `a form of an application becomes the address it could have been`() async throws {
    let (server, _, _, _) = try await signedIn()
    let reply = try await server.client.post("/oauth/sign-out", form: [("state", "a b")])
    #expect(reply.status == 303)
    #expect(reply.header("Location") == "/oauth/sign-out?state=a%20b")
  }

  private func signedIn() async throws -> (RunningServer, TestApplication, TestBrowser, idToken: String) {
    let server = try await RunningServer.start(try await TestWorld.make())
    try await server.world.member(of: try await server.world.organization(), roles: [.accountViewer])
    let application = try await server.application("Shop") { $0.postSignOutRedirectURIs = ["https://shop.test/bye"] }
    let browser = server.browser()
    let back = try await browser.signIn("ada@contoso.test", at: application.authorizationPath())
    let tokens = try await application.redeem(try #require(application.returned(back.nextAddress)?.first("code"))).json()
    return (server, application, browser, try #require(tokens["id_token"]?.stringValue))
  }
}
