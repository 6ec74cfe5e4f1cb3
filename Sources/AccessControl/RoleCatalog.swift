/// All roles there are: the built-in ones, and those that operators and organizations defined.
package struct RoleCatalog: Sendable {
  private let byID: [RoleID: Role]

  /// Only the built-in roles.
  package static let builtInOnly = RoleCatalog(adding: [])

  /// The built-in roles and `defined`; a defined role never replaces a built-in one. What roles inherit is found out here, once.
  package init(adding defined: [Role]) {
    var byID = Dictionary((Self.builtIn + defined).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for role in byID.values where !role.parents.isEmpty {
      var resolved = role
      let ancestors = RoleInheritance.ancestors(of: role, in: byID)
      (resolved.inherited, resolved.conditionalGrants) = RoleInheritance.inherited(by: role, from: ancestors)
      resolved.ancestors = Set(ancestors.map(\.ancestor.id))
      byID[role.id] = resolved
    }
    self.byID = byID
  }

  /// The same with one role put in, or put in the place of the one of its id, built-in ones excepted.
  package func with(_ role: Role) -> RoleCatalog {
    RoleCatalog(adding: [role] + defined.filter { $0.id != role.id })
  }

  /// Every role, in no order.
  package var all: some Collection<Role> { byID.values }

  /// The roles that operators and organizations defined, sorted by id.
  package var defined: [Role] { byID.values.filter { $0.origin != .builtIn }.sorted { $0.id < $1.id } }

  /// The role of that id, or nil: an assignment that names no role gives nothing.
  package subscript(_ id: RoleID) -> Role? { byID[id] }

  /// The roles of these ids, without those that do not exist, sorted by id.
  package func roles(_ ids: some Sequence<RoleID>) -> [Role] {
    Set(ids).compactMap { byID[$0] }.sorted { $0.id < $1.id }
  }

  /// Every role that can be held in the organization, sorted by id.
  package func roles(heldIn organization: OrganizationFacts) -> [Role] {
    byID.values.filter { $0.canBeHeld(in: organization) }.sorted { $0.id < $1.id }
  }

  /// The roles that name this one as a parent, sorted by id.
  package func children(of id: RoleID) -> [Role] { byID.values.filter { $0.parents.contains(id) }.sorted { $0.id < $1.id } }

  /// The roles whose permissions this one has besides, nearest first, each with the roles by which they come: a parent first, the ancestor last.
  package func ancestors(of role: Role) -> [(ancestor: Role, way: [RoleID])] { RoleInheritance.ancestors(of: role, in: byID) }

  /// Every role that has this one's permissions besides, each with the roles by which they come: a parent of the heir first, this one last.
  package func heirs(of id: RoleID) -> [RoleID: [RoleID]] {
    byID.values.reduce(into: [:]) { heirs, role in
      if !role.parents.isEmpty, let found = ancestors(of: role).first(where: { $0.ancestor.id == id }) {
        heirs[role.id] = found.way
      }
    }
  }

  /// The roles whose holders may hand this one out because they list it, sorted by id.
  package func listing(_ id: RoleID) -> [Role] {
    byID.values.filter { role in
      guard case .listed(let ways) = role.mayGrant else { return false }
      return ways.values.contains { $0.contains(id) }
    }.sorted { $0.id < $1.id }
  }

  /// The roles that list this permission themselves, with a condition or without, sorted by id.
  package func listing(_ permission: Permission) -> [Role] {
    byID.values.filter { role in
      guard case .listed(let permissions) = role.permissions else { return false }
      return permissions.contains(permission) || role.conditions[permission] != nil
    }.sorted { $0.id < $1.id }
  }

  /// Whether the parents of this role, put into the catalog, would lead in a circle or too far, for itself or for a role that inherits from it.
  package func flaw(ofParentsOf role: Role) -> RoleInheritance.Flaw? {
    var byID = byID
    byID[role.id] = role
    return RoleInheritance.flaw(around: role, in: byID)
  }

  /// The role of which every organization of this kind keeps at least one active holder.
  package static func administratorRole(in kind: OrganizationKind) -> RoleID {
    switch kind {
    case .portal: .operator
    case .customer, .partner: .accountAdministrator
    }
  }
}

extension RoleCatalog {
  /// The eight built-in roles.
  package static let builtIn: [Role] = {
    let views: Set<Permission> = [.agreementView, .orderView, .licenseView, .reportView]
    let viewers: Set<RoleID> = [.reportViewer, .accountViewer]
    let customer: Set<OrganizationKind> = [.customer]
    let byUserAdministrator = viewers.union([.userAdministrator, .accountManager])

    func role(
      _ id: RoleID, _ name: String, _ permissions: PermissionSet, mayGrant: GrantRule = .nothing,
      kinds: Set<OrganizationKind>, reach: Role.Reach = .ownOrganization
    ) -> Role {
      Role(
        id: id, wording: Wording(name: name), permissions: permissions, mayGrant: mayGrant, organizationKinds: kinds,
        origin: .builtIn, reach: reach
      )
    }

    return [
      role(.accountAdministrator, "Account administrator", .everything, mayGrant: .everyRole, kinds: [.customer, .partner]),
      role(
        .userAdministrator, "User administrator", .listed([.userView, .userManage, .userInvite, .roleView, .roleAssign]),
        mayGrant: .listed([.assignment: byUserAdministrator, .invitation: byUserAdministrator]), kinds: customer),
      role(
        .agreementAdministrator, "Agreement administrator", .listed([.agreementView, .userInvite]),
        mayGrant: .listed([.invitation: viewers]), kinds: customer),
      role(
        .accountManager, "Account manager",
        .listed(views.union([.agreementEdit, .selfProvisioningManage, .softwareDownload, .keyView])), kinds: customer),
      role(.reportViewer, "Report viewer", .listed(views.union([.keyView])), kinds: customer),
      role(.accountViewer, "Account viewer", .listed(views), kinds: customer),
      role(.operator, "Operator", .everything, mayGrant: .everyRole, kinds: [.portal], reach: .everyOrganization),
      role(
        .partnerAdministrator, "Partner administrator", .listed([.agreementResendInvitation, .agreementChangeAdministrator]),
        mayGrant: .listed([.designation: [.accountAdministrator]]), kinds: [.partner], reach: .agreementsNamingPartner),
    ]
  }()
}
