import Identity
import OAuth
import Primitives
import TestKit
import Testing
import Wire

@Suite(.rule("OpenID Connect Core §3.1.2.1"), .threat("SES5"))
struct AskingForANewSignIn {
  private func wayBack(_ outcome: AuthorizationOutcome) throws -> FormFields {
    guard case .signIn(let prompt) = outcome, prompt.continuePath.hasPrefix("/oauth/authorize?"),
      let fields = FormFields(parsing: String(prompt.continuePath.dropFirst("/oauth/authorize?".utf8.count)))
    else { throw TestWorld.NotThere("a way back from the sign-in page") }
    return fields
  }

  @Test(arguments: [("prompt", "login"), ("max_age", "0")])
  func `a sign-in after the asking satisfies the request and is the new auth_time`(_ name: String, _ value: String) async throws {
    let portal = try await PortalWithAnApplication.make()
    portal.world.clock.advance(by: .minutes(10))
    let back = try wayBack(try await portal.authorize(portal.request([name: value]), as: portal.session))
    portal.world.clock.advance(by: .seconds(20))
    let session = try await PortalWithAnApplication.signIn(portal.ada, in: portal.world)
    portal.world.clock.advance(by: .seconds(1))
    let code = try #require(try await portal.answer(back, as: session).first("code"))
    let token = try #require(try await portal.redeem(code).idToken)
    #expect(try claims(of: token)["auth_time"]?.intValue == session.authenticatedAt.seconds)
  }

  @Test func `coming back without having signed in anew asks again, and the old session is as it was`() async throws {
    let portal = try await PortalWithAnApplication.make()
    portal.world.clock.advance(by: .minutes(10))
    let back = try wayBack(try await portal.authorize(portal.request(["prompt": "login"]), as: portal.session))
    let again = try wayBack(try await portal.authorize(back, as: portal.session))
    #expect(again.first("sign_in_after") == back.first("sign_in_after"))
    #expect(try await portal.answer(portal.request(), as: portal.session).first("code") != nil)
  }

  @Test(.threat("COD7")) func `the way back is worth nothing in another browser`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let back = try wayBack(try await portal.authorize(portal.request(["prompt": "login"]), as: nil))
    let session = try await PortalWithAnApplication.signIn(portal.ada, in: portal.world)
    guard case .signIn = try await portal.authorize(back, as: session, in: SecretDigest.of("another browser")) else {
      Issue.record("taken in another browser")
      return
    }
    guard case .redirect = try await portal.authorize(back, as: session) else {
      Issue.record("not taken in its own browser")
      return
    }
  }

  @Test func `the way back is worth nothing for another request, when altered, or after an hour`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let back = try wayBack(try await portal.authorize(portal.request(["prompt": "login"]), as: nil))
    let mark = try #require(back.first("sign_in_after"))
    let session = try await PortalWithAnApplication.signIn(portal.ada, in: portal.world)
    let other = portal.request(["prompt": "login", "nonce": "other", "sign_in_after": mark])
    let altered = portal.request(["prompt": "login", "sign_in_after": "1" + mark])
    let twice = FormFields(back.pairs + [(name: "sign_in_after", value: mark)])
    for fields in [other, altered] {
      guard case .signIn = try await portal.authorize(fields, as: session) else {
        Issue.record("taken")
        continue
      }
    }
    #expect(try await portal.answer(twice, as: session).first("error") == "invalid_request")
    portal.world.clock.advance(by: .hours(1) + .seconds(1))
    guard case .signIn = try await portal.authorize(back, as: session) else {
      Issue.record("taken after an hour")
      return
    }
  }

  @Test(.rule("OpenID Connect Core §3.1.2.1"))
  func `an application that expects somebody else gets a sign-in page, or login_required`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let hint = try #require(try await portal.tokens().idToken)
    let other = try await portal.world.member(of: portal.contoso, "grace@contoso.test", first: "Grace", last: "Hopper")
    let session = try await PortalWithAnApplication.signIn(other, in: portal.world)
    #expect(
      try await portal.answer(portal.request(["id_token_hint": hint, "prompt": "none"]), as: session).first("error")
        == "login_required")
    guard case .signIn(let prompt) = try await portal.authorize(portal.request(["id_token_hint": hint]), as: session) else {
      Issue.record("no sign-in page")
      return
    }
    #expect(prompt.reason == .otherPerson)
    #expect(try await portal.answer(portal.request(["id_token_hint": hint]), as: portal.session).first("code") != nil)
  }
}
