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
    /// The conditions that were looked at, until one was met. Empty where the role gives the permission without.
    package let conditions: [TestedCondition]
    /// Why it does not count; nil where it does.
    package let obstacle: Obstacle?
  }

  package struct TestedCondition: Sendable, Hashable {
    package let condition: Condition
    package let outcome: ConditionOutcome
    package let values: [ConditionLookup]
  }

  package enum Obstacle: String, Sendable, Hashable, Comparable {
    case conditionNotMet = "condition_not_met"
    case otherResource = "other_resource"
    case notYetValid = "not_yet_valid"
    case noLongerValid = "no_longer_valid"

    /// The nearest miss first.
    package static func < (left: Obstacle, right: Obstacle) -> Bool { left.distance < right.distance }

    private var distance: Int {
      switch self {
      case .conditionNotMet: 0
      case .otherResource: 1
      case .notYetValid: 2
      case .noLongerValid: 3
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

  /// How many of each are told at most, and how many conditions are tested.
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

/// Weighs what somebody holds for one question.
struct Weighing {
  let permission: Permission
  let organization: OrganizationFacts
  let catalogs: Catalogs
  let moment: Timestamp
  /// The resource and what it lies in.
  let places: [ResourceName]
  let input: ConditionInput
  private var tests = 0

  init(
    _ permission: Permission, in organization: OrganizationFacts, by catalogs: Catalogs, at moment: Timestamp,
    on places: [ResourceName], _ input: ConditionInput
  ) {
    self.permission = permission
    self.organization = organization
    self.catalogs = catalogs
    self.moment = moment
    self.places = places
    self.input = input
  }

  /// - Returns: nil for an assignment that has nothing to do with the permission.
  mutating func weigh(_ assignment: PolicyExcerpt.HeldAssignment) -> Explanation.Held? {
    guard let role = catalogs.roles[assignment.facts.role], role.canBeHeld(in: organization) else { return nil }
    let always = role.way(of: permission, in: organization.kind, of: catalogs.permissions)
    let grants = always == nil ? role.conditionalGrants(of: permission, in: organization.kind, of: catalogs.permissions) : []
    guard let way = always ?? grants.first?.way else { return nil }
    func held(_ way: [RoleID], _ tested: [Explanation.TestedCondition], _ obstacle: Explanation.Obstacle?)
      -> Explanation.Held
    {
      Explanation.Held(
        facts: assignment.facts, role: role, holder: assignment.holder, way: way, conditions: tested, obstacle: obstacle)
    }
    if let obstacle = obstacle(of: assignment.facts) { return held(way, [], obstacle) }
    if always != nil { return held(way, [], nil) }
    var tested: [Explanation.TestedCondition] = []
    for grant in grants where tests < Explanation.maximum {
      tests += 1
      let (outcome, values) = grant.condition.explain(input)
      tested.append(Explanation.TestedCondition(condition: grant.condition, outcome: outcome, values: values))
      if outcome == .met { return held(grant.way, tested, nil) }
    }
    return held(way, tested, .conditionNotMet)
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
