internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

// There is no operation that changes or removes an audit entry.

extension Operation {
  private static let since = Parameter(
    name: "since", schema: .text(20...35, .dateTime), about: "Of this moment and later.")

  static let audit: [Operation] = [
    .list(
      "/audit", "listAudit", "Read the whole audit trail, in the order in which it was written.",
      needs: .permission(.auditView, in: .portal),
      query: [since]
    ) { call in
      try await list(nil, call)
    },
    .list(
      "/organizations/{organization}/audit", "listAuditOfOrganization",
      "Read an organization's audit trail, in the order in which it was written.",
      needs: .permission(.auditView, in: .organization), query: [since]
    ) { call in try await list(try call.organization, call) },
    .show(
      "/failure-counts", "getFailureCounts",
      "Show how often anonymous failures happened, hour by hour: the last 24 hours, or since a moment at most 31 days ago.",
      needs: .permission(.auditView, in: .portal), query: [since]
    ) { call in
      let counts = try await ReadFailureCounts()(since: try call.time("since"), call.occasion, env: call.env)
      return Management.FailureCounts(items: counts.map(Management.FailureCount.init))
    },
  ]

  private static func list(_ organization: OrganizationID?, _ call: Call) async throws -> Management.Page<Management.AuditEntry> {
    Management.Page(
      try await ReadAudit()(of: organization, since: try call.time("since"), call.page, call.occasion, env: call.env),
      Management.AuditEntry.init)
  }
}

extension ReadAudit.Refusal: SaidByManagement {
  var said: ManagementRefusal { .query("after", "malformed", "Expected `next` of the page before.") }
}

extension Management.AuditEntry: Described {
  static let message = Message(
    "AuditEntry", "One line of the audit trail. It holds ids, never names or addresses of people.",
    [
      .required("id", .id), .required("at", .time),
      .required("actor", .line, "`account:…`, `application:…`, `account:… via application:…`, `command:…` or `anonymous`."),
      .required("event", .line, "`role.assigned`, `session.signed-in`, `access.denied` …"),
      .optional("object", .line, "`account:…`, `invitation:…` …"), .optional("organization", .id),
      .required("outcome", .word(["success", "denied", "failed"])),
      .optional("address", .text(1...64), "The network address it came from."),
      .optional("request_id", .line, "The request, as the log names it."),
      .optional("details", .openObject, "The state before and after, or details of the event."),
    ])

  init(_ entry: AuditEntry) {
    self.init(
      id: entry.id.text, at: entry.at.rfc3339, actor: entry.actor, event: entry.event, object: entry.object,
      organization: entry.organization?.text, outcome: entry.outcome.rawValue, address: entry.address, requestID: entry.requestID,
      details: entry.details)
  }
}

extension Management.FailureCount: Described {
  static let message = Message(
    "FailureCount", "How often something failed in one hour.",
    [.required("event", .line), .required("hour", .time, "When the hour began."), .required("count", .count)])

  init(_ count: FailureCount) { self.init(event: count.event, hour: count.hour.rfc3339, count: count.count) }
}

extension Management.FailureCounts: Described {
  static let message = Message(
    "FailureCounts", "Anonymous failures, which are counted, not written one by one.",
    [.required("items", .list(.message(Management.FailureCount.message), 0...100_000))])
}
