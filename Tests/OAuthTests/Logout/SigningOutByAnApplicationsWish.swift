import Identity
import OAuth
import Primitives
import TestKit
import Testing
import Wire

@Suite(.rule("OpenID Connect RP-Initiated Logout §2, §3"))
struct SigningOutByAnApplicationsWish {
  static let bye = "https://orders.test/bye"

  private func step(_ portal: PortalWithAnApplication, _ fields: [(name: String, value: String)], session: Session?)
    -> SignOutStep
  {
    ReadSignOutRequest(portal.env)(FormFields(fields), session: session)
  }

  @Test func `an ID token of this session ends it without asking, and leads back with the state`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let hint = try #require(try await portal.tokens().idToken)
    let fields = [(name: "id_token_hint", value: hint), ("post_logout_redirect_uri", Self.bye), ("state", "a b")]
    #expect(step(portal, fields, session: portal.session) == .end(portal.session.id, then: .redirect(Self.bye + "?state=a%20b")))
    portal.world.clock.advance(by: .days(2))
    #expect(step(portal, fields, session: nil) == .end(nil, then: .redirect(Self.bye + "?state=a%20b")))
  }

  @Test func `without a hint, or with another session's, the person is asked`() async throws {
    let portal = try await PortalWithAnApplication.make()
    #expect(step(portal, [], session: portal.session) == .ask(applicationName: nil, then: .signedOutPage))
    #expect(
      step(portal, [("client_id", portal.application.id.text), ("post_logout_redirect_uri", Self.bye)], session: portal.session)
        == .ask(applicationName: nil, then: .signedOutPage))
    let hint = try #require(try await portal.tokens().idToken)
    let other = try await PortalWithAnApplication.signIn(portal.ada, in: portal.world)
    #expect(step(portal, [("id_token_hint", hint)], session: other) == .ask(applicationName: "Orders", then: .signedOutPage))
  }

  @Test(.threat("RED1"), arguments: ["https://orders.test/bye/x", "https://evil.test/", "https://orders.test/signed-in", ""])
  func `nobody is sent to an address that is not registered for it`(_ address: String) async throws {
    let portal = try await PortalWithAnApplication.make()
    let hint = try #require(try await portal.tokens().idToken)
    #expect(
      step(portal, [("id_token_hint", hint), ("post_logout_redirect_uri", address)], session: portal.session)
        == .end(portal.session.id, then: .signedOutPage))
  }

  @Test(.threat("RED4")) func `nobody is sent to an application that lost its trust since`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let hint = try #require(try await portal.tokens().idToken)
    _ = try await ChangeApplication()(portal.application.id, seen: nil, portal.world.command, env: portal.env) {
      $0.isTrusted = false
    }
    let fields = [(name: "id_token_hint", value: hint), ("post_logout_redirect_uri", Self.bye)]
    #expect(step(portal, fields, session: portal.session) == .end(portal.session.id, then: .signedOutPage))
    #expect(step(portal, fields, session: nil) == .end(nil, then: .signedOutPage))
  }

  @Test(.threat("JWT3")) func `an access token, an altered hint and a hint of another application are no hints`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let tokens = try await portal.tokens()
    let hint = try #require(tokens.idToken)
    let asked = SignOutStep.ask(applicationName: nil, then: .signedOutPage)
    #expect(step(portal, [("id_token_hint", tokens.accessToken)], session: portal.session) == asked)
    #expect(step(portal, [("id_token_hint", String(hint.dropLast(4)) + "AAAA")], session: portal.session) == asked)
    #expect(step(portal, [("id_token_hint", hint), ("client_id", "other")], session: portal.session) == asked)
    #expect(step(portal, [("id_token_hint", hint), ("id_token_hint", hint)], session: portal.session) == asked)
  }
}
