internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Management.Role: Described {
  static let message = Message(
    "Role", "A role: what its holder may do, and which roles its holder may hand out.",
    [
      .required("id", .id), .required("name", .text(1...200), "What people call it; never compare it."),
      .optional("description", .line, "What it is for; pages describe built-in roles in their own words."),
      .required("translations", .list(.message(Management.RoleTranslation.message), 0...50)),
      .required("origin", .word(["built-in", "portal", "organization"]), "Who made it, and so who may change it."),
      .optional("organization", .id, "The organization whose own role it is."),
      .required("organization_kinds", .list(.words(OrganizationKind.self), 0...3), "Where it can be held."),
      .required("everything", .flag, "Whether it permits everything there is where it is held; computed at each decision."),
      .required(
        "permissions", .list(.line, 0...20_000),
        "What it permits in all circumstances, by itself and by its parents, written `type:action`. For a role that permits everything: what that comes to today."
      ),
      .required(
        "grants", .list(.message(Management.RoleGrant.message), 0...1_000),
        "What it permits by itself; empty for a role that permits everything."),
      .required("parents", .list(.id, 0...20), "The roles whose permissions it has besides."),
      .required(
        "inherited", .list(.message(Management.RolePermission.message), 0...20_000), "What comes to it from them, and how."),
      .required("may_grant", .message(Management.MayGrant.message)),
      .optional("version", .count, "Counts changes of a defined role, where one role is shown; also the ETag."),
    ])

  var countedVersion: Int64? { version }

  /// - Parameter version: nil for a built-in role, and in lists.
  init(_ role: Role, _ catalog: PermissionCatalog, version: Int64? = nil) {
    let permissions = role.organizationKinds.reduce(into: Set<AccessControl.Permission>()) { all, kind in
      all.formUnion(role.effective.permissions(in: kind, of: catalog))
    }
    let (origin, organization): (String, OrganizationID?) =
      switch role.origin {
      case .builtIn: ("built-in", nil)
      case .portal: ("portal", nil)
      case .organization(let id): ("organization", id)
      }
    self.init(
      id: role.id.text, name: role.name, description: role.wording.said,
      translations: Management.RoleTranslation.all(role.wording),
      origin: origin, organization: organization?.text, organizationKinds: role.organizationKinds.map(\.rawValue).sorted(),
      everything: role.permissions == .everything, permissions: permissions.sorted().map(\.text),
      grants: Management.RoleGrant.all(role), parents: role.parents.sorted().map(\.text),
      inherited: Management.RolePermission.inherited(role, catalog), mayGrant: Management.MayGrant(role.mayGrant),
      version: version
    )
  }
}

extension Management.MayGrant: Described {
  static let message = Message(
    "MayGrant", "Which roles the holder of a role may hand out, by the way in which it happens.",
    [
      .required("every_role", .flag, "Every role of the organization, in every way; the lists are empty then."),
      .required("assignment", .list(.id, 0...1_000), "To members, and take from them."),
      .required("invitation", .list(.id, 0...1_000), "By invitation."),
      .required("designation", .list(.id, 0...1_000), "By naming the administrator of an agreement."),
    ])

  init(_ rule: GrantRule) {
    func listed(_ way: GrantWay) -> [String] {
      guard case .listed(let roles) = rule else { return [] }
      return roles[way, default: []].sorted().map(\.text)
    }
    self.init(
      everyRole: rule == .everyRole, assignment: listed(.assignment), invitation: listed(.invitation),
      designation: listed(.designation))
  }
}

extension Management.RoleInOrganization: Described {
  static let message = Message(
    "RoleInOrganization", "A role that can be held in one organization, as the caller sees it.",
    [
      .required("role", .message(Management.Role.message)),
      .required("may_assign", .flag, "Whether the caller may give it to members, and take it."),
      .required("may_invite", .flag, "Whether the caller may offer it in an invitation."),
    ])

  var countedVersion: Int64? { role.version }

  init(_ offered: OfferedRole, _ catalog: PermissionCatalog, version: Int64? = nil) {
    self.init(
      role: Management.Role(offered.role, catalog, version: version), mayAssign: offered.mayAssign, mayInvite: offered.mayInvite)
  }
}

extension Management.Permission: Described {
  static let message = Message(
    "Permission", "One row of the permission table.",
    [
      .required("permission", .line, "`type:action`."), .required("resource_type", .line), .required("action", .line),
      .required("summary", .line, "What it is for."),
      .required("translations", .list(.message(Management.PermissionTranslation.message), 0...50)),
      .required("built_in", .flag, "Whether it is one of Usher's own, and cannot be changed."),
      .required("organization_kinds", .list(.words(OrganizationKind.self), 0...3), "Where it means something."),
      .required("customer_data", .flag, "Whether it opens a customer's own business data."),
      .required("serves_operators", .flag, "Whether operators may use it in other organizations."),
      .required("serves_partners", .flag, "Whether partners may use it for agreements that name them."),
      .optional("version", .count, "Counts changes of a defined permission, where one is shown; also the ETag."),
    ])

  var countedVersion: Int64? { version }

  init(_ definition: AccessControl.PermissionDefinition, version: Int64? = nil) {
    let permission = definition.permission
    self.init(
      permission: permission.text, resourceType: permission.resourceType, action: permission.action, summary: definition.summary,
      translations: definition.translations.sorted { $0.key < $1.key }.map {
        Management.PermissionTranslation(language: $0.key, summary: $0.value)
      }, builtIn: PermissionCatalog.isBuiltIn(permission), organizationKinds: definition.kinds.map(\.rawValue).sorted(),
      customerData: definition.isCustomerData, servesOperators: definition.servesOperators,
      servesPartners: definition.servesPartners, version: version)
  }
}
