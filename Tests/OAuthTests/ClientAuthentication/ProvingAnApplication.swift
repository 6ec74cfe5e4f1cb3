import Identity
import OAuth
import Primitives
import TestKit
import Testing
import Wire

@Suite(.rule("RFC 6749 §2.3"), .rule("RFC 6749 §5.2"))
struct ProvingAnApplication {
  private func attempt(
    _ portal: PortalWithAnApplication, _ authorization: [String], _ fields: [(name: String, value: String)] = [],
    from address: String = "192.0.2.1"
  ) async -> OAuthError? {
    do {
      _ = try await TokenEndpoint(portal.env)(
        EndpointRequest(
          authorization: authorization, form: FormFields([(name: "grant_type", value: "client_credentials")] + fields),
          actor: Actor(.anonymous, address: address, requestID: "test")))
      return nil
    } catch { return error as? OAuthError }
  }

  @Test(.threat("CLI1")) func `every way of not proving it gets one answer`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let id = portal.application.id.text
    let wrong = portal.world.command.newSecret().reveal()
    let right = portal.secret.reveal()
    let attempts: [([String], [(name: String, value: String)])] = [
      ([PortalWithAnApplication.basic(id, wrong)], []), ([PortalWithAnApplication.basic(id, "")], []),
      ([PortalWithAnApplication.basic("nobody", wrong)], []), ([PortalWithAnApplication.basic("", "")], []),
      (["Basic !!!"], []), (["Basic"], []), (["Bearer \(right)"], []), ([], []), ([], [("client_id", id)]),
      ([], [("client_id", "nobody")]),
      // The right secret by a way it is not registered for.
      ([], [("client_id", id), ("client_secret", right)]), ([], [("client_id", id), ("client_secret", "")]),
      ([], [("client_id", id), ("client_assertion", "x"), ("client_assertion_type", "y")]),
    ]
    for (header, fields) in attempts {
      let error = try #require(await attempt(portal, header, fields))
      #expect(error.status == 401)
      #expect(
        error.response
          == ErrorResponse(error: "invalid_client", errorDescription: "The application is unknown or did not prove who it is."))
      #expect(error.challenge == #"Basic realm="usher", charset="UTF-8""#)
    }
    #expect(await attempt(portal, [PortalWithAnApplication.basic(id, right)]) == nil)
  }

  @Test(.rule("RFC 6749 §2.3.1")) func `both halves are form-decoded`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let encoded = portal.secret.reveal().utf8.map { "%" + Hex.encode([$0]) }.joined()
    #expect(await attempt(portal, [PortalWithAnApplication.basic(portal.application.id.text, encoded)]) == nil)
  }

  @Test func `two ways at once are refused`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let header = PortalWithAnApplication.basic(portal.application.id.text, portal.secret.reveal())
    #expect(await attempt(portal, [header], [("client_secret", portal.secret.reveal())])?.code == .invalidRequest)
    #expect(await attempt(portal, [header, header])?.code == .invalidRequest)
    #expect(await attempt(portal, [header], [("client_id", "other")])?.code == .invalidRequest)
    #expect(await attempt(portal, [header], [("client_id", portal.application.id.text)]) == nil)
  }

  @Test(.threat("CLI2"))
  func `a hundred wrong secrets from one address are throttled, and the honest application is served, elsewhere and there`()
    async throws
  {
    let portal = try await PortalWithAnApplication.make()
    let right = PortalWithAnApplication.basic(portal.application.id.text, portal.secret.reveal())
    var throttled = 0
    for _ in 1...100 {
      let error = await attempt(portal, [PortalWithAnApplication.basic(portal.application.id.text, "wrong")], from: "203.0.113.9")
      if error?.status == 429 { throttled += 1 }
    }
    #expect(throttled == 80)
    let wrong = PortalWithAnApplication.basic(portal.application.id.text, "wrong")
    #expect(await attempt(portal, [wrong], from: "203.0.113.9")?.retryAfterSeconds == 2)
    // A right secret is 256 bits of proof: nobody behind the same address can keep its application out.
    for address in ["198.51.100.7", "203.0.113.9"] { #expect(await attempt(portal, [right], from: address) == nil) }
    #expect(try await portal.world.audit(.applicationThrottled).count == 1)
    portal.world.clock.advance(by: .seconds(3))
    #expect(await attempt(portal, [wrong], from: "203.0.113.9")?.status == 401)
  }

  @Test(.threat("CLI2")) func `waits grow while guessing goes on`() async throws {
    let portal = try await PortalWithAnApplication.make()
    var longest: Int64 = 0
    for _ in 1...40 {
      let error = await attempt(portal, [PortalWithAnApplication.basic("nobody", "wrong")], from: "203.0.113.9")
      if let wait = error?.retryAfterSeconds {
        longest = max(longest, wait)
        portal.world.clock.advance(by: .seconds(wait) + .seconds(1))
      }
    }
    #expect(longest == 900)
  }

  @Test(.threat("CLI1", "CLI3")) func `two secrets are valid during rotation, and the old one for its time only`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let id = portal.application.id
    let second = try #require(try await MakeApplicationSecret()(id, portal.world.command, env: portal.env).secret)
    #expect(await attempt(portal, [PortalWithAnApplication.basic(id.text, portal.secret.reveal())]) == nil)
    #expect(await attempt(portal, [PortalWithAnApplication.basic(id.text, second.reveal())]) == nil)
    portal.world.clock.advance(by: .seconds(1))
    let third = try #require(try await MakeApplicationSecret()(id, portal.world.command, env: portal.env).secret)
    #expect(await attempt(portal, [PortalWithAnApplication.basic(id.text, portal.secret.reveal())])?.code == .invalidClient)
    #expect(await attempt(portal, [PortalWithAnApplication.basic(id.text, second.reveal())]) == nil)
    portal.world.clock.advance(by: .days(7))
    #expect(await attempt(portal, [PortalWithAnApplication.basic(id.text, second.reveal())])?.code == .invalidClient)
    #expect(await attempt(portal, [PortalWithAnApplication.basic(id.text, third.reveal())]) == nil)
  }
}
