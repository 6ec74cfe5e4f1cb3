import AccessControl
import Identity
import OAuth
import Primitives
import TestKit
import Testing
import Wire

@Suite(.rule("RFC 7662 §2"))
struct AskingAboutAToken {
  @Test func `the resource server a token is for learns what it says`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let tokens = try await portal.tokens()
    let answer = try await portal.introspect(tokens.accessToken)
    #expect(answer.active)
    #expect(answer.subject == portal.ada.id.text)
    #expect(answer.clientID == portal.application.id.text)
    #expect(answer.audience == [PortalWithAnApplication.audience])
    #expect(answer.organization == portal.contoso.id.text)
    #expect(answer.roles == ["account-viewer"])
    #expect(answer.scope == "openid orders:read")
    #expect(answer.sessionID == portal.session.id.text)
    #expect(answer.issuer == TestWorld.publicAddress)
  }

  @Test(.threat("INT1")) func `unknown, malformed, expired and revoked tokens get the same short answer`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let tokens = try await portal.tokens()
    for text in [
      "x", "a.b.c", String(repeating: "a", count: 43), String(repeating: "x", count: 20_000), "🙈", try #require(tokens.idToken),
    ] {
      #expect(try await portal.introspect(text) == .inactive)
    }
    try await RevokeToken(portal.env, portal.verifier)(portal.endpoint(["token": tokens.accessToken]))
    #expect(try await portal.introspect(tokens.accessToken) == .inactive)
    let other = try await portal.refresh(try #require(tokens.refreshToken))
    #expect(try await portal.isActive(other.accessToken))
    portal.world.clock.advance(by: .minutes(6))
    #expect(try await portal.introspect(other.accessToken) == .inactive)
  }

  @Test(.threat("INT2")) func `a role that was taken is gone from the very next answer, and a suspended person's token is dead`()
    async throws
  {
    let portal = try await PortalWithAnApplication.make()
    let token = try await portal.tokens().accessToken
    try await portal.world.store.write { tx in
      for assignment in try tx.roleAssignments(of: .account(portal.ada.id), in: portal.contoso.id) {
        try tx.unseed(assignment)
      }
    }
    #expect(try await portal.introspect(token).roles == [])
    try await portal.world.store.write { tx in
      var ada = portal.ada
      ada.state = .suspended
      _ = try tx.update(ada)
    }
    #expect(try await portal.introspect(token) == .inactive)
  }

  @Test func `a token for another audience looks like none, unless the operator marked the caller`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let token = try await portal.tokens().accessToken
    for (marked, isActive) in [(false, false), (true, true)] {
      let secret = portal.world.command.newSecret()
      let other = Application(
        id: portal.world.command.newID(), name: "Other", authentication: .basic,
        secrets: [Application.Secret(digest: secret.digest, createdAt: portal.now)], grantTypes: [], scopes: [],
        audiences: ["https://other.test/\(marked)"], introspectsForAll: marked, createdAt: portal.now)
      try await portal.world.application(other)
      let answer = try await Introspect(portal.env, portal.verifier)(
        EndpointRequest(
          authorization: [PortalWithAnApplication.basic(other.id.text, secret.reveal())], form: FormFields([("token", token)]),
          actor: portal.actor))
      #expect(answer.active == isActive)
    }
  }

  @Test(.threat("CLI4")) func `a public application, and nobody, may not ask`() async throws {
    let portal = try await PortalWithAnApplication.make {
      $0.authentication = .none
      $0.secrets = []
    }
    for form in [FormFields([("token", "x"), ("client_id", portal.application.id.text)]), FormFields([("token", "x")])] {
      let request = EndpointRequest(authorization: [], form: form, actor: portal.actor)
      #expect(await errorCode { _ = try await Introspect(portal.env, portal.verifier)(request) } == .invalidClient)
    }
  }

  @Test func `a refresh token is active for its application until it is used`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let token = try #require(try await portal.tokens().refreshToken)
    let answer = try await portal.introspect(token)
    #expect(answer.active)
    #expect(answer.clientID == portal.application.id.text)
    #expect(answer.tokenType == nil)
    _ = try await portal.refresh(token)
    #expect(try await portal.introspect(token) == .inactive)
  }

  @Test(.threat("INT4")) func `misses leave nothing behind`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let before = try await portal.world.store.read { tx in
      (try tx.policyRevision(), try tx.failureCounts(since: Timestamp(seconds: 0)))
    }
    let audit = try await portal.world.audit()
    for _ in 1...2000 {
      let random = SecretToken.make(from: portal.world.randomness).reveal()
      #expect(try await !portal.isActive(random))
      #expect(try await !portal.isActive("\(random).\(random).\(random)"))
    }
    let after = try await portal.world.store.read { tx in
      (try tx.policyRevision(), try tx.failureCounts(since: Timestamp(seconds: 0)))
    }
    #expect(before == after)
    #expect(try await portal.world.audit() == audit)
  }

  @Test func `nothing is confirmed while the store cannot be asked`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let token = try await portal.tokens().accessToken
    portal.env.policy.confirm(isCurrent: false, until: nil)
    #expect(await errorCode { _ = try await portal.introspect(token) } == .temporarilyUnavailable)
  }
}
