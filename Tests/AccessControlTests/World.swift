import AccessControl
import Primitives

/// The organizations and shorthands the suites of this folder share.
enum World {
  static let portal = OrganizationFacts(id: OrganizationID(trusted: "portal"), kind: .portal)
  static let contoso = OrganizationFacts(id: OrganizationID(trusted: "contoso"), kind: .customer)
  static let fabrikam = OrganizationFacts(id: OrganizationID(trusted: "fabrikam"), kind: .customer)
  static let reseller = OrganizationFacts(id: OrganizationID(trusted: "reseller"), kind: .partner)
  static let otherReseller = OrganizationFacts(id: OrganizationID(trusted: "other-reseller"), kind: .partner)
  static let all = [portal, contoso, fabrikam, reseller, otherReseller]

  static let permissions = PermissionCatalog.builtIn
  static let roles = RoleCatalog.builtInOnly

  /// Built-in roles by their ids.
  static func held(_ ids: RoleID...) -> [Role] { roles.roles(ids) }

  static func facts(
    subject: Facts.Subject = .active, in organization: OrganizationFacts? = contoso, _ membership: Facts.Membership
  ) -> Facts {
    Facts(subject: subject, organization: organization, membership: membership, catalog: permissions)
  }

  /// Somebody who holds these built-in roles, each list in its organization.
  static func actor(_ holdings: [(OrganizationFacts, [RoleID])], subject: Facts.Subject = .active) -> Authority {
    Authority(
      subject: subject,
      holdings: holdings.map { .init(organization: $0.0, membership: .active(roles.roles($0.1))) },
      catalog: permissions)
  }
}
