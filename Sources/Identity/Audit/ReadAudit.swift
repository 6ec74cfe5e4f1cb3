package import AccessControl
package import Primitives

/// Reads the audit trail: one organization's part of it, or the whole portal's, in the order in which it was written.
///
/// Whoever asks sees everything that was committed before. So what has no place in the trail yet is sealed first; where that cannot be written, or
/// where so much waits that it would take long (after an upgrade), what is sealed is read.
package struct ReadAudit: Sendable {
  package enum Refusal: Error, Sendable, Hashable {
    /// No page before gave this cursor.
    case unreadableCursor
  }

  package init() {}

  /// Needs `audit:view`, in the organization or, for all, in the portal.
  ///
  /// - Parameter since: entries of this moment and later; nil for all.
  /// - Throws: `Refusal`.
  package func callAsFunction(
    of organization: OrganizationID?, since: Timestamp?, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<AuditEntry> {
    @Sendable func read() async throws -> (page: Page<AuditEntry>, isWhole: Bool) {
      try await env.read(occasion) { tx in
        _ = try tx.permit(.auditView, of: organization, occasion)
        let after = try page.after.map { cursor in
          guard let position = Int64(cursor) else { throw Refusal.unreadableCursor }
          return position
        }
        return (
          try tx.auditEntries(organization: organization, since: since, after: after, limit: page.limit),
          try tx.unsealedAudit(behind: tx.auditHead(), limit: 1).isEmpty
        )
      }
    }
    let found = try await read()
    // A full page ends before what is not sealed.
    guard !found.isWhole, found.page.next == nil else { return found.page }
    do {
      try await SealAudit(rounds: 16)(env: env)
    } catch StoreError.unavailable {
      return found.page
    } catch is SealAudit.Refusal, is RootKeyNotInForce {
      return found.page
    }
    return try await read().page
  }
}

/// Reads how often anonymous failures happened, hour by hour: they are counted, not written one by one.
package struct ReadFailureCounts: Sendable {
  /// How far back it can be asked.
  package static let longestSpan: Duration = .days(31)

  package init() {}

  /// Needs `audit:view` in the portal.
  ///
  /// - Parameter since: nil for the last 24 hours; never more than `longestSpan` ago.
  package func callAsFunction(since: Timestamp?, _ occasion: Occasion, env: Environment) async throws -> [FailureCount] {
    try await env.read(occasion) { tx in
      _ = try tx.permitInPortal(.auditView, occasion)
      return try tx.failureCounts(since: max(since ?? occasion.now - .hours(24), occasion.now - Self.longestSpan))
    }
  }
}
