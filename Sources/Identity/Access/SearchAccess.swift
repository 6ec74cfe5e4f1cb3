package import AccessControl
package import Primitives

/// Finds who may do this to that, to what somebody may do it, or what they may do to it.
///
/// In exactly one organization, found as for a decision (`OrganizationRule`), from memory and from one state of the policy, in time that grows with what is
/// looked at and not with how many there are. Whoever is found would be allowed if they asked in that state: each is decided like a question of its own.
///
/// Found are accounts as subjects of type `user`, applications, and registered subjects of the organization; resources that are registered in the
/// organization, and those that are registered nowhere and named by what the subject holds for one resource. About a resource that is registered where
/// the asker may not ask nobody is found (THREATS AZN3).
package struct SearchAccess: Sendable {
  package typealias Refusal = DecideAccess.Refusal
  /// Where a page ended. Good at every instance.
  package typealias Position = PolicyView.Position

  /// One page.
  package struct Found: Sendable {
    /// Ids of subjects or resources, names of actions; in an order that all instances share.
    package let names: [String]
    /// Where to go on; nil when nothing follows.
    package let next: Position?
    /// Where it was searched; nil when that was not settled.
    package let organization: OrganizationID?
    /// Why nothing was searched.
    package let refusal: Reason?
  }

  /// How many candidates are looked at for one page. Where conditions refuse most, a page ends early and the next one goes on: no request costs more
  /// than so many decisions. It ends early too before the first whose conditions might take more steps than the request has left (`RequestBudget`), so that
  /// all are decided with the steps that a question of their own would have.
  package static let candidates = 2_000

  package init() {}

  /// - Parameters:
  ///   - after: where the page before ended; nil for the first.
  ///   - limit: how many are looked for. Of none it is only told whether there are any.
  ///   - asker: the application whose token carried the question.
  ///   - policy: what is known (`PolicySnapshot.currentState`).
  ///   - now: the moment for which it is searched.
  package func callAsFunction(
    _ search: AccessSearch, after: Position?, limit: Int, askedBy asker: Application, knowing policy: PolicyState,
    at now: Timestamp
  ) throws(Refusal) -> Found {
    let resolution = OrganizationRule.resolve(
      registeredResource: search.resourceName.flatMap { policy.number(of: $0) }.flatMap { policy.organization(ofResource: $0) },
      resourceProperty: search.resourceProperties["organization"]?.stringValue,
      context: search.context["organization"]?.stringValue, asker: asker.decisionAsker)
    func nothing(in organization: OrganizationID?, _ refusal: Reason? = nil) -> Found {
      Found(names: [], next: nil, organization: organization, refusal: refusal)
    }
    let active = try DecideAccess.activeRoles(search.context)
    switch resolution {
    case .contradiction: throw .contradiction
    case .denied(let reason): return nothing(in: nil, reason)
    case .withheld(let organization): return nothing(in: organization)
    case .organization(let organization):
      guard let place = policy.number(of: organization) else { return nothing(in: organization) }
      let searching = Searching(
        search: search, policy: policy, organization: place, now: now,
        isRestricted: active != nil || !policy.dynamicExclusions(in: organization).isEmpty, asker: asker)
      let (names, next) = searching.page(after: after, limit)
      return Found(names: names, next: next, organization: organization, refusal: nil)
    }
  }
}

/// One search in the organization where it is made.
private struct Searching {
  let search: AccessSearch
  let policy: PolicyState
  let organization: UInt32
  let now: Timestamp
  /// Whether some roles do not count though they are held: what is active is named, or roles are not to be used together.
  let isRestricted: Bool
  let asker: Application

  /// What one page has, and where it ended.
  typealias Page = (names: [String], next: SearchAccess.Position?)

  func page(after: SearchAccess.Position?, _ limit: Int) -> Page {
    guard limit == 0 else { return found(after: after, limit) }
    let (names, next) = found(after: after, 1)
    return ([], names.isEmpty ? next : after ?? SearchAccess.Position(order: 0, id: ""))
  }

  private func found(after: SearchAccess.Position?, _ limit: Int) -> Page {
    var candidates = Candidates(self)
    let found: PolicyView.Found? =
      switch search.question {
      case .subjects(let sought, let action, let resource):
        subjects(sought.type, action, resource, after: after, limit, &candidates)
      case .resources(let sought, let subject, let action):
        resources(sought.type, subject, action, after: after, limit, &candidates)
      case .actions(let subject, let resource): actions(subject, resource, after: after, limit, &candidates)
      }
    return found.map { ($0.ids, $0.next) } ?? ([], nil)
  }

