internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Management.Plan: Described {
  static let message = Message(
    "Plan",
    "What a change would do, without having done it. Rights in organizations that the caller may not look into are left out.",
    [
      .required(
        "digest", .text(PlanDigest.length...PlanDigest.length),
        "Sent as `plan` with the same request, the change is made if it still does exactly this."),
      .required("gains", .message(Management.PlannedRights.message), "Who could do what then, and cannot now."),
      .required("losses", .message(Management.PlannedRights.message), "Who can do what now, and could not then."),
      .required("sessions", .count, "Open sessions of people whose rights would change, or who would be signed out."),
      .required("ended_sessions", .count, "Those among them that would end."),
      .required("ended_grants", .count, "Grants to applications that would end, with their tokens."),
      .required(
        "invitations", .message(Management.PlannedInvitations.message), "Waiting invitations that would give something else."),
      .required("examined", .count, "How many people, applications and subjects were looked at."),
      .required(
        "complete", .flag,
        "Whether these are all whom the change could concern. Of more than 10,000, or of so many waiting invitations, the rest was not looked at, and nothing here tells of it."
      ),
    ])

  init(_ plan: Identity.Plan) {
    self.init(
      digest: plan.digest.text, gains: Management.PlannedRights(plan.gains), losses: Management.PlannedRights(plan.losses),
      sessions: Int64(plan.sessions), endedSessions: Int64(plan.endedSessions), endedGrants: Int64(plan.endedGrants),
      invitations: Management.PlannedInvitations(
        count: Int64(plan.invitations.count), items: plan.invitations.items.map { Management.PlannedInvitation($0) }),
      examined: Int64(plan.examined), complete: plan.isComplete)
  }
}

extension Management.PlannedRights: Described {
  static let message = Message(
    "PlannedRights", "Rights that would come or go.",
    [
      .required("count", .count, "How many."),
      .required("items", .list(.message(Management.PlannedRight.message), 0...Plan.shown), "The first thousand."),
    ])

  init(_ rights: Plan.Some<Right>) {
    self.init(count: Int64(rights.count), items: rights.items.map { Management.PlannedRight($0) })
  }
}

extension Management.PlannedRight: Described {
  static let message = Message(
    "PlannedRight", "One thing that somebody may do. Exactly one of `account`, `application` and `subject` says who.",
    [
      .optional("account", .id), .optional("application", .id, "Its `client_id`."),
      .optional("subject", .id, "A registered subject, by the id Usher gave it."), .required("organization", .id),
      .required("permission", .line, "`type:action`."),
      .optional("scope", .message(Management.PlannedScope.message), "For this resource alone, and for what lies in it."),
      .optional("condition", .text(1...ConditionLimits.textLength), "Where this condition is true."),
      .optional("starts_at", .time), .optional("ends_at", .time, "The first moment at which no more."),
    ])

  init(_ right: Right) {
    self.init(
      organization: right.organization.text, permission: right.permission.text,
      scope: right.scope.map { Management.PlannedScope(type: $0.type, id: $0.id) }, condition: right.condition,
      startsAt: right.from?.rfc3339, endsAt: right.until?.rfc3339)
    switch right.holder {
    case .account(let id): account = id.text
    case .application(let id): application = id.text
    case .subject(let id): subject = id.text
    case .group: break
    }
  }
}

extension Management.PlannedScope: Described {
  static let message = Message(
    "PlannedScope", "The resource for which a right counts.", [.required("type", .line), .required("id", .line)])
}

extension Management.PlannedInvitations: Described {
  static let message = Message(
    "PlannedInvitations", "Waiting invitations that would give something else.",
    [
      .required("count", .count, "How many."),
      .required("items", .list(.message(Management.PlannedInvitation.message), 0...Plan.shown), "The first thousand."),
    ])
}

extension Management.PlannedInvitation: Described {
  private static let roles = Schema.list(.id, 0...1_000)

  static let message = Message(
    "PlannedInvitation", "One waiting invitation that would give something else when it is accepted.",
    [
      .required("invitation", .id), .required("organization", .id),
      .required("withheld", roles, "Roles that it would give now, and not then."),
      .required("restored", roles, "Roles that it would give then, and not now."),
      .required("changed", roles, "Roles that it gives now and then, and that give something else then."),
    ])

  init(_ touched: Plan.TouchedInvitation) {
    func texts(_ roles: [RoleID]) -> [String] { roles.map(\.text) }
    self.init(
      invitation: touched.id.text, organization: touched.organization.text, withheld: texts(touched.withheld),
      restored: texts(touched.restored), changed: texts(touched.changed))
  }
}
