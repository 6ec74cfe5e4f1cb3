internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Operation {
  static let roleAssignments: [Operation] = [
    .list(
      "/organizations/{organization}/role-assignments", "listRoleAssignments", "List who holds which role in an organization.",
      needs: .permission(.roleView, in: .organization),
      query: PrincipalQuery.holder.parameters + [
        Parameter(name: "role", schema: .id, about: "Only of this role."),
        Parameter(name: "scope_type", schema: .text(1...64), about: "Only for this resource, with scope_id."),
        Parameter(
          name: "scope_id", schema: .text(1...RegisteredResource.maximumID), about: "The resource's id, with scope_type."),
      ]
    ) { call in
      Management.Page(
        try await ListRoleAssignments()(
          in: try call.organization, heldBy: try PrincipalQuery.holder.read(call),
          role: call.query["role"].map { RoleID(trusted: $0) },
          scope: try call.pair("scope_type", "scope_id").map { ResourceName(type: $0, id: $1) }, call.page, call.occasion,
          env: call.env), Management.RoleAssignment.init)
    },
    .create(
      "/organizations/{organization}/role-assignments", "assignRole",
      "Give a role to a member, an application, a group or a registered subject; one that is held on the same terms already stays as it is.",
      needs: .permission(.roleAssign, in: .organization), at: { "/organizations/\($0.organization)/role-assignments/\($0.id)" }
    ) { (call: Call, body: Management.NewRoleAssignment) -> Management.RoleAssignment in
      Management.RoleAssignment(
        try await AssignRole()(
          RoleID(trusted: body.role), to: try body.holder, on: try body.terms.read(), in: try call.organization, call.occasion,
          env: call.env))
    },
    .show(
      "/organizations/{organization}/role-assignments/{assignment}", "getRoleAssignment", "Show one role assignment.",
      needs: .permission(.roleView, in: .organization)
    ) { call in
      Management.RoleAssignment(
        try await ViewRoleAssignment()(try call.id("assignment"), in: try call.organization, call.occasion, env: call.env))
    },
    .create(
      "/organizations/{organization}/role-assignments/{assignment}/replace", "replaceRoleAssignment",
      "Let the holder hold the role on other terms: the assignment ends, and another begins in the same moment.",
      needs: .permission(.roleAssign, in: .organization), at: { "/organizations/\($0.organization)/role-assignments/\($0.id)" }
    ) { (call: Call, body: Management.AssignmentTerms) -> Management.RoleAssignment in
      Management.RoleAssignment(
        try await ReplaceAssignment()(
          try call.id("assignment"), on: try body.read(), in: try call.organization, call.occasion, env: call.env))
    },
    .remove(
      "/organizations/{organization}/role-assignments/{assignment}", "removeRole", "Take a role. The next decision knows.",
      needs: .permission(.roleAssign, in: .organization)
    ) { call in
      try await RemoveRole()(try call.id("assignment"), in: try call.organization, call.occasion, env: call.env)
    },
    .list(
      "/organizations/{organization}/past-role-assignments", "listPastRoleAssignments",
      "List the role assignments that ended, because somebody took them or deleted their holder. Needs role:view too.",
      needs: .permission(.auditView, in: .organization),
      query: PrincipalQuery.holder.parameters + [Parameter(name: "role", schema: .id, about: "Only of this role.")]
    ) { call in
      Management.Page(
        try await ListPastRoleAssignments()(
          in: try call.organization, heldBy: try PrincipalQuery.holder.read(call),
          role: call.query["role"].map { RoleID(trusted: $0) }, call.page, call.occasion, env: call.env),
        Management.PastRoleAssignment.init)
    },
  ]
}

extension AssignRole.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .roleUnknown: .notAccepted("role", "unknown", "This role cannot be held here by this holder.")
    case .holderUnknown:
      .notAccepted(
        "account", "unknown", "Nobody of this name is a member, and no such application, group or subject belongs here.")
    case .onlyWhole:
      .notAccepted("role", "only_whole", "A role that reaches beyond its organization is given for everything and for good.")
    case .heldOtherwise:
      ManagementRefusal(
        .taken, "The holder has this role for the same resource on other terms; replace that assignment instead.",
        [Problem.Field(pointer: "/role", code: "held_otherwise", detail: nil)])
    case .termsRefused(let flaw): flaw.said
    }
  }
}

extension AssignmentTerms.Flaw {
  fileprivate var said: ManagementRefusal {
    let (pointer, code, detail) =
      switch self {
      case .scopeType: ("/scope/type", "malformed", "A type is the first half of a permission.")
      case .scopeID: ("/scope/id", "malformed", "An id is 1 to \(RegisteredResource.maximumID) visible characters.")
      case .endsBeforeStart: ("/ends_at", "before_start", "It ends after it has begun.")
      case .over: ("/ends_at", "past", "It ends after now.")
      case .reason: ("/reason", "malformed", "A reason is visible characters in one line.")
      }
    return ManagementRefusal(.malformed, detail, [Problem.Field(pointer: pointer, code: code, detail: detail)])
  }
}

extension RemoveRole.Refusal: SaidByManagement {
  var said: ManagementRefusal { .unknown }
}
