package import Identity
package import Primitives

extension SQLTransaction {
  package func invitationLink(_ digest: SecretDigest) throws -> InvitationLink? {
    try row("\(InvitationLink.select) WHERE digest = $1", [.digest(digest)], InvitationLink.init)
  }

  package func latestInvitationLink(_ invitation: InvitationID) throws -> InvitationLink? {
    // Of two links sent in one microsecond the live one is the later.
    try row(
      """
      \(InvitationLink.select) WHERE invitation_id = $1
      ORDER BY sent_at DESC, CASE WHEN state = 'live' THEN 0 ELSE 1 END, digest LIMIT 1
      """,
      [.id(invitation)], InvitationLink.init)
  }

  package func insert(_ link: InvitationLink) throws {
    try change(
      "INSERT INTO invitation_links (digest, invitation_id, sent_at, expires_at, state) VALUES ($1, $2, $3, $4, $5)",
      [.digest(link.digest), .id(link.invitation), .time(link.sentAt), .time(link.expiresAt), .state(link.state)])
  }

  package func endInvitationLinks(_ invitation: InvitationID, as state: InvitationLink.State) throws {
    try change(
      "UPDATE invitation_links SET state = $2 WHERE invitation_id = $1 AND state = 'live'", [.id(invitation), .state(state)])
  }

  package func endEveryInvitationLink(as state: InvitationLink.State) throws -> Int {
    try change("UPDATE invitation_links SET state = $1 WHERE state = 'live'", [.state(state)])
  }

  package func useInvitationLink(_ digest: SecretDigest, at now: Timestamp) throws -> Bool {
    try change(
      "UPDATE invitation_links SET state = 'used' WHERE digest = $1 AND state = 'live' AND expires_at >= $2",
      [.digest(digest), .time(now)]) > 0
  }

  package func deleteInvitationLinks(expiredBefore limit: Timestamp, atMost count: Int) throws -> Int {
    try delete(from: "invitation_links", by: "digest", "expires_at < $1", limit, atMost: count)
  }
}

extension InvitationLink {
  static let select = "SELECT digest, invitation_id, sent_at, expires_at, state FROM invitation_links"

  init(_ row: any SQLRow) throws {
    self.init(
      digest: try row.digest(0), invitation: try row.id(1), sentAt: try row.time(2), expiresAt: try row.time(3),
      state: try row.state(4))
  }
}
