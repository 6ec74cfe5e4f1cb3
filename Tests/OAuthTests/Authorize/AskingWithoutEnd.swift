import AccessControl
import Identity
import OAuth
import Primitives
import TestKit
import Testing
import Wire

@Suite(.threat("COD8"))
struct AskingWithoutEnd {
  @Test func `of the codes that nobody redeems ten wait, and the oldest is forgotten for the next`() async throws {
    let portal = try await PortalWithAnApplication.make()
    var codes: [String] = []
    for _ in 1...12 {
      codes.append(try await portal.code())
      portal.world.clock.advance(by: .milliseconds(2))
    }
    let open = try await portal.world.store.read { tx in try tx.openGrants(of: portal.ada.id) }
    #expect(open.count == StartGrant.openCodes)
    for code in codes.prefix(2) { #expect(await errorCode { _ = try await portal.redeem(code) } == .invalidGrant) }
    for code in codes.dropFirst(2) { _ = try await portal.redeem(code) }
    // What was redeemed stays, however many come after.
    for _ in 1...12 { _ = try await portal.code() }
    #expect(try await portal.world.store.read { tx in try tx.openGrants(of: portal.ada.id) }.count == 2 * StartGrant.openCodes)
  }

  @Test func `a grant whose code nobody redeemed is gone soon after, a redeemed one stays`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let tokens = try await portal.tokens()
    let late = try await portal.code()
    portal.world.clock.advance(by: .minutes(11) + .seconds(1))
    try await CleanUp()(env: portal.env)
    #expect(try await portal.world.store.read { tx in try tx.openGrants(of: portal.ada.id) }.count == 1)
    #expect(await errorCode { _ = try await portal.redeem(late) } == .invalidGrant)
    _ = try await portal.refresh(try #require(tokens.refreshToken))
  }

  @Test func `a person who starts very many is held to a steady rate, and the applications are told to wait`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let rule = portal.env.settings.throttle
    let key = ThrottleKey.authorization(portal.ada.id, portal.env.keys)
    let now = portal.now
    try await portal.world.store.write { tx in
      try tx.setThrottle(key.text, to: ThrottleState(failures: rule.freeAuthorizations - 1, since: now))
    }
    _ = try await portal.code()
    let other = try await PortalWithAnApplication.signIn(portal.ada, in: portal.world)
    let rows = try await portal.world.audit(.grantCreated).count
    for session in [portal.session, other] {
      let answer = try await portal.answer(portal.request(), as: session)
      #expect(answer.first("error") == "temporarily_unavailable")
      #expect(answer.first("state") == "af0ifjsldkj")
    }
    #expect(try await portal.world.audit(.grantCreated).count == rows)
    // Somebody else is served.
    let boris = try await portal.world.member(of: portal.contoso, "boris@contoso.test")
    _ = try await portal.code(as: try await PortalWithAnApplication.signIn(boris, in: portal.world))
    for _ in 1...3 {
      portal.world.clock.advance(by: rule.authorizationForgiveness)
      _ = try await portal.code()
      #expect(try await portal.answer(portal.request(), as: portal.session).first("error") == "temporarily_unavailable")
    }
  }
}
