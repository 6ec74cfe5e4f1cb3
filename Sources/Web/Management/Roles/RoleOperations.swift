internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Operation {
  static let roleAssignments: [Operation] = [
    .list(
      "/organizations/{organization}/role-assignments", "listRoleAssignments", "List who holds which role in an organization.",
      needs: .permission(.roleView, in: .organization)
    ) { call in
      Management.Page(
        try await ListRoleAssignments()(in: try call.organization, call.page, call.occasion, env: call.env),
        Management.RoleAssignment.init)
    },
    .create(
      "/organizations/{organization}/role-assignments", "assignRole",
      "Give a role to a member or to an application; one that is held already stays as it is.",
      needs: .permission(.roleAssign, in: .organization), at: { "/organizations/\($0.organization)/role-assignments/\($0.id)" }
    ) { (call: Call, body: Management.NewRoleAssignment) -> Management.RoleAssignment in
      let holder: RoleHolder
      switch (body.account, body.application) {
      case (let id?, nil): holder = .account(AccountID(trusted: id))
      case (nil, let id?): holder = .application(ApplicationID(trusted: id))
      default: throw ManagementRefusal.notAccepted("account", "exactly_one", "Exactly one of account and application.")
      }
      return Management.RoleAssignment(
        try await AssignRole()(
          RoleID(trusted: body.role), to: holder, in: try call.organization, call.occasion, env: call.env))
    },
    .show(
      "/organizations/{organization}/role-assignments/{assignment}", "getRoleAssignment", "Show one role assignment.",
      needs: .permission(.roleView, in: .organization)
    ) { call in
      Management.RoleAssignment(
        try await ViewRoleAssignment()(try call.id("assignment"), in: try call.organization, call.occasion, env: call.env))
    },
    .remove(
      "/organizations/{organization}/role-assignments/{assignment}", "removeRole", "Take a role. The next decision knows.",
      needs: .permission(.roleAssign, in: .organization)
    ) { call in
      try await RemoveRole()(try call.id("assignment"), in: try call.organization, call.occasion, env: call.env)
    },
  ]
}

extension AssignRole.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .roleUnknown: .notAccepted("role", "unknown", "This role cannot be held here by this holder.")
    case .holderUnknown:
      .notAccepted("account", "unknown", "Nobody of this name is a member, and no such application belongs here.")
    }
  }
}

extension RemoveRole.Refusal: SaidByManagement {
  var said: ManagementRefusal { .unknown }
}
