internal import Identity
internal import Primitives

/// For whom the access token is meant: exactly one audience (RFC 8707 §2, RFC 9068 §3).
///
/// 1. Our own scopes belong to our own audiences: `usher:manage` to the management API, `usher:decide` to the decision endpoint. A token is
///    for one of them, never for both, and never for another service besides.
/// 2. A `resource` must be an audience the application is, its default, or one it may ask for.
/// 3. Without either, the application's default counts; an application that has none gets tokens for the issuer, which are good for userinfo.
enum AudienceRule {
  static func check(
    resources: [String], _ scopes: [String], _ application: Application, _ settings: IdentitySettings
  ) throws(OAuthError) -> String {
    let resources = resources.filter { !$0.isEmpty }
    guard resources.count <= 1 else { throw OAuthError(.invalidTarget, "A token is for one resource.") }
    let own = Set(scopes.compactMap(settings.audience(ofScope:)))
    guard own.count <= 1 else { throw OAuthError(.invalidTarget, "The scopes usher:manage and usher:decide need a token each.") }
    guard let resource = resources.first else {
      return own.first ?? application.defaultAudience ?? settings.publicAddress
    }
    if let only = own.first, !resource.isExactly(only) {
      throw OAuthError(.invalidTarget, "The scope belongs to another resource.")
    }
    guard own.contains(where: resource.isExactly) || application.mayAsk(for: resource, settings) else {
      throw OAuthError(.invalidTarget, "The resource is unknown, or the application may not ask for it.")
    }
    return resource
  }
}

extension Application {
  /// Whether a token of this application may be for the audience.
  fileprivate func mayAsk(for audience: String, _ settings: IdentitySettings) -> Bool {
    if settings.isOwnAudience(audience) { return audience.isExactly(settings.publicAddress) }
    return audiences.contains(where: audience.isExactly) || requestableAudiences.contains(where: audience.isExactly)
      || defaultAudience.map(audience.isExactly) == true
  }
}
