package import AccessControl
package import Primitives

/// Reads the audit trail: one organization's part of it, or the whole portal's. Newest last.
package struct ReadAudit: Sendable {
  package init() {}

  /// Needs `audit:view`, in the organization or, for all, in the portal.
  ///
  /// - Parameter since: entries from this moment on; nil from the beginning. The cursor of a page before counts more.
  package func callAsFunction(
    of organization: OrganizationID?, since: Timestamp?, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<AuditEntry> {
    try await env.read(occasion) { tx in
      _ = try organization.map { try tx.permit(.auditView, in: $0, occasion) } ?? tx.permitInPortal(.auditView, occasion)
      let start = since.map { AuditID.earliest(at: $0).text }
      return try tx.auditEntries(organization: organization, PageRequest(limit: page.limit, after: page.after ?? start))
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
