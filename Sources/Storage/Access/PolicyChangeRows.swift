package import Identity
package import Primitives

/// What other instances changed, as they left word of it.
package enum PolicyNews {
  /// These things; nothing at all where it is empty. Of `withoutHistory` nothing was written down by who changed it.
  case changed(PolicyChange, withoutHistory: PolicyChange)
  /// More than is still written down.
  case everything
}

extension SQLTransaction {
  /// What was committed after the revision `known`.
  package func policyNews(since known: Int64) throws -> PolicyNews {
    let oldest = try row("SELECT MIN(revision) FROM policy_changes") { try $0.isNull(0) ? nil : $0.integer(0) } ?? nil
    // Rows are taken away from the beginning only, so whoever knows the one before the oldest misses nothing.
    guard let oldest, oldest <= known + 1 else { return .everything }
    var (together, withoutHistory) = (PolicyChange(), PolicyChange())
    let changes = try rows("SELECT change FROM policy_changes WHERE revision > $1 ORDER BY revision", [.integer(known)]) { row in
      try row.text(0)
    }
    for coded in changes {
      guard let change = try PolicyChange(coded: coded) else { return .everything }
      together.merge(change)
      if !PolicyChange.keptHistory(coded) { withoutHistory.merge(change) }
    }
    return .changed(together, withoutHistory: withoutHistory)
  }

  /// The newest stays, whatever its age: it tells how far the counting has come.
  package func deletePolicyChanges(before limit: Timestamp, atMost count: Int) throws -> Int {
    try change(
      """
      DELETE FROM policy_changes WHERE revision IN (
        SELECT revision FROM policy_changes
        WHERE revision < COALESCE(
          (SELECT MIN(revision) FROM policy_changes WHERE changed_at >= $1), (SELECT MAX(revision) FROM policy_changes))
        ORDER BY revision LIMIT $2)
      """,
      [.time(limit), .count(max(count, 0))])
  }
}

extension PolicyChange {
  package mutating func merge(_ other: PolicyChange) {
    organizations.formUnion(other.organizations)
    accounts.formUnion(other.accounts)
    applications.formUnion(other.applications)
    groups.formUnion(other.groups)
    subjects.formUnion(other.subjects)
    resources.formUnion(other.resources)
    endedGrants.merge(other.endedGrants) { first, _ in first }
    revokedTokens.merge(other.revokedTokens) { max($0, $1) }
    signingKeys = signingKeys || other.signingKeys
    catalogs = catalogs || other.catalogs
  }
}
