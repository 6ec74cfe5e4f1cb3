package import AccessControl
package import Primitives

/// Lists the reviews of an organization, open and closed.
package struct ListAccessReviews: Sendable {
  package init() {}

  /// Needs `role:view` in the organization.
  package func callAsFunction(
    in organization: OrganizationID, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<(review: AccessReview, progress: ReviewProgress)> {
    try await env.read(with: .roleView, in: organization, occasion) { tx in
      let found = try tx.accessReviews(in: organization, page)
      return Page(items: try found.items.map { ($0, try tx.progress(of: $0.id)) }, next: found.next)
    }
  }
}

/// Looks at one review.
package struct ViewAccessReview: Sendable {
  package init() {}

  /// Needs `role:view` in the organization.
  ///
  /// - Throws: `DecideAccessReview.Refusal.unknown`, `AccessDenied`.
  package func callAsFunction(
    _ id: AccessReviewID, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> (review: AccessReview, progress: ReviewProgress) {
    try await env.read(with: .roleView, in: organization, occasion) { tx in
      (try tx.review(id, in: organization), try tx.progress(of: id))
    }
  }
}

/// Lists what a review is about, in the order of the assignments' age.
package struct ListReviewedAssignments: Sendable {
  package init() {}

  /// Needs `role:view` in the organization.
  ///
  /// - Throws: `DecideAccessReview.Refusal.unknown`, `AccessDenied`.
  package func callAsFunction(
    of id: AccessReviewID, in organization: OrganizationID, onlyOpen: Bool, _ page: PageRequest, _ occasion: Occasion,
    env: Environment
  ) async throws -> Page<(reviewed: ReviewedAssignment, seen: SeenAssignment)> {
    try await env.read(with: .roleView, in: organization, occasion) { tx in
      _ = try tx.review(id, in: organization)
      return try tx.reviewedAssignments(of: id, onlyOpen: onlyOpen, page).map { (reviewed: $0, seen: try tx.see($0.assignment)) }
    }
  }
}

/// Lists the assignments that nobody used since a moment.
package struct ListUnusedAssignments: Sendable {
  package init() {}

  /// Needs `role:view` in the organization.
  package func callAsFunction(
    in organization: OrganizationID, since moment: Timestamp, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<(seen: SeenAssignment, lastUsedAt: Timestamp?)> {
    try await env.read(with: .roleView, in: organization, occasion) { tx in
      try tx.unusedAssignments(in: organization, since: moment, page).map { unused in
        (seen: try tx.see(unused.assignment), lastUsedAt: unused.lastUsedAt)
      }
    }
  }
}

extension Transaction {
  fileprivate func review(_ id: AccessReviewID, in organization: OrganizationID) throws -> AccessReview {
    guard let review = try accessReview(id), review.organization == organization else {
      throw DecideAccessReview.Refusal.unknown
    }
    return review
  }
}
