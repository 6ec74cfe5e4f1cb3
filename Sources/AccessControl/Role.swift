/// A permission that counts where its condition is met, and how it came to the role.
package struct ConditionalGrant: Hashable, Sendable {
  package let condition: Condition
  /// The roles it comes by: none for a role's own, else a parent first and the role that lists it last.
  package let way: [RoleID]

  package init(condition: Condition, way: [RoleID] = []) {
    self.condition = condition
    self.way = way
  }
}

/// A named set of permissions, some under conditions, the roles whose permissions it has besides, and the roles its holder may hand out.
package struct Role: Hashable, Sendable {
  /// Who made the role, and so where it can be held and who may change it.
  package enum Origin: Hashable, Sendable {
    /// Part of Usher; cannot be changed.
    case builtIn
    /// Defined by an operator, for every organization of the role's kinds.
    case portal
    /// Defined by one organization, for itself.
    case organization(OrganizationID)

    /// - Parameter owner: nil for the portal.
    package init(owner: OrganizationID?) { self = owner.map { .organization($0) } ?? .portal }

    /// The organization whose own it is.
    package var owner: OrganizationID? {
      if case .organization(let owner) = self { owner } else { nil }
    }
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
  package let wording: Wording
  /// Its own, without those it inherits and those it has only under a condition.
  package let permissions: PermissionSet
  /// Its own under a condition; never one that it has without.
  package let conditions: [Permission: Condition]
  /// The roles whose permissions it has besides, where they count (`RoleInheritance`).
  package let parents: Set<RoleID>
  /// Never inherited: to hold a permission and to hand out a role are two things.
  package let mayGrant: GrantRule
  /// The kinds of organization in which it can be held.
  package let organizationKinds: Set<OrganizationKind>
  package let origin: Origin
  package let reach: Reach
  /// What comes to it from its parents and is not its own, each with the roles it comes by: a parent first, the role that lists it last. Empty
  /// until a catalog has resolved it.
  package internal(set) var inherited: [Permission: [RoleID]] = [:]
  /// The roles it inherits from, over whatever steps, as far as they count. Empty until a catalog has resolved it.
  package internal(set) var ancestors: Set<RoleID> = []
  /// What it has under conditions alone, its own first and then what it inherits, the nearest first: one that is met is enough. A permission that
  /// is its own or inherited without a condition is not here. Only its own until a catalog has resolved it.
  ///
  /// Nothing here counts in Usher's own operations (`PermissionCatalog.takesConditions`), nor where the kind of organization knows no such permission
  /// (`conditionalGrants(of:in:of:)`).
  package internal(set) var conditionalGrants: [Permission: [ConditionalGrant]]

  /// A role that an operator or an organization defines; it never reaches beyond the organization in which it is held.
  package init(
    id: RoleID, wording: Wording, permissions: PermissionSet, conditions: [Permission: Condition] = [:],
    parents: Set<RoleID> = [], mayGrant: GrantRule, organizationKinds: Set<OrganizationKind>, origin: Origin
  ) {
    self.init(
      id: id, wording: wording, permissions: permissions, conditions: conditions, parents: parents, mayGrant: mayGrant,
      organizationKinds: organizationKinds, origin: origin, reach: .ownOrganization)
  }

  /// The same without descriptions and parents.
  package init(
    id: RoleID, name: String, permissions: PermissionSet, mayGrant: GrantRule, organizationKinds: Set<OrganizationKind>,
    origin: Origin
  ) {
    self.init(
      id: id, wording: Wording(name: name), permissions: permissions, mayGrant: mayGrant, organizationKinds: organizationKinds,
      origin: origin)
  }

  init(
    id: RoleID, wording: Wording, permissions: PermissionSet, conditions: [Permission: Condition] = [:],
    parents: Set<RoleID> = [], mayGrant: GrantRule, organizationKinds: Set<OrganizationKind>, origin: Origin, reach: Reach
  ) {
    self.id = id
    self.wording = wording
    self.permissions = permissions
    self.conditions =
      switch permissions {
      case .everything: [:]
      case .listed(let always): conditions.filter { !always.contains($0.key) }
      }
    conditionalGrants = self.conditions.mapValues { [ConditionalGrant(condition: $0)] }
    self.parents = parents
    self.mayGrant = mayGrant
    self.organizationKinds = organizationKinds
    self.origin = origin
    self.reach = reach
  }

  /// What people call it. Never compared: roles are told apart by `id`.
  package var name: String { wording.name }

  /// Everything it permits without a condition, its own and what it inherits.
  package var effective: PermissionSet {
    guard case .listed(let own) = permissions, !inherited.isEmpty else { return permissions }
    return .listed(own.union(inherited.keys))
  }

  /// Everything that it permits in some circumstances or in all. Nil stands for everything there is.
  package var possible: Set<Permission>? {
    guard case .listed(let always) = effective else { return nil }
    return always.union(conditionalGrants.keys)
  }

  /// Whether it permits this where it is held, whatever the circumstances, by itself or by inheritance. What it permits under a condition does not
  /// count. Knows nothing of organizations and their members.
  package func permits(_ permission: Permission, in kind: OrganizationKind, of catalog: PermissionCatalog) -> Bool {
    permissions.contains(permission, in: kind, of: catalog)
      || inherited[permission] != nil && catalog.has(permission, in: kind)
  }

  /// Under which conditions it permits this where it is held: any of them is enough. Empty when it permits it always, or never.
  package func conditionalGrants(
    of permission: Permission, in kind: OrganizationKind, of catalog: PermissionCatalog
  ) -> [ConditionalGrant] {
    guard let grants = conditionalGrants[permission], catalog.has(permission, in: kind) else { return [] }
    return grants
  }

  /// The roles by which a permission comes to this one: none for its own, else a parent first and the role that lists it last. Nil when it does
  /// not permit it.
  package func way(of permission: Permission, in kind: OrganizationKind, of catalog: PermissionCatalog) -> [RoleID]? {
    if permissions.contains(permission, in: kind, of: catalog) { return [] }
    return catalog.has(permission, in: kind) ? inherited[permission] : nil
  }

  /// Whether somebody can hold this role in that organization at all.
  package func canBeHeld(in organization: OrganizationFacts) -> Bool {
    guard organizationKinds.contains(organization.kind) else { return false }
    return switch origin {
    case .builtIn, .portal: true
    case .organization(let owner): owner == organization.id
    }
  }

  /// Whether it can be held in every organization of its kinds.
  package var isForEveryOrganization: Bool { origin == .builtIn || origin == .portal }

  /// Whether there may be an organization in which both can be held.
  package func sharesPlaces(with other: Role) -> Bool {
    guard !organizationKinds.isDisjoint(with: other.organizationKinds) else { return false }
    if case .organization = origin, case .organization = other.origin { return origin == other.origin }
    return true
  }

  /// Whether the other role may name this one as one that its holders hand out: there may be a place for both, and a role for every organization
  /// knows none that belongs to one.
  package func canBeHandedOut(byHoldersOf other: Role) -> Bool {
    sharesPlaces(with: other) && (isForEveryOrganization || !other.isForEveryOrganization)
  }

  /// Whether only a member whose home is the organization can hold it there.
  ///
  /// A home administrator can reset the password of an account and change its address. Were a guest allowed to hold a role that reaches
  /// into other organizations, the administrator of the guest's home could take that authority over.
  package var needsHomeAccount: Bool { reach != .ownOrganization }
}
