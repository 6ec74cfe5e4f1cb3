internal import Identity
internal import Wire

extension AccessExplanation: Described {
  private static let name = Message(
    "TypeAndID", "Something with a type and an id.", [.required("type", .line), .required("id", .line)])

  private static let value = Message(
    "LookedAt", "One thing that a condition looked at.",
    [
      .required("path", .line, "As the condition names it."),
      .optional("value", .anything, "Absent when it was not there, or is longer than 1024 bytes."),
    ])

  private static let condition = Message(
    "TestedCondition", "A condition that was asked, and what it said.",
    [
      .required("text", .text(1...4_096), "In the Common Expression Language."),
      .required("outcome", .word(["met", "not_met", "failed"])),
      .required("values", .list(.message(value), 0...20)),
    ])

  private static let grant = Message(
    "ExplainedGrant", "A role assignment that has to do with the permission.",
    [
      .required("assignment", .id), .required("role", .id), .required("role_name", .line),
      .required("holder", .message(name), "account, application, group or subject: the subject itself, or a group of theirs."),
      .optional("group_name", .line),
      .optional("scope", .message(name), "The resource for which it counts, and for everything in it; absent: for everything."),
      .optional("starts_at", .time), .optional("ends_at", .time, "The first moment at which it does not count any more."),
      .optional("granted_by", .line, "As the audit trail names actors."), .optional("granted_at", .time),
      .optional("why", .text(1...500), "In the words of who gave it."),
      .optional(
        "through", .list(.id, 1...8),
        "The roles by which the permission comes to the role: a parent first, the one that gives it by itself last."),
      .optional(
        "conditions", .list(.message(condition), 1...20),
        "Those that were asked, until one was met; of many the first and the last."),
      .optional("more_conditions", .count, "How many more were asked."),
      .optional(
        "obstacle", .word(Explanation.Obstacle.allCases.map(\.rawValue)), "Why it does not count; absent where it does."),
    ])

  private static let missing = Message(
    "MissingRole", "A role that would give the permission.",
    [
      .required("role", .id), .required("role_name", .line),
      .required("conditional", .flag, "Whether it gives the permission only under a condition."),
      .required("may_be_given_by", .list(.id, 0...10_000), "The roles whose holders may give it."),
    ])

  static let message = Message(
    "AccessExplanation", "Why a decision is what it is.",
    [
      .required("at", .time, "The moment for which it was decided."),
      .optional("permission", .line, "Absent when there is no such permission."),
      .required(
        "grants", .list(.message(grant), 0...Explanation.maximum),
        "What the subject holds that gives it at least sometimes: what counts first, then the nearest misses."),
      .required("more_grants", .count),
      .required(
        "missing", .list(.message(missing), 0...Explanation.maximum),
        "For a member who is denied for want of a role: the roles that would give it."),
      .required("more_missing", .count),
      .required("people", .list(.id, 0...Explanation.maximumPeople), "Some people who may give one of them."),
    ])
}

extension Management.ExplainedQuestion: Described {
  private static let entity = Message(
    "ExplainedEntity", "A subject or a resource, as the decision endpoint takes it.",
    [.required("type", .text(1...200)), .required("id", .text(1...1_000)), .optional("properties", .openObject)])

  private static let action = Message(
    "ExplainedAction", "An action, as the decision endpoint takes it.",
    [.required("name", .text(1...200)), .optional("properties", .openObject)])

  static let message = Message(
    "ExplainedQuestion", "A question as the decision endpoint takes it; the organization is that of the path.",
    [
      .required("subject", .message(entity)), .required("action", .message(action)), .required("resource", .message(entity)),
      .optional("context", .openObject),
    ])
}

extension Management.Explanation: Described {
  static let message = Message(
    "Explanation", "A decision, and why.",
    [
      .required("decision", .flag), .required("reason", .line, "The stable code that an application is told."),
      .required("reason_user", .openObject, "The same in the words of people, by the tag of the language."),
      .required("reason_admin", .message(AccessExplanation.message)),
    ])
}
