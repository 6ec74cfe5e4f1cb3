package import AccessControl
package import Primitives

/// Answers the one question every service asks: may this person do this to that?
///
/// Made in exactly one organization (`OrganizationRule`), from memory. A *no* is an answer, not an event: nothing is written.
///
/// About a resource that is registered where the asker may not ask it says what it says about one that is registered nowhere, except that no role
/// allows anything. So an application can tell the two apart only by a person whose roles would allow it: by one of its own people
/// (THREATS AZN3).
package struct DecideAccess: Sendable {
  package enum Refusal: Error, Sendable {
    /// Resource and context name different organizations.
    case contradiction
    /// `context.active_roles` is no list of at most `RoleActivation.maximumActive` texts.
    case activeRolesMalformed
  }

  /// Which roles a decision that allows names.
  package enum Naming: Sendable {
    /// One that allows it: the others are not looked for.
    case oneRole
    /// All that do.
    case everyRole
  }

  private let naming: Naming
  private let isUse: Bool

  /// - Parameter isUse: whether to be allowed is to use what allows it (`RecentUses`). To look who may, or why, is not.
  package init(naming: Naming = .everyRole, isUse: Bool = true) {
    self.naming = naming
    self.isUse = isUse
  }

  /// - Parameters:
  ///   - request: the subject is of type `user`, whose id is the `sub` the asking application sees, of type `application`, whose id is the client id,
  ///     or one that is registered in the organization of the decision.
  ///   - asker: the application whose token carried the question.
  ///   - policy: what is known (`PolicySnapshot.currentState`). A decision needs nothing else of the environment.
  ///   - now: the moment for which it is made.
  package func callAsFunction(
    _ request: AccessRequest, askedBy asker: Application, knowing policy: PolicyState, at now: Timestamp
  ) throws(Refusal) -> Decision {
    try callAsFunction(request, askedFrom: asker.decisionAsker, knowing: policy, at: now)
  }

  /// What a decision found on its way, for its explanation.
  struct Grounds {
    var conditions = AskedConditions()
    /// Which of the roles that are held count; nil where it did not matter.
    var activation: RoleActivation?
  }

  /// The same for whoever may ask there.
  func callAsFunction(
    _ request: AccessRequest, askedFrom asker: OrganizationRule.Asker, knowing policy: PolicyState, at now: Timestamp
  ) throws(Refusal) -> Decision {
    var grounds = Grounds()
    return try callAsFunction(request, askedFrom: asker, knowing: policy, at: now, on: &grounds)
  }

  /// The same, telling what it found.
  func callAsFunction(
    _ request: AccessRequest, askedFrom asker: OrganizationRule.Asker, knowing policy: PolicyState, at now: Timestamp,
    on grounds: inout Grounds
  ) throws(Refusal) -> Decision {
    let place = AccessPlace(
      resourceOrganization: request.resource.properties["organization"]?.stringValue,
      contextOrganization: request.context["organization"]?.stringValue, activeRoles: try Self.activeRoles(request.context))
    let decision = request.withNames { names in
      Result { () throws(Refusal) in
        try decide(names, place, askedFrom: asker, knowing: policy, at: now, on: &grounds) { request }
      }
    }
    return try decision.get()
  }

  /// The same for a question of which nothing was read but names.
  ///
  /// - Parameters:
  ///   - budget: what the conditions of the request that brought the question, and maybe others, may still take.
  ///   - request: the whole question, asked for only where a role gives the permission under a condition.
  package func callAsFunction(
    _ names: AccessNames, _ place: AccessPlace, askedFrom asker: OrganizationRule.Asker, knowing policy: PolicyState,
    at now: Timestamp, within budget: inout RequestBudget, _ request: () -> AccessRequest
  ) throws(Refusal) -> Decision {
    var grounds = Grounds(conditions: AskedConditions(within: budget))
    let decision = try decide(names, place, askedFrom: asker, knowing: policy, at: now, on: &grounds, request)
    budget.end(grounds.conditions.taken)
    return decision
  }

  private func decide(
    _ names: AccessNames, _ place: AccessPlace, askedFrom asker: OrganizationRule.Asker, knowing policy: PolicyState,
    at now: Timestamp, on grounds: inout Grounds, _ request: () -> AccessRequest
  ) throws(Refusal) -> Decision {
    let resource = names.resourceID.flatMap { policy.view.resource(names.resourceType, $0) }
    let resolution = OrganizationRule.resolve(
      registeredResource: resource.flatMap { policy.organization(ofResource: $0) },
      resourceProperty: place.resourceOrganization, context: place.contextOrganization, asker: asker)
    let organization: OrganizationID
    var isWithheld = false
    switch resolution {
    case .contradiction: throw .contradiction
    case .denied(let reason): return .deny(reason)
    case .withheld(let other): (organization, isWithheld) = (other, true)
    case .organization(let settled): organization = settled
    }
    let question = Question(names: names, resource: resource, active: place.activeRoles, organization: organization, now: now)
    let decision = decide(question, withholding: isWithheld, policy, &grounds, request)
    guard decision.allowed || !grounds.conditions.isCutShort else { return .deny(.requestTooCostly, in: organization) }
    return decision
  }

  /// What the question says is active of the subject's roles; nil when it says nothing.
  package static func activeRoles(_ context: JSONObject) throws(Refusal) -> Set<RoleID>? {
    guard let value = context["active_roles"] else { return nil }
    guard let list = value.arrayValue, list.count <= RoleActivation.maximumActive else { throw .activeRolesMalformed }
    var active: Set<RoleID> = []
    for element in list {
      guard let text = element.stringValue else { throw .activeRolesMalformed }
      active.insert(RoleID(trusted: text))
    }
    return active
  }

  /// A question whose organization is settled.
  private struct Question {
    let names: AccessNames
    let resource: UInt32?
    let active: Set<RoleID>?
    let organization: OrganizationID
    let now: Timestamp
  }

  /// - Parameter withholding: whether no role allows anything, whoever holds it.
  private func decide(
    _ question: Question, withholding: Bool, _ policy: PolicyState, _ grounds: inout Grounds, _ request: () -> AccessRequest
  ) -> Decision {
    let names = question.names
    guard let permission = policy.number(ofPermission: names.resourceType, names.action) else {
      return .deny(.permissionUnknown, in: question.organization)
    }
    let organization = policy.number(of: question.organization)
    let subject = policy.number(ofSubject: names.subjectType, names.subjectID, in: organization)
    func denial() -> Decision? {
      policy.view.refusal(of: subject, in: organization).map { .deny(Reason($0), in: question.organization) }
    }
    guard !withholding, let organization, let subject else {
      return denial() ?? .deny(.noRoleGrantsPermission, in: question.organization)
    }

    func holds(_ condition: UInt32) -> Bool {
      grounds.conditions.holds(condition, knowing: policy) {
        policy.input(for: request(), subject: subject, resource: question.resource, at: question.now)
      }
    }
    let now = question.now.microseconds
    let exclusions = policy.dynamicExclusions(in: question.organization)
    if question.active != nil || !exclusions.isEmpty {
      if let denial = denial() { return denial }
      let held = policy.view.heldRoles(of: subject, in: organization, at: now).compactMap { policy.role($0) }
      let activation = RoleActivation(
        held: Set(held), active: question.active, exclusions: exclusions, of: policy.catalogs.roles)
      grounds.activation = activation
      guard !activation.isBroken else { return .deny(.rolesExcludeEachOther, in: question.organization) }
      func grants(counting: Bool) -> [PolicyView.Grant] {
        policy.view.grants(
          of: subject, permission, in: organization, on: question.resource, at: now,
          ofRoles: { policy.role($0).map(activation.counting.contains) ?? false == counting }, where: holds)
      }
      let counting = grants(counting: true)
      guard let first = counting.first else {
        // Only now, so that what does not count spends nothing of what the decision may spend.
        let isLeftOut = question.active == nil && !grants(counting: false).isEmpty
        return .deny(isLeftOut ? .activeRolesRequired : .noRoleGrantsPermission, in: question.organization)
      }
      if isUse { policy.uses.note(first, in: organization, policy, at: question.now) }
      let roles = naming == .oneRole ? [first.role] : counting.map(\.role)
      return .grantedBy(Set(roles.compactMap { policy.role($0) }), in: question.organization)
    }
    let verdict = policy.view.decide(subject, permission, in: organization, on: question.resource, at: now, where: holds)
    guard verdict.isAllowed else { return .deny(Reason(verdict.reason), in: question.organization) }
    if isUse { policy.uses.note(verdict.grant, in: organization, policy, at: question.now) }
    if naming == .oneRole, let role = policy.role(verdict.grant.role) { return .grantedBy(role, in: question.organization) }
    let grants = policy.view.grants(of: subject, permission, in: organization, on: question.resource, at: now, where: holds)
    return .grantedBy(Set(grants.compactMap { policy.role($0.role) }), in: question.organization)
  }
}

