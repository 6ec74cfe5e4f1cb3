package import AccessControl
package import Primitives

/// Reviews of who holds what, and when assignments were last used.
package protocol ReviewStore {
  func accessReview(_ id: AccessReviewID) throws -> AccessReview?
  func accessReviews(in organization: OrganizationID, _ page: PageRequest) throws -> Page<AccessReview>
  /// Writes the review, and down every assignment that it is about.
  ///
  /// - Returns: how many there are.
  func insert(_ review: AccessReview, about filter: AssignmentFilter) throws -> Int
  func update(_ review: AccessReview) throws -> Bool
  func progress(of review: AccessReviewID) throws -> ReviewProgress
  /// - Parameter onlyOpen: only those that are held and have no decision.
  func reviewedAssignments(of review: AccessReviewID, onlyOpen: Bool, _ page: PageRequest) throws -> Page<ReviewedAssignment>
  func reviewedAssignment(_ assignment: RoleAssignmentID, of review: AccessReviewID) throws -> ReviewedAssignment?
  /// Writes down what was decided last; what was decided before stands in the audit trail.
  func decide(_ decision: ReviewedAssignment.Decision, about assignment: RoleAssignmentID, of review: AccessReviewID) throws

  /// Assignments of an organization that nobody used since a moment, with their last use where there was one.
  func unusedAssignments(
    in organization: OrganizationID, since moment: Timestamp, _ page: PageRequest
  ) throws -> Page<(assignment: RoleAssignment, lastUsedAt: Timestamp?)>
  func lastUse(of assignment: RoleAssignmentID) throws -> Timestamp?
  /// Writes down that these were used; a later use that is known already stays.
  func noteUses(_ uses: [AssignmentUse]) throws
}
