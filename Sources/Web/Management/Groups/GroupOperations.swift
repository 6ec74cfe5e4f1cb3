internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Operation {
  static let groups: [Operation] = [
    .list(
      "/organizations/{organization}/groups", "listGroups",
      "List the groups of an organization, or those to which somebody belongs.",
      needs: .permission(.userView, in: .organization), query: PrincipalQuery.member.parameters
    ) { call in
      Management.Page(
        try await ListGroups()(
          of: try call.organization, with: try PrincipalQuery.member.read(call), call.page, call.occasion, env: call.env),
        Management.Group.init)
    },
    .create(
      "/organizations/{organization}/groups", "defineGroup", "Make a group.", needs: .permission(.userManage, in: .organization),
      at: { "/organizations/\($0.organization)/groups/\($0.id)" }
    ) { (call, body: Management.NewGroup) in
      Management.Group(
        try await DefineGroup()(
          name: body.name, description: body.description ?? "", in: try call.organization, call.occasion, env: call.env))
    },
    .show(
      "/organizations/{organization}/groups/{group}", "getGroup", "Show one group.",
      needs: .permission(.userView, in: .organization)
    ) { call in
      Management.Group(try await ViewGroup()(try call.id("group"), of: try call.organization, call.occasion, env: call.env))
    },
    .change(
      "/organizations/{organization}/groups/{group}", "changeGroup", "Call a group something else.",
      needs: .permission(.userManage, in: .organization)
    ) { (call, body: Management.GroupChange) in
      let description: String? =
        switch body.description {
        case .keep: nil
        case .clear: ""
        case .set(let text): text
        }
      return Management.Group(
        try await RenameGroup()(
          try call.id("group"), name: body.name, description: description, in: try call.organization, seen: call.seen,
          call.occasion, env: call.env))
    },
    .remove(
      "/organizations/{organization}/groups/{group}", "deleteGroup",
      "Delete a group: what it holds is taken from everybody who belongs to it.",
      needs: .permission(.userManage, in: .organization), isVersioned: true
    ) { call in
      try await DeleteGroup()(
        try call.id("group"), in: try call.organization, seen: call.seen, call.occasion, env: call.env)
    },
    .list(
      "/organizations/{organization}/groups/{group}/members", "listGroupMembers",
      "List who belongs to a group: people, applications, registered subjects.",
      needs: .permission(.userView, in: .organization)
    ) { call in
      Management.Page(
        try await ListGroupMembers()(
          of: try call.id("group"), in: try call.organization, call.page, call.occasion, env: call.env),
        Management.GroupMember.init)
    },
    .add(
      "/organizations/{organization}/groups/{group}/members/{type}/{id}", "addGroupMember",
      "Let somebody belong to a group, who receives what it holds; the caller must be able to give all of it.",
      needs: .permission(.userManage, in: .organization)
    ) { call in
      let added = try await AddToGroup()(
        call.principal, to: try call.id("group"), in: try call.organization, call.occasion, env: call.env)
      return (Management.GroupMember(added.member), isNew: added.isNew)
    },
    .remove(
      "/organizations/{organization}/groups/{group}/members/{type}/{id}", "removeGroupMember",
      "End somebody's place in a group. The next decision knows.", needs: .permission(.userManage, in: .organization)
    ) { call in
      try await RemoveFromGroup()(
        call.principal, from: try call.id("group"), in: try call.organization, call.occasion, env: call.env)
    },
  ]
}

extension Management.Group: Described {
  static let message = Message(
    "Group", "Some members of an organization under one name: what the group holds counts for each of them.",
    [
      .required("id", .id), .required("organization", .id),
      .required("name", .text(1...Wording.maximumName), "Unique in the organization; nothing is decided by it."),
      .optional("description", .text(1...Wording.maximumDescription)), .required("created_at", .time),
      .required("version", .count, "Counts changes of name and description; also the ETag."),
    ])

  var countedVersion: Int64? { version }

  init(_ group: Group) {
    self.init(
      id: group.id.text, organization: group.organization.text, name: group.name,
      description: group.description.isEmpty ? nil : group.description, createdAt: group.createdAt.rfc3339, version: group.version
    )
  }
}

extension Management.NewGroup: Described {
  static let message = Message(
    "NewGroup", "Makes a group. It holds nothing yet, and nobody belongs to it.",
    [
      .required("name", .text(1...Wording.maximumName)), .optional("description", .text(0...Wording.maximumDescription)),
    ])
}

extension Management.GroupChange: Described {
  static let message = Message(
    "GroupChange", "Calls a group something else.",
    [
      .optional("name", .text(1...Wording.maximumName)), .clearable("description", .text(0...Wording.maximumDescription)),
    ])
}

extension Management.GroupMember: Described {
  static let message = Message(
    "GroupMember", "Somebody who belongs to a group.",
    [
      .required("type", .text(1...64), "`user`, `application`, or the type of a registered subject."),
      .required("id", .line, "The id of the account, the `client_id` of the application, or the id of the subject."),
      .required("added_by", .line, "As the audit trail names actors."), .required("added_at", .time),
    ])

  init(_ member: SeenGroupMember) {
    self.init(
      type: member.name.type, id: member.name.id, addedBy: member.membership.addedBy, addedAt: member.membership.addedAt.rfc3339)
  }
}

extension HoldingLimits.Reached: SaidByManagement {
  var said: ManagementRefusal {
    let detail =
      switch self {
      case .assignments:
        "Nobody holds more than \(HoldingLimits.assignments) roles in an organization; a group can hold some for them."
      case .groups: "Nobody belongs to more than \(HoldingLimits.groups) groups of an organization."
      case .members: "Not more than \(HoldingLimits.members) belong to one group."
      }
    return ManagementRefusal(.notAccepted, detail)
  }
}

extension GroupRefusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .nameRefused: .notAccepted("name", "malformed", "A name is 1 to \(Wording.maximumName) visible characters in one line.")
    case .descriptionRefused: .notAccepted("description", "malformed", "A description is visible characters in one line.")
    case .nameTaken: .taken("name", "Another group of the organization is called the same, or would be taken for the same.")
    case .memberUnknown: .unknown
    case .changedMeanwhile: .changedMeanwhile
    }
  }
}
