package import AccessControl
package import Primitives

/// Why a decision is what it is, for those who may see who holds what: what of the subject's counts for it, what does not and why, and who could give
/// what is missing.
package struct Explanation: Sendable, Hashable {
  /// One assignment whose role gives the permission, at least sometimes.
  package struct Held: Sendable, Hashable {
    package let facts: PolicyFacts.AssignmentFacts
    package let role: Role
    /// The subject, or a group of theirs.
    package let holder: RoleHolder
    /// The whole of it, with who gave it, when and why; nil where the store does not have that.
    package internal(set) var assignment: RoleAssignment?
    /// The group that holds it; nil where the subject does.
    package internal(set) var group: Group?
    /// The roles by which the permission comes to the role: none for its own, else a parent first and the one that lists it last. Of a role that
    /// gives it under conditions, the way of the first that is met, or else of the first.
    package let way: [RoleID]
    /// The conditions that were asked, until one was met; of more than may be told the first and the last. Empty where the role gives the permission
    /// without, and where something else stands against it anyway.
    package internal(set) var conditions: [TestedCondition]
    /// How many more were asked.
    package internal(set) var conditionsBesides = 0
    /// Why it does not count; nil where it does.
    package let obstacle: Obstacle?
  }

  package struct TestedCondition: Sendable, Hashable {
    package let condition: Condition
    package let outcome: ConditionOutcome
    /// What it looked at; empty where the steps of the decision, or of the request, did not suffice to ask it.
    package internal(set) var values: [ConditionLookup] = []

    /// Whether the steps of the decision, or of the request, did not suffice to ask it.
    fileprivate var isCutShort: Bool { if case .failed(let fault) = outcome { fault.isByOthers } else { false } }
  }

  /// What else stands against an assignment is only asked where the ones below do not: so whoever overcomes what is told has what is missing.
  package enum Obstacle: String, Sendable, Hashable, Comparable, CaseIterable {
    /// The subject or the organization can do nothing at all; the reason of the decision says why.
    case cannotAct = "cannot_act"
    /// Some roles are not to be used together, or some are said to be active, and the role is none of those.
    case roleNotActive = "role_not_active"
    /// The role is said to be active, together with others that it is not to be used with.
    case rolesExcludeEachOther = "roles_exclude_each_other"
    case conditionNotMet = "condition_not_met"
    /// No condition that was asked is met, and for some of them the steps of the decision, or of the request, did not suffice.
    case conditionsTooCostly = "conditions_too_costly"
    case otherResource = "other_resource"
    case notYetValid = "not_yet_valid"
    case noLongerValid = "no_longer_valid"

    /// The nearest miss first.
    package static func < (left: Obstacle, right: Obstacle) -> Bool { left.distance < right.distance }

    private var distance: Int {
      switch self {
      case .cannotAct: 0
      case .roleNotActive: 1
      case .rolesExcludeEachOther: 2
      case .conditionNotMet: 3
      case .conditionsTooCostly: 4
      case .otherResource: 5
      case .notYetValid: 6
      case .noLongerValid: 7
      }
    }
  }

  /// A role that would give the permission.
  package struct Missing: Sendable, Hashable {
    package let role: Role
    /// Whether only under a condition.
    package let isConditional: Bool
    /// The roles whose holders may give it to somebody, sorted.
    package let mayBeGivenBy: [RoleID]
  }

  /// How many of each are told at most, and how many conditions.
  package static let maximum = 20
  /// How many of those who could give a role are named.
  package static let maximumPeople = 10

  package let decision: Decision
  /// The moment for which it was made.
  package let moment: Timestamp
  /// What the question was about; nil when there is no such permission.
  package let permission: Permission?
  /// What counts first, then the nearest misses.
  package let held: [Held]
  /// How many more there are.
  package let heldBesides: Int
  /// For a member who is denied for want of a role: roles of the organization that would give it, those without a condition first.
  package let missing: [Missing]
  package let missingBesides: Int
  /// Some of those who can act now and hold a role by which one of the missing may be given.
  package let people: [AccountID]

  init(
    decision: Decision, moment: Timestamp, permission: Permission?, held: [Held] = [], heldBesides: Int = 0,
    missing: [Missing] = [], missingBesides: Int = 0, people: [AccountID] = []
  ) {
    self.decision = decision
    self.moment = moment
    self.permission = permission
    self.held = held
    self.heldBesides = heldBesides
    self.missing = missing
    self.missingBesides = missingBesides
    self.people = people
  }

  /// What counts first, then the nearest misses, of each kind in the order in which they were given.
  static func isNearer(_ left: Held, _ right: Held) -> Bool {
    switch (left.obstacle, right.obstacle) {
    case (nil, .some): true
    case (.some, nil): false
    case (let left?, let right?) where left != right: left < right
    default: left.facts.id < right.facts.id
    }
  }
}

