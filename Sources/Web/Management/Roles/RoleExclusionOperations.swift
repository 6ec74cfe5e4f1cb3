internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Operation {
  /// Separation of duty: of the portal for every organization of some kinds, and of organizations for themselves.
  static let roleExclusions: [Operation] = [
    .list(
      "/role-exclusions", "listRoleExclusions",
      "List which roles exclude each other in every organization of some kinds, on one page.",
      needs: .permission(.roleView, in: .portal)
    ) { call in
      let listed = try await ListExclusions()(in: nil, call.occasion, env: call.env)
      return Management.Page(items: listed.map { Management.RoleExclusion($0) }, next: nil)
    },
    .create(
      "/role-exclusions", "defineRoleExclusion", "Say which roles exclude each other in every organization of some kinds.",
      needs: .permission(.roleDefine, in: .portal), at: { "/role-exclusions/\($0.id)" }
    ) { (call: Call, body: Management.RoleExclusionDefinition) -> Management.RoleExclusion in
      Management.RoleExclusion(
        try await DefineExclusion()(try body.read(ofPortal: true), in: nil, call.occasion, env: call.env))
    },
    .show(
      "/role-exclusions/{exclusion}", "getRoleExclusion", "Show one exclusion of the portal.",
      needs: .permission(.roleView, in: .portal)
    ) { call in
      Management.RoleExclusion(try await ViewExclusion()(try call.id("exclusion"), in: nil, call.occasion, env: call.env))
    },
    .put(
      "/role-exclusions/{exclusion}", "redefineRoleExclusion", "Define an exclusion of the portal anew.",
      needs: .permission(.roleDefine, in: .portal)
    ) { (call, body: Management.RoleExclusionDefinition) in
      let defined = try await RedefineExclusion()(
        try call.id("exclusion"), as: try body.read(ofPortal: true), in: nil, seen: call.seen, call.occasion, env: call.env)
      return (Management.RoleExclusion(defined), isNew: false)
    },
    .remove(
      "/role-exclusions/{exclusion}", "deleteRoleExclusion", "Take an exclusion of the portal away.",
      needs: .permission(.roleDefine, in: .portal), isVersioned: true
    ) { call in
      try await DeleteExclusion()(try call.id("exclusion"), in: nil, seen: call.seen, call.occasion, env: call.env)
    },
    .list(
      "/organizations/{organization}/role-exclusions", "listRoleExclusionsOfOrganization",
      "List which roles exclude each other in an organization, by its own rules and the portal's, on one page.",
      needs: .permission(.roleView, in: .organization)
    ) { call in
      let listed = try await ListExclusions()(in: try call.organization, call.occasion, env: call.env)
      return Management.Page(items: listed.map { Management.RoleExclusion($0) }, next: nil)
    },
    .create(
      "/organizations/{organization}/role-exclusions", "defineRoleExclusionOfOrganization",
      "Say which roles exclude each other in the organization.", needs: .permission(.roleDefine, in: .organization),
      at: { "/organizations/\($0.organization ?? "")/role-exclusions/\($0.id)" }
    ) { (call: Call, body: Management.RoleExclusionDefinition) -> Management.RoleExclusion in
      Management.RoleExclusion(
        try await DefineExclusion()(
          try body.read(ofPortal: false), in: try call.organization, call.occasion, env: call.env))
    },
    .show(
      "/organizations/{organization}/role-exclusions/{exclusion}", "getRoleExclusionOfOrganization",
      "Show one exclusion that counts in an organization.", needs: .permission(.roleView, in: .organization)
    ) { call in
      Management.RoleExclusion(
        try await ViewExclusion()(try call.id("exclusion"), in: try call.organization, call.occasion, env: call.env))
    },
    .put(
      "/organizations/{organization}/role-exclusions/{exclusion}", "redefineRoleExclusionOfOrganization",
      "Define an exclusion of the organization's own anew.", needs: .permission(.roleDefine, in: .organization)
    ) { (call, body: Management.RoleExclusionDefinition) in
      let defined = try await RedefineExclusion()(
        try call.id("exclusion"), as: try body.read(ofPortal: false), in: try call.organization, seen: call.seen,
        call.occasion, env: call.env)
      return (Management.RoleExclusion(defined), isNew: false)
    },
    .remove(
      "/organizations/{organization}/role-exclusions/{exclusion}", "deleteRoleExclusionOfOrganization",
      "Take an exclusion of the organization's own away.", needs: .permission(.roleDefine, in: .organization), isVersioned: true
    ) { call in
      try await DeleteExclusion()(
        try call.id("exclusion"), in: try call.organization, seen: call.seen, call.occasion, env: call.env)
    },
  ]
}

