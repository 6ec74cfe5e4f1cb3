package import AccessControl
package import Primitives

/// Reads the audit trail: one organization's part of it, or the whole portal's, in the order in which it was written.
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
    try await env.read(occasion) { tx in
      _ = try tx.permit(.auditView, of: organization, occasion)
      let after = try page.after.map { cursor in
        guard let position = Int64(cursor) else { throw Refusal.unreadableCursor }
        return position
      }
      return try tx.auditEntries(organization: organization, since: since, after: after, limit: page.limit)
    }
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
