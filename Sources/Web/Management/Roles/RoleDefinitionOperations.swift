internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Operation {
  private static let publicTable = Need.anyCaller(
    because: "The roles of the portal and the permissions are the same everywhere and no secret.")

  /// The roles that can be held in every organization of their kinds.
  static let rolesOfPortal: [Operation] = [
    .list(
      "/roles", "listRoles",
      "List the built-in roles and those of the portal, with what they permit and what they may grant, on one page.",
      needs: publicTable
    ) { call in
      let catalogs = try await ViewCatalogs()(call.occasion, env: call.env)
      let roles = catalogs.roles.all.filter(\.isForEveryOrganization).sorted { $0.id < $1.id }
      return Management.Page(items: roles.map { Management.Role($0, catalogs.permissions) }, next: nil)
    },
    .create(
      "/roles", "defineRole", "Define a role that can be held in every organization of some kinds.",
      needs: .permission(.roleDefine, in: .portal), at: { "/roles/\($0.id)" }
    ) { (call: Call, body: Management.RoleDefinition) -> Management.Role in
      Management.Role(try await DefineRole()(try body.read(ofPortal: true), in: nil, call.occasion, env: call.env))
    },
    .show("/roles/{role}", "getRole", "Show a built-in role or one of the portal.", needs: publicTable) { call in
      let viewed = try await ViewPortalRole()(try call.id("role"), call.occasion, env: call.env)
      return Management.Role(viewed.role, viewed.catalogs.permissions, version: viewed.defined?.version)
    },
    .list(
      "/roles/{role}/versions", "listRoleVersions", "List how a role of the portal was defined, from when until when.",
      needs: .permission(.roleView, in: .portal)
    ) { call in
      Management.Page(
        try await ListRoleVersions()(of: try call.id("role"), in: nil, call.page, call.occasion, env: call.env),
        Management.RoleVersion.init)
    },
    .put(
      "/roles/{role}", "redefineRole", "Define a role of the portal anew. Everybody who holds it has what it gives at once.",
      needs: .permission(.roleDefine, in: .portal)
    ) { (call, body: Management.RoleDefinition) in
      let defined = try await RedefineRole()(
        try call.id("role"), as: try body.read(ofPortal: true), in: nil, seen: call.seen, call.occasion, env: call.env)
      return (Management.Role(defined), isNew: false)
    },
    .remove(
      "/roles/{role}", "deleteRole", "Delete a role of the portal that nobody needs any more.",
      needs: .permission(.roleDefine, in: .portal), isVersioned: true
    ) { call in
      try await DeleteRole()(try call.id("role"), in: nil, seen: call.seen, call.occasion, env: call.env)
    },
  ]

  static let rolesOfOrganizations: [Operation] = [
    .list(
      "/organizations/{organization}/roles", "listRolesOfOrganization",
      "List the roles that can be held in an organization, and which of them the caller may hand out, on one page.",
      needs: .permission(.roleView, in: .organization)
    ) { call in
      let listed = try await ListRoles()(in: try call.organization, call.occasion, env: call.env)
      return Management.Page(
        items: listed.roles.map { Management.RoleInOrganization($0, listed.catalog) }, next: nil)
    },
    .create(
      "/organizations/{organization}/roles", "defineRoleOfOrganization", "Define a role of the organization's own.",
      needs: .permission(.roleDefine, in: .organization),
      at: { "/organizations/\($0.role.organization ?? "")/roles/\($0.role.id)" }
    ) { (call: Call, body: Management.RoleDefinition) -> Management.RoleInOrganization in
      Management.RoleInOrganization(
        try await DefineRole()(try body.read(ofPortal: false), in: try call.organization, call.occasion, env: call.env))
    },
    .show(
      "/organizations/{organization}/roles/{role}", "getRoleOfOrganization",
      "Show a role that can be held in an organization, and whether the caller may hand it out.",
      needs: .permission(.roleView, in: .organization)
    ) { call in
      Management.RoleInOrganization(
        try await ViewRole()(try call.id("role"), in: try call.organization, call.occasion, env: call.env))
    },
    .list(
      "/organizations/{organization}/roles/{role}/versions", "listRoleVersionsOfOrganization",
      "List how a role of the organization's own was defined, from when until when.",
      needs: .permission(.roleView, in: .organization)
    ) { call in
      Management.Page(
        try await ListRoleVersions()(
          of: try call.id("role"), in: try call.organization, call.page, call.occasion, env: call.env),
        Management.RoleVersion.init)
    },
    .put(
      "/organizations/{organization}/roles/{role}", "redefineRoleOfOrganization",
      "Define a role of the organization's own anew. Everybody who holds it has what it gives at once.",
      needs: .permission(.roleDefine, in: .organization)
    ) { (call, body: Management.RoleDefinition) in
      let defined = try await RedefineRole()(
        try call.id("role"), as: try body.read(ofPortal: false), in: try call.organization, seen: call.seen, call.occasion,
        env: call.env)
      return (Management.RoleInOrganization(defined), isNew: false)
    },
    .remove(
      "/organizations/{organization}/roles/{role}", "deleteRoleOfOrganization",
      "Delete a role of the organization's own that nobody needs any more.",
      needs: .permission(.roleDefine, in: .organization), isVersioned: true
    ) { call in
      try await DeleteRole()(try call.id("role"), in: try call.organization, seen: call.seen, call.occasion, env: call.env)
    },
  ]

  static let conditions: [Operation] = [
    .ask(
      "/conditions/check", "checkCondition", "Say what is wrong with a condition, and where, before a role of the portal has it.",
      needs: .permission(.roleDefine, in: .portal)
    ) { (call: Call, body: Management.ConditionToCheck) -> Management.CheckedCondition in
      Management.CheckedCondition(try await CheckCondition()(body.condition, in: nil, call.occasion, env: call.env))
    },
    .ask(
      "/organizations/{organization}/conditions/check", "checkConditionOfOrganization",
      "Say what is wrong with a condition, and where, before a role of the organization's own has it.",
      needs: .permission(.roleDefine, in: .organization)
    ) { (call: Call, body: Management.ConditionToCheck) -> Management.CheckedCondition in
      Management.CheckedCondition(
        try await CheckCondition()(body.condition, in: try call.organization, call.occasion, env: call.env))
    },
  ]

  static let permissions: [Operation] = [
    .list("/permissions", "listPermissions", "List every permission, on one page.", needs: publicTable) { call in
      let catalog = try await ViewCatalogs()(call.occasion, env: call.env).permissions
      return Management.Page(items: catalog.definitions.map { Management.Permission($0) }, next: nil)
    },
    .show("/permissions/{type}/{action}", "getPermission", "Show one permission.", needs: publicTable) { call in
      let viewed = try await ViewPermission()(try call.permission, call.occasion, env: call.env)
      return Management.Permission(viewed.definition, version: viewed.defined?.version)
    },
    .put(
      "/permissions/{type}/{action}", "definePermission",
      "Define a permission for the services of the portal, or describe one anew.",
      needs: .permission(.permissionDefine, in: .portal), makesNew: true
    ) { (call, body: Management.PermissionDefinition) in
      let defined = try await DefinePermission()(
        try call.newPermission, summary: body.summary, translations: (body.translations ?? []).map { ($0.language, $0.summary) },
        kinds: Set(body.organizationKinds.compactMap { OrganizationKind(rawValue: $0) }), isCustomerData: body.customerData,
        seen: call.seen, call.occasion, env: call.env)
      return (
        Management.Permission(defined.permission.definition, version: defined.permission.version), isNew: defined.isNew
      )
    },
    .remove(
      "/permissions/{type}/{action}", "deletePermission", "Delete a defined permission that no role lists any more.",
      needs: .permission(.permissionDefine, in: .portal), isVersioned: true
    ) { call in
      try await DeletePermission()(try call.permission, seen: call.seen, call.occasion, env: call.env)
    },
  ]
}

