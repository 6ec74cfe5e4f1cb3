package import AccessControl
internal import Primitives

/// What a change would do, found by making it and taking it back.
package struct Plan: Sendable {
  /// Some of many: how many there are, and the first of them.
  package struct Some<Item: Sendable>: Sendable {
    package let count: Int
    package let items: [Item]

    init(_ all: [Item]) {
      count = all.count
      items = Array(all.prefix(Plan.shown))
    }
  }

  /// A waiting invitation that would give something else when it is accepted.
  package struct TouchedInvitation: Sendable, Hashable {
    package let id: InvitationID
    package let organization: OrganizationID
    /// Roles that it would give now, and not after the change.
    package let withheld: [RoleID]
    /// Roles that it would give after the change, and would not now.
    package let restored: [RoleID]
    /// Roles that it gives before and after, and that give something else then.
    package let changed: [RoleID]
  }

  /// How many of each kind of effect are shown.
  package static let shown = 1_000
  /// How many people, applications and subjects are looked at, as things are before and as they are after; and how many waiting invitations.
  package static let mostExamined = 10_000

  package let gains: Some<Right>
  package let losses: Some<Right>
  /// Open sessions of people who would gain, lose or be signed out.
  package let sessions: Int
  /// Those among them that would end.
  package let endedSessions: Int
  /// Grants to applications that would end, with their tokens.
  package let endedGrants: Int
  package let invitations: Some<TouchedInvitation>
  /// How many people, applications and subjects were looked at.
  package let examined: Int
  /// Whether these are all whom the change could concern, and every waiting invitation was looked at; there may be more than `mostExamined`.
  package let isComplete: Bool
  package let digest: PlanDigest
}

extension Plan {
  /// - Parameters:
  ///   - effects: everything, seen by all.
  ///   - restsOn: what else would have to be the same for the plan to be.
  ///   - isVisible: whether whoever asked may know of rights in the organization. What they may not know of is part of the digest all the same, since
  ///     a plan is exact; ids are random, so nobody finds it out from that.
  init(_ effects: Effects, of request: PlannedRequest, restsOn: JSON, isVisible: (OrganizationID) throws -> Bool) throws {
    let whole: JSON = [
      "request": .string(request.digest), "rests_on": restsOn, "gains": .array(effects.gains.map(\.canonical)),
      "losses": .array(effects.losses.map(\.canonical)), "sessions": .integer(Int64(effects.sessions)),
      "ended_sessions": .integer(Int64(effects.endedSessions)), "ended_grants": .integer(Int64(effects.endedGrants)),
      "invitations": .array(effects.invitations.map(\.canonical)), "complete": .bool(effects.isComplete),
    ]
    var known: [OrganizationID: Bool] = [:]
    func shown(_ organization: OrganizationID) throws -> Bool {
      if let answer = known[organization] { return answer }
      let answer = try isVisible(organization)
      known[organization] = answer
      return answer
    }
    gains = Some(try effects.gains.filter { try shown($0.organization) })
    losses = Some(try effects.losses.filter { try shown($0.organization) })
    sessions = effects.sessions
    endedSessions = effects.endedSessions
    endedGrants = effects.endedGrants
    invitations = Some(try effects.invitations.filter { try shown($0.organization) })
    examined = effects.examined
    isComplete = effects.isComplete
    digest = PlanDigest(presented: Base64URL.encode(SHA256Digest.of(whole.encoded())))
  }

  /// Everything that would happen, in an order that is always the same.
  struct Effects {
    var gains: [Right] = []
    var losses: [Right] = []
    var sessions = 0
    var endedSessions = 0
    var endedGrants = 0
    var invitations: [TouchedInvitation] = []
    var examined = 0
    var isComplete = true
  }
}

extension Right {
  fileprivate var canonical: JSON {
    .array(
      [
        holder.auditName, organization.text, permission.text, scope?.type ?? "", scope?.id ?? "", condition ?? "",
        from?.rfc3339 ?? "", until?.rfc3339 ?? "",
      ].map { .string($0) })
  }
}

extension Plan.TouchedInvitation {
  fileprivate var canonical: JSON {
    .array([.string(id.text)] + [withheld, restored, changed].map { .array($0.map { .string($0.text) }) })
  }
}
