internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Operation {
  /// How many may hold a role: by rules of the portal that count in every organization, and by an organization's own.
  static let roleLimits: [Operation] = [
    .list(
      "/role-limits", "listRoleLimits", "List how many may hold which roles in every organization, on one page.",
      needs: .permission(.roleView, in: .portal)
    ) { call in
      let listed = try await ListLimits()(in: nil, call.occasion, env: call.env)
      return Management.Page(items: listed.map { Management.RoleLimit($0) }, next: nil)
    },
    .show(
      "/role-limits/{role}", "getRoleLimit", "Show the portal's limit of a role.", needs: .permission(.roleView, in: .portal)
    ) { call in
      Management.RoleLimit(try await ViewLimit()(of: try call.id("role"), in: nil, call.occasion, env: call.env))
    },
    .put(
      "/role-limits/{role}", "defineRoleLimit", "Say how many may hold a role in each organization, or say it anew.",
      needs: .permission(.roleDefine, in: .portal), makesNew: true
    ) { (call, body: Management.RoleLimitDefinition) in
      let defined = try await DefineLimit()(
        of: try call.id("role"), to: Int(body.maximum), description: body.description ?? "", in: nil, seen: call.seen,
        call.occasion, env: call.env)
      return (Management.RoleLimit(defined.limit), isNew: defined.isNew)
    },
    .remove(
      "/role-limits/{role}", "deleteRoleLimit", "Take the portal's limit of a role away.",
      needs: .permission(.roleDefine, in: .portal), isVersioned: true
    ) { call in
      try await DeleteLimit()(of: try call.id("role"), in: nil, seen: call.seen, call.occasion, env: call.env)
    },
    .list(
      "/organizations/{organization}/role-limits", "listRoleLimitsOfOrganization",
      "List how many may hold which roles in an organization, by its own limits and the portal's, on one page.",
      needs: .permission(.roleView, in: .organization)
    ) { call in
      let listed = try await ListLimits()(in: try call.organization, call.occasion, env: call.env)
      return Management.Page(items: listed.map { Management.RoleLimit($0) }, next: nil)
    },
    .show(
      "/organizations/{organization}/role-limits/{role}", "getRoleLimitOfOrganization",
      "Show the organization's own limit of a role.", needs: .permission(.roleView, in: .organization)
    ) { call in
      Management.RoleLimit(
        try await ViewLimit()(of: try call.id("role"), in: try call.organization, call.occasion, env: call.env))
    },
    .put(
      "/organizations/{organization}/role-limits/{role}", "defineRoleLimitOfOrganization",
      "Say how many may hold a role in the organization, or say it anew.", needs: .permission(.roleDefine, in: .organization),
      makesNew: true
    ) { (call, body: Management.RoleLimitDefinition) in
      let defined = try await DefineLimit()(
        of: try call.id("role"), to: Int(body.maximum), description: body.description ?? "", in: try call.organization,
        seen: call.seen, call.occasion, env: call.env)
      return (Management.RoleLimit(defined.limit), isNew: defined.isNew)
    },
    .remove(
      "/organizations/{organization}/role-limits/{role}", "deleteRoleLimitOfOrganization",
      "Take the organization's own limit of a role away.", needs: .permission(.roleDefine, in: .organization), isVersioned: true
    ) { call in
      try await DeleteLimit()(
        of: try call.id("role"), in: try call.organization, seen: call.seen, call.occasion, env: call.env)
    },
  ]
}

extension Management.RoleLimitDefinition: Described {
  static let message = Message(
    "RoleLimitDefinition", "Says whole how many may hold a role in one organization.",
    [
      .required("maximum", .integer(1...Int64(AccessControl.RoleLimit.greatest))),
      .optional("description", .text(0...Wording.maximumDescription)),
    ])
}

extension Management.RoleLimit: Described {
  static let message = Message(
    "RoleLimit",
    "How many may hold a role in one organization, themselves, through groups or by roles that inherit from it.",
    [
      .required("role", .id), .required("maximum", .count), .optional("description", .line),
      .optional("organization", .id, "The organization whose own it is; absent for one of the portal."),
      .optional("version", .count, "Counts changes, where one limit is shown; also the ETag."),
    ])

  var countedVersion: Int64? { version }

  init(_ defined: DefinedLimit) { self.init(defined.limit, version: defined.version) }

  /// - Parameter version: nil in lists.
  init(_ limit: AccessControl.RoleLimit, version: Int64? = nil) {
    self.init(
      role: limit.role.text, maximum: Int64(limit.maximum), description: limit.description.isEmpty ? nil : limit.description,
      organization: limit.origin.owner?.text, version: version)
  }
}

extension LimitRefusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .textRefused: .notAccepted("description", "malformed", "A description is visible characters in one line.")
    case .maximumRefused:
      .notAccepted("maximum", "out_of_range", "From 1 to \(AccessControl.RoleLimit.greatest) may hold a role.")
    case .tooFewAdministrators:
      .notAccepted(
        "maximum", "out_of_range", "At least two may administer an organization: whoever is alone could not hand it over.")
    case .roleUnknown: ManagementRefusal(.notAccepted, "There is no such role, or it can be held nowhere the limit counts.")
    case .tooMany: ManagementRefusal(.notAccepted, "There are \(DefineLimit.maximum) limits here already.")
    case .changedMeanwhile: .changedMeanwhile
    }
  }
}

extension RoleLimitExceeded: SaidByManagement {
  var said: ManagementRefusal {
    let owner = limit.origin.owner.map { "\($0.auditName)" } ?? "the portal"
    let places = holders.sorted { $0.key < $1.key }.map { "\($0.value) in \($0.key.auditName)" }.joined(separator: ", ")
    let more = count > holders.count ? ", and in \(count - holders.count) more" : ""
    return ManagementRefusal(
      .roleLimitExceeded,
      "By a limit of \(owner), at most \(limit.maximum) may hold \(limit.role.auditName) in one organization. It would be \(places)\(more)."
    )
  }
}
