package import AccessControl
package import Identity
package import Primitives

extension SQLTransaction: SessionStore {
  package func session(_ secret: SecretDigest) throws -> Session? {
    try row("\(Session.select) WHERE secret = $1", [.digest(secret)], Session.init)
  }

  package func session(_ id: SessionID) throws -> Session? {
    try row("\(Session.select) WHERE id = $1", [.id(id)], Session.init)
  }

  package func openSessions(of account: AccountID) throws -> [Session] {
    try rows(
      "\(Session.select) WHERE account_id = $1 AND ended_at IS NULL ORDER BY created_at, id", [.id(account)], Session.init)
  }

  package func insert(_ session: Session) throws {
    try change(
      """
      INSERT INTO sessions (
        id, secret, account_id, account_kind, authenticated_at, created_at, last_seen_at, expires_at, ended_at, ending, user_agent,
        address
      ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      """,
      [
        .id(session.id), .digest(session.secret), .id(session.account), .state(session.kind), .time(session.authenticatedAt),
        .time(session.createdAt), .time(session.lastSeenAt), .time(session.expiresAt), .time(session.endedAt),
        .state(session.ending),
        .text(session.userAgent), .text(session.address),
      ])
  }

  package func touchSession(_ id: SessionID, at now: Timestamp) throws {
    try change("UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2", [.id(id), .time(now)])
  }

  package func setAuthenticated(_ id: SessionID, secret: SecretDigest, at now: Timestamp) throws -> Bool {
    try change(
      "UPDATE sessions SET authenticated_at = $2, last_seen_at = $2, secret = $3 WHERE id = $1 AND \(Self.isUnset("ended_at"))",
      [.id(id), .time(now), .digest(secret)]) > 0
  }

  package func endSession(_ id: SessionID, as ending: Session.Ending, at now: Timestamp) throws -> Bool {
    try change(
      "UPDATE sessions SET ended_at = $2, ending = $3 WHERE id = $1 AND \(Self.isUnset("ended_at"))",
      [.id(id), .time(now), .state(ending)])
      > 0
  }

  package func endSessions(
    of account: AccountID, except: SessionID?, as ending: Session.Ending, at now: Timestamp
  ) throws -> [SessionID] {
    // No id is empty, so an empty exception excepts nothing.
    try changeReturning(
      "UPDATE sessions SET ended_at = $3, ending = $4 WHERE account_id = $1 AND id <> $2 AND ended_at IS NULL RETURNING id",
      [.id(account), .text(except?.text ?? ""), .time(now), .state(ending)]
    ) { try $0.id(0) }
  }

  package func endEverySession(as ending: Session.Ending, at now: Timestamp) throws -> Int {
    try change("UPDATE sessions SET ended_at = $1, ending = $2 WHERE ended_at IS NULL", [.time(now), .state(ending)])
  }

  package func deleteSessions(expiredBefore limit: Timestamp, atMost count: Int) throws -> Int {
    try delete(
      from: "sessions", by: "id",
      "expires_at < $1 AND NOT EXISTS (SELECT 1 FROM grants WHERE grants.session_id = sessions.id)", limit, atMost: count)
  }
}

extension Session {
  static let select = """
    SELECT id, secret, account_id, account_kind, authenticated_at, created_at, last_seen_at, expires_at, ended_at, ending, user_agent,
      address
    FROM sessions
    """

  init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), secret: try row.digest(1), account: try row.id(2), kind: try row.state(3),
      authenticatedAt: try row.time(4),
      createdAt: try row.time(5), lastSeenAt: try row.time(6), expiresAt: try row.time(7), endedAt: try row.optionalTime(8),
      ending: try row.optionalState(9), userAgent: try row.text(10), address: try row.text(11))
  }
}
