internal import AccessControl

/// Shows operators the work that waits or is repeated, how old it is and why it failed.
package struct ListJobs: Sendable {
  package init() {}

  /// Needs `audit:view` in the portal.
  ///
  /// - Parameters:
  ///   - kind: nil for every kind.
  ///   - onlyFailing: leaves out what did not fail since it last succeeded.
  package func callAsFunction(
    _ kind: Job.Kind?, onlyFailing: Bool, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<Job> {
    try await env.read(occasion) { tx in
      _ = try tx.permitInPortal(.auditView, occasion)
      return try tx.jobs(kind, onlyFailing: onlyFailing, page)
    }
  }
}
