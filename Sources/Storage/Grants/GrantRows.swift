package import AccessControl
package import Identity
package import Primitives

extension SQLTransaction: GrantStore {
  package func grant(_ id: GrantID) throws -> Grant? {
    try row("\(Grant.select) WHERE id = $1", [.id(id)], Grant.init)
  }

  package func openGrants(of account: AccountID) throws -> [Grant] {
    try rows("\(Grant.select) WHERE account_id = $1 AND ended_at IS NULL ORDER BY id", [.id(account)], Grant.init)
  }

  package func insert(_ grant: Grant) throws {
    try change(
      """
      INSERT INTO grants (
        id, application_id, account_id, account_kind, organization_id, session_id, scopes, audience, is_offline, authenticated_at,
        created_at, expires_at, ended_at, ending
      ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """,
      [
        .id(grant.id), .id(grant.application), .id(grant.account), .state(grant.accountKind), .id(grant.organization),
        .id(grant.session), .list(grant.scopes), .text(grant.audience), .boolean(grant.isOffline), .time(grant.authenticatedAt),
        .time(grant.createdAt), .time(grant.expiresAt), .time(grant.endedAt), .state(grant.ending),
      ])
    if let endedAt = grant.endedAt { changed.endedGrants[grant.id] = endedAt }
  }

  package func endGrant(_ id: GrantID, as ending: Grant.Ending, at now: Timestamp) throws -> Bool {
    try endGrants("id = $3", [.id(id)], as: ending, at: now, isOpen: Self.isUnset("ended_at")) > 0
  }

  package func endGrants(session: SessionID, includingOffline: Bool, as ending: Grant.Ending, at now: Timestamp) throws {
    _ = try endGrants(
      includingOffline ? "session_id = $3" : "session_id = $3 AND NOT is_offline", [.id(session)], as: ending, at: now,
      isOpen: Self.isUnset("ended_at"))
  }

  package func endGrants(account: AccountID, as ending: Grant.Ending, at now: Timestamp) throws {
    _ = try endGrants("account_id = $3", [.id(account)], as: ending, at: now)
  }

  package func endGrants(account: AccountID, organization: OrganizationID, as ending: Grant.Ending, at now: Timestamp) throws {
    _ = try endGrants("account_id = $3 AND organization_id = $4", [.id(account), .id(organization)], as: ending, at: now)
  }

  package func endGrants(application: ApplicationID, as ending: Grant.Ending, at now: Timestamp) throws {
    _ = try endGrants("application_id = $3", [.id(application)], as: ending, at: now)
  }

  package func endEveryGrant(as ending: Grant.Ending, at now: Timestamp) throws -> Int {
    try set(Self.endOfTokens, to: String(now.microseconds))
    return try endGrants("id <> ''", [], as: ending, at: now)
  }

  /// Under this name it has been kept from the beginning.
  private static let endOfTokens = "oldest-token"

  /// See `PolicyFacts.endOfTokens`.
  func endOfTokens() throws -> Timestamp? {
    try setting(Self.endOfTokens).flatMap { Int64($0) }.map(Timestamp.init(microseconds:))
  }

  /// Ends the open grants that meet a condition over `$3` and `$4`, and notes each.
  private func endGrants(
    _ condition: String, _ values: [SQLValue], as ending: Grant.Ending, at now: Timestamp, isOpen: String = "ended_at IS NULL"
  ) throws -> Int {
    let ended: [GrantID] = try changeReturning(
      "UPDATE grants SET ended_at = $1, ending = $2 WHERE \(condition) AND \(isOpen) RETURNING id",
      [.time(now), .state(ending)] + values
    ) { try $0.id(0) }
    for id in ended { changed.endedGrants[id] = now }
    return ended.count
  }

  package func revokeToken(_ tokenID: String, until expiresAt: Timestamp) throws {
    try change(
      """
      INSERT INTO revoked_tokens (token_id, expires_at) VALUES ($1, $2)
      ON CONFLICT (token_id) DO UPDATE SET expires_at = excluded.expires_at WHERE revoked_tokens.expires_at < excluded.expires_at
      """,
      [.text(tokenID), .time(expiresAt)])
    changed.revokedTokens.merge([tokenID: expiresAt]) { max($0, $1) }
  }

  /// A grant goes with all its codes and its refresh family, and not before it has ended or reached its absolute end: until then even a spent
  /// code and a renewed token must be recognised, because presenting one again is a sign of theft.
  package func deleteEndedGrants(before limit: Timestamp, atMost count: Int) throws -> Int {
    try delete(from: "grants", by: "id", "ended_at IS NOT NULL AND ended_at < $1", limit, atMost: count)
      + delete(from: "grants", by: "id", "expires_at < $1", limit, atMost: count)
      + delete(from: "revoked_tokens", by: "token_id", "expires_at < $1", limit, atMost: count)
  }
}

extension Grant {
  static let select = """
    SELECT id, application_id, account_id, account_kind, organization_id, session_id, scopes, audience, is_offline, authenticated_at,
      created_at, expires_at, ended_at, ending
    FROM grants
    """

  init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), application: try row.id(1), account: try row.id(2), accountKind: try row.state(3),
      organization: try row.optionalID(4), session: try row.id(5), scopes: try row.list(6), audience: try row.text(7),
      isOffline: try row.boolean(8), authenticatedAt: try row.time(9), createdAt: try row.time(10), expiresAt: try row.time(11),
      endedAt: try row.optionalTime(12), ending: try row.optionalState(13))
  }
}