extension Call {
  fileprivate var permission: AccessControl.Permission {
    get throws(ManagementRefusal) {
      guard let named else { throw .unknown }
      return named
    }
  }

  /// The same where it need not be there yet: a name that none can have is told apart from one that is missing.
  fileprivate var newPermission: AccessControl.Permission {
    get throws(ManagementRefusal) {
      guard let named else {
        throw ManagementRefusal(
          .notAccepted,
          "Type and action are each 1 to \(AccessControl.Permission.maximumNameLength) of a-z, digits and - _ . beginning with a letter."
        )
      }
      return named
    }
  }

  private var named: AccessControl.Permission? {
    AccessControl.Permission(presentedType: parameters["type"] ?? "", action: parameters["action"] ?? "")
  }
}

extension Management.Role {
  fileprivate init(_ seen: SeenRole) { self.init(seen.offered.role, seen.catalog, version: seen.defined?.version) }
}

extension Management.RoleInOrganization {
  fileprivate init(_ seen: SeenRole) { self.init(seen.offered, seen.catalog, version: seen.defined?.version) }
}

extension RoleDefinitionRefusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .permissionsUnknown(let permissions):
      .notAccepted(
        "grants", "unknown",
        "Not there, or without a meaning where the role can be held: \(Self.list(permissions))."
      )
    case .conditionsRefused(let permissions):
      .notAccepted(
        "grants", "condition_refused",
        "Only Usher asks for these, and says nothing that a condition could look at: \(Self.list(permissions))."
      )
    case .parentsUnknown(let roles):
      .notAccepted(
        "parents", "unknown",
        "Not there, not held wherever the role can be, or permitting everything: \(Self.list(roles)).")
    case .inheritance(.circle):
      .notAccepted("parents", "circle", "A role cannot inherit from itself, nor from one that inherits from it.")
    case .inheritance(.tooDeep):
      .notAccepted("parents", "too_deep", "Roles inherit over \(RoleInheritance.maximumDepth) steps at most.")
    case .grantsUnknown(let roles):
      .notAccepted("may_grant", "unknown", "Not there, or not held where the role can be: \(Self.list(roles)).")
    case .noKind: .notAccepted("organization_kinds", "required", "A role can be held in some kind of organization.")
    case .tooMany:
      .notAccepted(
        "grants", "too_many",
        """
        A role has at most \(RoleDefinition.maximumPermissions) permissions, \(RoleDefinition.maximumConditions) of them under a condition, and \
        \(RoleInheritance.maximumParents) parents, and hands out \(RoleDefinition.maximumGrantable) roles by each way.
        """)
    case .tooManyRoles: ManagementRefusal(.notAccepted, "There are \(DefineRole.maximum) roles here already.")
    case .nameTaken: .taken("name", "Another role that can be held there is called the same, or would be taken for the same.")
    case .kindsTakenAway:
      ManagementRefusal(
        .state, "It can be held in kinds of organization that the new definition leaves out; define another role instead.")
    case .inUse(let needs): ManagementRefusal(.state, needs.said)
    case .changedMeanwhile: .changedMeanwhile
    }
  }

  private static func list(_ permissions: Set<AccessControl.Permission>) -> String {
    permissions.sorted().map(\.text).joined(separator: ", ")
  }

  private static func list(_ roles: Set<RoleID>) -> String { roles.sorted().map(\.text).joined(separator: ", ") }
}

