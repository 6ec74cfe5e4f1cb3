internal import Primitives

/// What the audit trail of a replaced database tells of the time after a backup: changes that the restored one does not know of, and that somebody
/// has to make again.
package struct AuditSince: Sendable {
  /// Events after which something is forbidden, or known to be in wrong hands, that was not before. Forgetting one of these opens a door.
  static let closing: Set<AuditEvent> = [
    .accountSuspended, .membershipSuspended, .membershipRemoved, .roleRemoved, .passwordChanged, .passwordSet,
    .applicationChanged,
    .applicationDeleted, .applicationSecretMade, .administratorChanged, .agreementChanged, .invitationWithdrawn,
    .organizationChanged,
    .signingKeyMade, .signingKeyRetired, .rootKeyReplaced, .tokenRevoked, .codeReplayed, .refreshTokenReplayed,
  ]

  /// How many entries there are in all, of each event, by its name.
  package private(set) var counts: [String: Int] = [:]
  /// The entries after which a door was closed, oldest first; the first thousand.
  package private(set) var closing: [AuditRecord] = []

  /// - Parameter moment: that of the backup's newest entry.
  package static func read(_ store: any Store, after position: Int64, page: Int = 500) async throws -> AuditSince {
    var since = AuditSince()
    var after = position
    while true {
      let records = try await store.read { [after] tx in try tx.auditRecords(after: after, limit: page) }
      records.compactMap(\.record).forEach { since.count($0) }
      guard records.count == page, let last = records.last else { break }
      after = last.position
    }
    let rest = try await store.read { tx in try tx.unsealedAudit(behind: tx.auditHead(), limit: 10_000) }
    rest.forEach { since.count($0) }
    return since
  }

  private mutating func count(_ record: AuditRecord) {
    counts[record.event, default: 0] += 1
    guard record.outcome == AuditEntry.Outcome.success.rawValue, closing.count < 1_000,
      let event = AuditEvent(rawValue: record.event), Self.closing.contains(event)
    else { return }
    closing.append(record)
  }
}
