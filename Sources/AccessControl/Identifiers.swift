package import Primitives

// Tags keep identifiers of different things apart at compile time; they have no values.

/// Marks identifiers of organizations.
package enum OrganizationTag {}
/// Marks identifiers of accounts, work and personal alike.
package enum AccountTag {}
/// Marks identifiers of applications; on the wire this is the `client_id`.
package enum ApplicationTag {}
/// Marks identifiers of roles.
package enum RoleTag {}
/// Marks identifiers of groups.
package enum GroupTag {}
/// Marks identifiers of registered subjects.
package enum RegisteredSubjectTag {}

/// Marks identifiers of exclusions of roles.
package enum RoleExclusionTag {}

/// Names an organization: the portal, a customer or a partner.
package typealias OrganizationID = Identifier<OrganizationTag>
/// Names an account.
package typealias AccountID = Identifier<AccountTag>
/// Names an application.
package typealias ApplicationID = Identifier<ApplicationTag>
/// Names a role. Built-in roles are named by words of the product; every other role has a random identifier, so that no defined role can
/// ever be mistaken for a built-in one.
package typealias RoleID = Identifier<RoleTag>
/// Names a group. Always random, so that whoever deletes a group and makes another of the same name gives nobody what the first one held.
package typealias GroupID = Identifier<GroupTag>
/// Names a registered subject inside Usher; services know it by its type and the name that an administrator chose.
package typealias RegisteredSubjectID = Identifier<RegisteredSubjectTag>

/// Names an exclusion of roles.
package typealias RoleExclusionID = Identifier<RoleExclusionTag>

extension Identifier where Tag == RoleTag {
  /// Everything in a customer or partner organization.
  package static let accountAdministrator = RoleID(trusted: "account-administrator")
  /// Manages users and invites people.
  package static let userAdministrator = RoleID(trusted: "user-administrator")
  /// Views agreements and invites people.
  package static let agreementAdministrator = RoleID(trusted: "agreement-administrator")
  /// Works with agreements, software, keys, orders, licenses and reports.
  package static let accountManager = RoleID(trusted: "account-manager")
  /// Views agreements, keys, orders, licenses and reports.
  package static let reportViewer = RoleID(trusted: "report-viewer")
  /// Views what a report viewer views, except keys.
  package static let accountViewer = RoleID(trusted: "account-viewer")
  /// Runs the portal.
  package static let `operator` = RoleID(trusted: "operator")
  /// Looks after the agreements that name the partner.
  package static let partnerAdministrator = RoleID(trusted: "partner-administrator")
}