  private func subjects(
    _ type: String, _ action: AccessRequest.Action, _ resource: AccessRequest.Resource, after: SearchAccess.Position?,
    _ limit: Int, _ candidates: inout Candidates
  ) -> PolicyView.Found? {
    // A group does not act; its members do.
    guard type != IndexedPrincipal.groupType,
      let permission = number(ofPermission: resource.type, action.name)
    else { return nil }
    let place = number(of: resource)
    return type.withBytes {
      policy.view.subjects(
        ofType: $0, havingPermission: permission, in: organization, on: place, at: now.microseconds, after: after, limit: limit,
        examining: SearchAccess.candidates, while: { candidates.goOn() },
        where: { subject, condition in
          candidates.meet(condition) { input(about: policy.view.id(ofPrincipal: subject), subject: subject, resource: place) }
        }, and: { candidates.isAllowed(policy.view.id(ofPrincipal: $0)) })
    }
  }

  private func resources(
    _ type: String, _ subject: AccessRequest.Subject, _ action: AccessRequest.Action, after: SearchAccess.Position?, _ limit: Int,
    _ candidates: inout Candidates
  ) -> PolicyView.Found? {
    guard let permission = number(ofPermission: type, action.name),
      let principal = policy.number(ofSubject: subject.type, subject.id, in: organization)
    else { return nil }
    return type.withBytes {
      policy.view.resources(
        ofType: $0, for: principal, having: permission, in: organization, at: now.microseconds, after: after, limit: limit,
        examining: SearchAccess.candidates, while: { candidates.goOn() },
        where: { resource, condition in
          candidates.meet(condition) {
            input(about: policy.view.id(ofResource: resource), subject: principal, resource: resource)
          }
        }, and: { candidates.isAllowed(policy.view.id(ofResource: $0)) })
    }
  }

  private func actions(
    _ subject: AccessRequest.Subject, _ resource: AccessRequest.Resource, after: SearchAccess.Position?, _ limit: Int,
    _ candidates: inout Candidates
  ) -> PolicyView.Found? {
    guard let principal = policy.number(ofSubject: subject.type, subject.id, in: organization) else { return nil }
    let place = number(of: resource)
    return resource.type.withBytes {
      policy.view.actions(
        onType: $0, place, for: principal, in: organization, at: now.microseconds, after: after, limit: limit,
        while: { candidates.goOn() },
        where: { permission, condition in
          candidates.meet(condition) {
            input(about: policy.view.action(ofPermission: permission), subject: principal, resource: place)
          }
        }, and: { candidates.isAllowed(policy.view.action(ofPermission: $0)) })
    }
  }

  private func number(ofPermission type: String, _ action: String) -> UInt32? {
    Permission(presentedType: type, action: action).flatMap { policy.number(of: $0) }
  }

  private func number(of resource: AccessRequest.Resource) -> UInt32? {
    resource.id.flatMap { policy.number(of: ResourceName(type: resource.type, id: $0)) }
  }

  /// What a condition is asked about one candidate, as it would be for the question about that candidate. What is in the index has a name.
  private func input(about candidate: String?, subject: UInt32, resource: UInt32?) -> ConditionInput {
    policy.input(for: search.request(about: candidate ?? ""), subject: subject, resource: resource, at: now)
  }
}

/// The candidates of one page, one after the other. Each is a decision of its own, all of them within what one request may take.
private struct Candidates {
  private let searching: Searching
  private var budget = RequestBudget()
  /// Those of the candidate that is looked at.
  private var conditions = AskedConditions()

  init(_ searching: Searching) { self.searching = searching }

  /// Goes on to the next candidate, if there are steps for it.
  mutating func goOn() -> Bool {
    budget.end(conditions.taken)
    conditions = AskedConditions(within: budget)
    return budget.hasDecision
  }

  /// Whether a condition holds for the candidate. Where not every role counts, the decision about the candidate finds out.
  mutating func meet(_ condition: UInt32, for input: () -> ConditionInput) -> Bool {
    searching.isRestricted || conditions.holds(condition, knowing: searching.policy, for: input)
  }

  /// Whether the candidate is allowed what the index says they hold. The index does not know what may be used together.
  mutating func isAllowed(_ candidate: String?) -> Bool {
    guard searching.isRestricted else { return true }
    guard let candidate else { return false }
    var grounds = DecideAccess.Grounds(conditions: conditions)
    defer { conditions = grounds.conditions }
    // What makes it no question was refused before anybody was looked at.
    let decision = try? DecideAccess(naming: .oneRole, isUse: false)(
      searching.search.request(about: candidate), askedFrom: searching.asker.decisionAsker, knowing: searching.policy,
      at: searching.now, on: &grounds)
    return decision?.allowed ?? false
  }
}

extension AccessSearch {
  /// The resource that the search is about; nil when resources are looked for.
  fileprivate var resourceName: ResourceName? {
    switch question {
    case .subjects(_, _, let resource), .actions(_, let resource):
      resource.id.map { ResourceName(type: resource.type, id: $0) }
    case .resources: nil
    }
  }

  fileprivate var resourceProperties: JSONObject {
    switch question {
    case .subjects(_, _, let resource), .actions(_, let resource): resource.properties
    case .resources(let candidates, _, _): candidates.properties
    }
  }
}
