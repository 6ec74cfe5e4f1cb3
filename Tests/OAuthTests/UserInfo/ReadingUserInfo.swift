import Identity
import OAuth
import Primitives
import TestKit
import Testing
import Wire

@Suite(.rule("OpenID Connect Core §5.3"))
struct ReadingUserInfo {
  private func read(_ scope: String, _ portal: PortalWithAnApplication) async throws -> UserInfoResponse {
    let token = try await portal.tokens(["scope": scope]).accessToken
    return try await ReadUserInfo(portal.env, portal.verifier)(
      BearerToken(authorization: ["Bearer \(token)"], query: FormFields([])))
  }

  @Test(.threat("INT3")) func `openid alone tells who and nothing else`() async throws {
    let portal = try await PortalWithAnApplication.make()
    #expect(try await read("openid", portal) == UserInfoResponse(subject: portal.ada.id.text))
  }

  @Test func `profile and email tell what they are named for`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let profile = try await read("openid profile", portal)
    #expect(profile.name == "Ada Lovelace")
    #expect(profile.locale == "en")
    #expect(profile.organization == portal.contoso.id.text)
    #expect(profile.email == nil)
    let email = try await read("openid email", portal)
    #expect(email.email == "ada@contoso.test")
    #expect(email.emailVerified == true)
    #expect(email.name == nil)
  }

  @Test func `a token without openid tells nothing`() async throws {
    let portal = try await PortalWithAnApplication.make()
    #expect(await errorCode { _ = try await read("orders:read", portal) } == .insufficientScope)
  }

  @Test(.threat("INT3")) func `a token in the address is refused`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let token = try await portal.tokens().accessToken
    #expect(
      await errorCode { _ = try BearerToken(authorization: [], query: FormFields([("access_token", token)])) } == .invalidRequest)
  }
}
