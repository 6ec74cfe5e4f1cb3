/// What is known, at one moment, of the subject and of the one organization in which a decision is made.
package struct Facts: Sendable {
  /// The subject's account, or the application that acts for itself.
  package enum Subject: Hashable, Sendable {
    case unknown
    case suspended
    case active
  }

  /// The subject's membership in the organization of the decision. Only an active membership has roles, so that a suspended one cannot
  /// lend any by mistake.
  package enum Membership: Hashable, Sendable {
    case none
    case suspended
    case active([Role])
  }

  package let subject: Subject
  /// Nil when no organization has the name under which the question was asked.
  package let organization: OrganizationFacts?
  package let membership: Membership
  package let catalog: PermissionCatalog

  package init(subject: Subject, organization: OrganizationFacts?, membership: Membership, catalog: PermissionCatalog) {
    self.subject = subject
    self.organization = organization
    self.membership = membership
    self.catalog = catalog
  }
}