extension Management.RoleExclusionDefinition: Described {
  static let message = Message(
    "RoleExclusionDefinition", "Says whole which roles are to exclude each other.",
    [
      .required("name", .text(1...Wording.maximumName)), .optional("description", .text(0...Wording.maximumDescription)),
      .required(
        "kind", .words(AccessControl.RoleExclusion.Kind.self),
        "`static`: nobody holds so many of them. `dynamic`: they may be held together, and are not used together."),
      .required("roles", .list(.id, 2...AccessControl.RoleExclusion.maximumRoles)),
      .required(
        "cardinality", .integer(2...Int64(AccessControl.RoleExclusion.maximumRoles)),
        "So many of them are too many: from 2 to all of them."),
      .optional(
        "organization_kinds", .list(.words(OrganizationKind.self), 1...3),
        "Where one of the portal counts; required there. An organization's own counts there alone."),
    ])

  /// - Parameter isOfPortal: whether it counts in every organization of its kinds.
  func read(ofPortal isOfPortal: Bool) throws(ManagementRefusal) -> ExclusionDefinition {
    guard (organizationKinds != nil) == isOfPortal, let kind = AccessControl.RoleExclusion.Kind(rawValue: kind) else {
      throw .notAccepted(
        "organization_kinds", isOfPortal ? "required" : "unknown",
        "An exclusion of the portal names them, an organization's own does not.")
    }
    return ExclusionDefinition(
      name: name, description: description ?? "", kind: kind, roles: Set(roles.map { RoleID(trusted: $0) }),
      cardinality: Int(cardinality), kinds: Set((organizationKinds ?? []).compactMap { OrganizationKind(rawValue: $0) }))
  }
}

extension Management.RoleExclusion: Described {
  static let message = Message(
    "RoleExclusion", "Roles of which nobody is to have too many together.",
    [
      .required("id", .id), .required("name", .line), .optional("description", .line),
      .required(
        "kind", .words(AccessControl.RoleExclusion.Kind.self), "`static`: not held together; `dynamic`: not used together."),
      .required("roles", .list(.id, 2...AccessControl.RoleExclusion.maximumRoles)),
      .required("cardinality", .count, "So many of them are too many together."),
      .optional("organization", .id, "The organization whose own it is; absent for one of the portal."),
      .required("organization_kinds", .list(.words(OrganizationKind.self), 1...3), "Where it counts."),
      .optional("version", .count, "Counts changes, where one exclusion is shown; also the ETag."),
    ])

  var countedVersion: Int64? { version }

  init(_ defined: DefinedExclusion) { self.init(defined.exclusion, version: defined.version) }

  /// - Parameter version: nil in lists.
  init(_ exclusion: AccessControl.RoleExclusion, version: Int64? = nil) {
    self.init(
      id: exclusion.id.text, name: exclusion.name, description: exclusion.description.isEmpty ? nil : exclusion.description,
      kind: exclusion.kind.rawValue, roles: exclusion.roles.sorted().map(\.text), cardinality: Int64(exclusion.cardinality),
      organization: exclusion.origin.owner?.text, organizationKinds: exclusion.organizationKinds.map(\.rawValue).sorted(),
      version: version)
  }
}

extension ExclusionRefusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .textRefused: .notAccepted("name", "malformed", "Names and descriptions are visible characters in one line.")
    case .numbersRefused:
      .notAccepted(
        "cardinality", "out_of_range",
        "An exclusion names 2 to \(AccessControl.RoleExclusion.maximumRoles) roles, and from 2 to all of them are too many.")
    case .rolesUnknown(let roles):
      .notAccepted(
        "roles", "unknown",
        "Not there, or held nowhere the exclusion counts: \(roles.sorted().map(\.text).joined(separator: ", ")).")
    case .noKind: .notAccepted("organization_kinds", "required", "An exclusion counts in some kind of organization.")
    case .tooMany: ManagementRefusal(.notAccepted, "There are \(DefineExclusion.maximum) exclusions here already.")
    case .changedMeanwhile: .changedMeanwhile
    }
  }
}

extension DutiesNotSeparated: SaidByManagement {
  var said: ManagementRefusal {
    let names = holders.map(\.auditName).joined(separator: ", ") + (count > holders.count ? ", …" : "")
    let whom = holders.isEmpty ? "whoever accepts" : "\(count): \(names)"
    return ManagementRefusal(
      .dutiesNotSeparated,
      "The roles of \(exclusion.id.auditName) exclude each other, and too many of them would be held in \(organization.auditName) by \(whom)."
    )
  }
}
