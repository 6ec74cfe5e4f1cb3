/// All roles there are: the built-in ones, and those that operators and organizations defined.
package struct RoleCatalog: Sendable {
  private let byID: [RoleID: Role]

  /// Only the built-in roles.
  package static let builtInOnly = RoleCatalog(adding: [])

  /// The built-in roles and `defined`; a defined role never replaces a built-in one.
  package init(adding defined: [Role]) {
    byID = Dictionary((Self.builtIn + defined).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

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
        id: id, name: name, permissions: permissions, mayGrant: mayGrant, organizationKinds: kinds, origin: .builtIn, reach: reach
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
