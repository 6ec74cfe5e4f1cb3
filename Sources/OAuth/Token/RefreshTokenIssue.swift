internal import Identity
internal import Primitives

extension Transaction {
  /// Stores the next refresh token of a grant, for applications that get any.
  ///
  /// Without `offline_access` it can live as long as its session, which is asked at each use; with it, `offlineIdle` from now and never past the
  /// grant's own end (THREATS REF4).
  func issueRefreshToken(
    _ secret: SecretToken, for grant: Grant, _ application: Application, _ occasion: Occasion, _ lifetimes: Lifetimes
  ) throws -> SecretToken? {
    guard application.grantTypes.contains(.refreshToken) else { return nil }
    let end = grant.isOffline ? min(occasion.now + lifetimes.offlineIdle, grant.expiresAt) : grant.expiresAt
    try insert(
      RefreshToken(digest: secret.digest, grant: grant.id, application: application.id, issuedAt: occasion.now, expiresAt: end))
    return secret
  }
}