extension PolicyState {
  /// Which roles are not to be used together there.
  func dynamicExclusions(in id: OrganizationID) -> [RoleExclusion] {
    guard !catalogs.exclusions.isEmpty, let organization = organization(id) else { return [] }
    return catalogs.exclusions(.dynamic, in: organization.facts)
  }

  /// What a condition is asked about: what the request says of everything, and behind it what is stored of the resource and of a registered subject.
  package func input(for request: AccessRequest, subject: UInt32?, resource: UInt32?, at now: Timestamp) -> ConditionInput {
    ConditionInput(
      subject: ConditionInput.Entity(
        type: request.subject.type, id: request.subject.id,
        properties: .init(presented: request.subject.properties, stored: subject.map { attributes(ofSubject: $0) } ?? [:])),
      resource: ConditionInput.Entity(
        type: request.resource.type, id: request.resource.id,
        properties: .init(presented: request.resource.properties, stored: resource.map { attributes(ofResource: $0) } ?? [:])),
      action: ConditionInput.Action(
        name: request.action.name, properties: .init(presented: request.action.properties)),
      context: request.context, time: now)
  }
}

extension Reason {
  /// What the index answers where it does not allow.
  init(_ refusal: VerdictReason) {
    self =
      switch refusal {
      case .permissionGranted, .noRoleGrantsPermission: .noRoleGrantsPermission
      case .organizationUnknown: .organizationUnknown
      case .organizationClosed: .organizationClosed
      case .subjectUnknown: .subjectUnknown
      case .notAMember: .notAMember
      case .subjectSuspended: .subjectSuspended
      case .membershipSuspended: .membershipSuspended
      }
  }
}

extension Application {
  /// Where it may ask for decisions.
  package var decisionAsker: OrganizationRule.Asker {
    if let owner { return .owned(by: owner) }
    return .portalWide(decidesIn.map { .only($0) } ?? .everywhere)
  }
}