/// Weighs what somebody holds for one question that was decided.
struct Weighing {
  let permission: Permission
  let organization: OrganizationFacts
  let policy: PolicyState
  let moment: Timestamp
  /// The resource and what it lies in.
  let places: [ResourceName]
  let input: ConditionInput
  /// What the decision found. It asks no condition twice, so that nothing is weighed otherwise than it was decided.
  private var grounds: DecideAccess.Grounds
  /// Whether subject and organization can act at all.
  let canAct: Bool
  /// The steps of conditions that the decision had taken.
  private let takenBefore: Int
  /// How many conditions may still be told.
  private var mayBeTold = Explanation.maximum

  init(
    _ permission: Permission, in organization: OrganizationFacts, by policy: PolicyState, at moment: Timestamp,
    on places: [ResourceName], _ input: ConditionInput, _ grounds: DecideAccess.Grounds, canAct: Bool
  ) {
    self.permission = permission
    self.organization = organization
    self.policy = policy
    self.moment = moment
    self.places = places
    self.input = input
    self.grounds = grounds
    takenBefore = grounds.conditions.taken
    self.canAct = canAct
  }

  /// The steps of conditions that were asked here alone.
  var taken: Int { grounds.conditions.taken - takenBefore }

  private var catalogs: Catalogs { policy.catalogs }

  /// - Returns: nil for an assignment that has nothing to do with the permission.
  mutating func weigh(_ assignment: PolicyExcerpt.HeldAssignment) -> Explanation.Held? {
    guard let role = catalogs.roles[assignment.facts.role], role.canBeHeld(in: organization) else { return nil }
    let always = role.way(of: permission, in: organization.kind, of: catalogs.permissions)
    let grants = always == nil ? role.conditionalGrants(of: permission, in: organization.kind, of: catalogs.permissions) : []
    guard let way = always ?? grants.first?.way else { return nil }
    func held(
      _ way: [RoleID], _ tested: [Explanation.TestedCondition], _ obstacle: Explanation.Obstacle?
    ) -> Explanation.Held {
      Explanation.Held(
        facts: assignment.facts, role: role, holder: assignment.holder, way: way, conditions: tested, obstacle: obstacle)
    }
    if let obstacle = obstacle(of: assignment.facts) { return held(way, [], obstacle) }
    if always != nil { return held(way, [], obstacle(to: role.id)) }
    var tested: [Explanation.TestedCondition] = []
    for grant in grants {
      let outcome = outcome(of: grant.condition)
      tested.append(Explanation.TestedCondition(condition: grant.condition, outcome: outcome))
      if outcome == .met { return held(grant.way, tested, obstacle(to: role.id)) }
    }
    let isCostly = tested.contains(where: \.isCutShort)
    return held(way, tested, isCostly ? .conditionsTooCostly : .conditionNotMet)
  }

  private mutating func outcome(of condition: Condition) -> ConditionOutcome {
    // What the index does not know no decision can ask.
    guard let number = policy.conditions[condition] else { return .notMet }
    return grounds.conditions.outcome(of: number, knowing: policy) { [input] in input }
  }

  /// Leaves of what an assignment depends on so much as may be told, and adds what the conditions looked at.
  mutating func tellConditions(of held: inout Explanation.Held, within budget: inout RequestBudget) {
    let tested = held.conditions
    if tested.count > mayBeTold {
      held.conditions = Array(tested.prefix(max(0, mayBeTold - 1)) + tested.suffix(min(1, mayBeTold)))
    }
    held.conditionsBesides = tested.count - held.conditions.count
    mayBeTold -= held.conditions.count
    for index in held.conditions.indices where !held.conditions[index].isCutShort {
      held.conditions[index].values = held.conditions[index].condition.explain(input, within: &budget).lookups
    }
  }

  /// Why a role that would do does not count.
  private func obstacle(to role: RoleID) -> Explanation.Obstacle? {
    guard canAct else { return .cannotAct }
    guard let activation = grounds.activation, !activation.counting.contains(role) else { return nil }
    return activation.excluded.contains(role) ? .rolesExcludeEachOther : .roleNotActive
  }

  private func obstacle(of assignment: PolicyFacts.AssignmentFacts) -> Explanation.Obstacle? {
    if let start = assignment.from, moment < start { return .notYetValid }
    if let end = assignment.until, end <= moment { return .noLongerValid }
    if let scope = assignment.scope, !places.contains(scope) { return .otherResource }
    return nil
  }

  /// The roles of the organization that give the permission, those without a condition first, then by id.
  func giving() -> [Explanation.Missing] {
    let roles = catalogs.roles.roles(heldIn: organization)
    return roles.compactMap { role in
      let isAlways = role.permits(permission, in: organization.kind, of: catalogs.permissions)
      guard
        isAlways || !role.conditionalGrants(of: permission, in: organization.kind, of: catalogs.permissions).isEmpty
      else { return nil }
      return Explanation.Missing(
        role: role, isConditional: !isAlways,
        mayBeGivenBy: roles.filter { $0.mayGrant.covers(role.id, by: .assignment) }.map(\.id))
    }
    .sorted { ($0.isConditional ? 1 : 0, $0.role.id) < ($1.isConditional ? 1 : 0, $1.role.id) }
  }
}