extension RoleNeeds {
  /// Who still needs it, so that whoever wants it gone knows where to go.
  fileprivate var said: String {
    var reasons: [String] = []
    if uses.assignments > 0 { reasons.append("held \(uses.assignments) times") }
    if uses.invitations > 0 { reasons.append("promised by \(uses.invitations) invitations") }
    if !children.isEmpty { reasons.append("inherited by \(Self.list(children))") }
    if !grantedBy.isEmpty { reasons.append("handed out by \(Self.list(grantedBy))") }
    if !excludedBy.isEmpty {
      reasons.append("named by the exclusions \(excludedBy.prefix(10).map(\.text).joined(separator: ", "))")
    }
    if isLimited { reasons.append("named by a limit") }
    return "The role is still needed: \(reasons.joined(separator: "; "))."
  }

  private static func list(_ roles: [RoleID]) -> String {
    roles.prefix(10).map(\.text).joined(separator: ", ") + (roles.count > 10 ? ", …" : "")
  }
}

extension PermissionDefinitionRefusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .reserved: ManagementRefusal(.notAccepted, "Permissions about Usher's own affairs are Usher's own, and so is this type.")
    case .noKind: .notAccepted("organization_kinds", "required", "A permission means something in some kind of organization.")
    case .textRefused:
      .notAccepted("summary", "malformed", "A summary is visible characters in one line, and each language stands there once.")
    case .tooMany: ManagementRefusal(.notAccepted, "There are \(DefinePermission.maximum) permissions already.")
    case .meaningFixed:
      ManagementRefusal(.state, "Where it means something, and whether it opens customers' data, was said once and for all.")
    case .inUse(let roles):
      ManagementRefusal(.state, "The permission is still listed by: \(roles.prefix(10).map(\.text).joined(separator: ", ")).")
    case .changedMeanwhile: .changedMeanwhile
    }
  }
}
