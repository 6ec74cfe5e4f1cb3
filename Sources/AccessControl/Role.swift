/// A named set of permissions, and the roles its holder may hand out.
package struct Role: Hashable, Sendable {
  /// Who made the role, and so where it can be held and who may change it.
  package enum Origin: Hashable, Sendable {
    /// Part of Usher; cannot be changed.
    case builtIn
    /// Defined by an operator, for every organization of the role's kinds.
    case portal
    /// Defined by one organization, for itself.
    case organization(OrganizationID)
  }

  /// How far the role reaches. The last two cases are the only ways in which authority crosses organizations, and only built-in roles
  /// have them.
  package enum Reach: Hashable, Sendable {
    /// Counts in the organization in which it is held and nowhere else.
    case ownOrganization
    /// Counts in every organization, for the permissions that serve operators.
    case everyOrganization
    /// Counts besides for agreements that name the organization in which it is held as their partner.
    case agreementsNamingPartner
  }

  package let id: RoleID
  /// What people call it. Never compared: roles are told apart by `id`.
  package let name: String
  package let permissions: PermissionSet
  package let mayGrant: GrantRule
  /// The kinds of organization in which it can be held.
  package let organizationKinds: Set<OrganizationKind>
  package let origin: Origin
  package let reach: Reach

  /// A role that an operator or an organization defines; it never reaches beyond the organization in which it is held.
  package init(
    id: RoleID, name: String, permissions: PermissionSet, mayGrant: GrantRule, organizationKinds: Set<OrganizationKind>,
    origin: Origin
  ) {
    self.init(
      id: id, name: name, permissions: permissions, mayGrant: mayGrant, organizationKinds: organizationKinds, origin: origin,
      reach: .ownOrganization)
  }

  init(
    id: RoleID, name: String, permissions: PermissionSet, mayGrant: GrantRule, organizationKinds: Set<OrganizationKind>,
    origin: Origin, reach: Reach
  ) {
    self.id = id
    self.name = name
    self.permissions = permissions
    self.mayGrant = mayGrant
    self.organizationKinds = organizationKinds
    self.origin = origin
    self.reach = reach
  }

  /// Whether somebody can hold this role in that organization at all.
  package func canBeHeld(in organization: OrganizationFacts) -> Bool {
    guard organizationKinds.contains(organization.kind) else { return false }
    return switch origin {
    case .builtIn, .portal: true
    case .organization(let owner): owner == organization.id
    }
  }

  /// Whether only a member whose home is the organization can hold it there.
  ///
  /// A home administrator can reset the password of an account and change its address. Were a guest allowed to hold a role that reaches
  /// into other organizations, the administrator of the guest's home could take that authority over.
  package var needsHomeAccount: Bool { reach != .ownOrganization }
}
