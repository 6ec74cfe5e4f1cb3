internal import Identity
internal import Primitives

extension Transaction {
  /// Starts the family of a grant's refresh tokens, for applications that get any.
  func startRefreshFamily(
    _ first: RefreshSecret, of grant: Grant, _ application: Application, _ occasion: Occasion, _ lifetimes: Lifetimes
  ) throws -> RefreshSecret? {
    guard application.grantTypes.contains(.refreshToken) else { return nil }
    try insert(
      RefreshFamily(
        digest: first.familyDigest, grant: grant.id, turn: first.turnDigest, issuedAt: occasion.now,
        expiresAt: grant.refreshEnd(for: application, from: occasion.now, lifetimes)))
    return first
  }
}

extension Grant {
  /// Until when a refresh token given now can be used: without `offline_access` as long as its session, which is asked at each use; with it,
  /// `offlineIdle` from now and never past the grant's own end (THREATS REF4).
  func refreshEnd(for application: Application, from now: Timestamp, _ lifetimes: Lifetimes) -> Timestamp {
    outlivesItsSession(for: application) ? min(now + lifetimes.offlineIdle, expiresAt) : expiresAt
  }
}
