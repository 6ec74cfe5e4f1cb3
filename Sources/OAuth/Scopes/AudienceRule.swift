internal import Identity
internal import Primitives

/// For whom the access token is meant: exactly one audience (RFC 8707 §2, RFC 9068 §3).
///
/// 1. Our own scopes belong to our own audiences: `usher:manage` to the management API, `usher:decide` to the decision endpoint. A token is
///    for one of them, never for both, and never for another service besides.
/// 2. A `resource` must be an audience the application is, its default, or one it may ask for.
/// 3. Without either, the application's default counts; an application that has none gets tokens for the issuer, which are good for userinfo.
///
/// In each case it must be one that the application may ask for now: `Application.mayAsk`.
enum AudienceRule {
  static func check(
    resources: [String], _ scopes: [String], _ application: Application, _ env: Environment
  ) throws(OAuthError) -> String {
    let settings = env.settings
    let resources = resources.filter { !$0.isEmpty }
    guard resources.count <= 1 else { throw OAuthError(.invalidTarget, "A token is for one resource.") }
    let own = Set(scopes.compactMap(settings.audience(ofScope:)))
    guard own.count <= 1 else { throw OAuthError(.invalidTarget, "The scopes usher:manage and usher:decide need a token each.") }
    if let only = own.first, let resource = resources.first, !resource.isExactly(only) {
      throw OAuthError(.invalidTarget, "The scope belongs to another resource.")
    }
    let audience = resources.first ?? own.first ?? application.defaultAudience ?? settings.publicAddress
    guard application.mayAsk(for: audience, scopes: scopes, heldBy: env.policy.application(audience: audience), settings) else {
      throw OAuthError(.invalidTarget, "The resource is unknown, or the application may not ask for it.")
    }
    return audience
  }
}
