internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

/// The review functions of ANSI INCITS 359: who has which role and permission, and how it comes to them.
extension Operation {
  static let roleReview: [Operation] = [
    .list(
      "/organizations/{organization}/roles/{role}/holders", "listRoleHolders",
      "List who has a role: by an assignment, by a group, or by a role that inherits it.",
      needs: .permission(.roleView, in: .organization)
    ) { call in
      Management.Page(
        try await ListRoleHolders()(
          of: try call.id("role"), in: try call.organization, call.page, call.occasion, env: call.env),
        Management.RoleHolder.init)
    },
    .list(
      "/organizations/{organization}/roles/{role}/permissions", "listRolePermissions",
      "List what a role permits in an organization, by itself and by inheritance.",
      needs: .permission(.roleView, in: .organization)
    ) { call in
      Management.Page(
        try await ListRoleGrants()(
          of: try call.id("role"), in: try call.organization, call.page, call.occasion, env: call.env),
        Management.RolePermission.init)
    },
    .list(
      "/organizations/{organization}/principals/{type}/{id}/roles", "listEffectiveRoles",
      "List every role that somebody has, assigned or inherited, with its origin.",
      needs: .permission(.roleView, in: .organization)
    ) { call in
      Management.Page(
        try await ListEffectiveRoles()(
          of: call.principal, in: try call.organization, call.page, call.occasion, env: call.env),
        Management.HeldRole.init)
    },
    .list(
      "/organizations/{organization}/principals/{type}/{id}/permissions", "listEffectivePermissions",
      "List everything that somebody may do in an organization, with its origin.",
      needs: .permission(.roleView, in: .organization)
    ) { call in
      Management.Page(
        try await ListEffectivePermissions()(
          of: call.principal, in: try call.organization, call.page, call.occasion, env: call.env),
        Management.HeldPermission.init)
    },
  ]
}

extension Management.Principal: Described {
  static let message = Message(
    "Principal", "Who holds a role.",
    [
      .required("type", .text(1...64), "`user`, `application`, `group`, or the type of a registered subject."),
      .required("id", .line, "The id of the account or group, the `client_id` of the application, or the id of the subject."),
    ])

  init(_ name: PrincipalName) { self.init(type: name.type, id: name.id) }
}

extension Management.RoleOrigin: Described {
  static let message = Message(
    "RoleOrigin", "How a role comes to somebody.",
    [
      .required("assignment", .id), .required("assigned_role", .id, "The role that was assigned."),
      .required(
        "through", .list(.id, 0...RoleInheritance.maximumDepth),
        "The roles by which it is inherited: a parent of the assigned role first, the role in question last; empty when that is the assigned one."
      ),
      .optional("group", .id, "The group that holds it, when they have it by belonging to one."),
      .optional(
        "scope", .message(Management.ResourceName.message),
        "The resource for which it counts, with everything that lies in it; absent when it counts for everything."),
      .optional("starts_at", .time, "From when on it counts."),
      .optional("ends_at", .time, "The first moment at which it does not count any more."),
      .required("in_force", .flag, "Whether it counts at this moment: it has begun and not ended, and its holder can act here."),
    ])

  init(_ origin: RoleOrigin) {
    let assignment = origin.assignment
    self.init(
      assignment: assignment.id.text, assignedRole: assignment.role.text, through: origin.through.map(\.text),
      group: origin.group?.text, scope: assignment.scope.map { Management.ResourceName($0) },
      startsAt: assignment.startsAt?.rfc3339, endsAt: assignment.endsAt?.rfc3339, inForce: origin.isInForce)
  }
}

extension Management.RoleHolder: Described {
  static let message = Message(
    "RoleHolder", "Somebody who has a role.",
    [
      .required("holder", .message(Management.Principal.message)),
      .required("origin", .message(Management.RoleOrigin.message), "How it comes to them."),
    ])

  init(_ item: ListRoleHolders.Item) {
    self.init(holder: Management.Principal(item.holder), origin: Management.RoleOrigin(item.origin))
  }
}

extension Management.HeldRole: Described {
  static let message = Message(
    "HeldRole", "A role that somebody has, assigned or inherited.",
    [.required("role", .id), .required("origin", .message(Management.RoleOrigin.message), "How it comes to them.")])

  init(_ item: ListEffectiveRoles.Item) {
    self.init(role: item.role.text, origin: Management.RoleOrigin(item.origin))
  }
}

extension Management.HeldPermission: Described {
  static let message = Message(
    "HeldPermission", "A permission that somebody has.",
    [
      .required("permission", .line, "`type:action`."),
      .required("origin", .message(Management.RoleOrigin.message), "How the role comes to them that gives it by itself."),
      .optional("condition", .text(1...ConditionLimits.textLength), "It counts only where this is met."),
    ])

  init(_ item: ListEffectivePermissions.Item) {
    self.init(
      permission: item.permission.text, origin: Management.RoleOrigin(item.origin), condition: item.condition?.text)
  }
}

extension Management.RolePermission: Described {
  static let message = Message(
    "RolePermission", "A permission that a role gives.",
    [
      .required("permission", .line, "`type:action`."),
      .required(
        "through", .list(.id, 0...RoleInheritance.maximumDepth),
        "The roles by which it is inherited: a parent first, the one that gives it by itself last; empty for its own."),
      .optional(
        "condition", .text(1...ConditionLimits.textLength),
        "It counts only where this is met; of several for one permission, one that is met is enough."),
    ])

  init(_ item: ListRoleGrants.Item) {
    self.init(permission: item.permission.text, through: item.through.map(\.text), condition: item.condition?.text)
  }
}

extension ReviewRefusal: SaidByManagement {
  var said: ManagementRefusal { .unknown }
}
