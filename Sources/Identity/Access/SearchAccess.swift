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
  /// than so many decisions.
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
      let (names, next) = try searching.page(after: after, limit)
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

  func page(after: SearchAccess.Position?, _ limit: Int) throws(SearchAccess.Refusal) -> Page {
    guard limit == 0 else { return try found(after: after, limit) }
    let (names, next) = try found(after: after, 1)
    return ([], names.isEmpty ? next : after ?? SearchAccess.Position(order: 0, id: ""))
  }

  private func found(after: SearchAccess.Position?, _ limit: Int) throws(SearchAccess.Refusal) -> Page {
    let page: Page =
      switch search.question {
      case .subjects(let candidates, let action, let resource): subjects(candidates.type, action, resource, after: after, limit)
      case .resources(let candidates, let subject, let action): resources(candidates.type, subject, action, after: after, limit)
      case .actions(let subject, let resource): actions(subject, resource, after: after, limit)
      }
    guard isRestricted else { return page }
    // The index knows what is held, not what may be used together.
    var names: [String] = []
    for name in page.names {
      let decision = try DecideAccess(naming: .oneRole, isUse: false)(
        search.request(about: name), askedBy: asker, knowing: policy, at: now)
      if decision.allowed { names.append(name) }
    }
    return (names, page.next)
  }

  private func subjects(
    _ type: String, _ action: AccessRequest.Action, _ resource: AccessRequest.Resource, after: SearchAccess.Position?,
    _ limit: Int
  ) -> Page {
    // A group does not act; its members do.
    guard type != IndexedPrincipal.groupType,
      let permission = number(ofPermission: resource.type, action.name)
    else { return ([], nil) }
    let place = number(of: resource)
    var asked = AskedCandidates()
    let found = type.withBytes {
      policy.view.subjects(
        ofType: $0, havingPermission: permission, in: organization, on: place, at: now.microseconds, after: after, limit: limit,
        examining: SearchAccess.candidates
      ) { subject, condition in
        asked.holds(condition, of: subject, policy) {
          input(about: policy.view.id(ofPrincipal: subject), subject: subject, resource: place)
        }
      }
    }
    return (found.ids, found.next)
  }

  private func resources(
    _ type: String, _ subject: AccessRequest.Subject, _ action: AccessRequest.Action, after: SearchAccess.Position?, _ limit: Int
  ) -> Page {
    guard let permission = number(ofPermission: type, action.name),
      let principal = policy.number(ofSubject: subject.type, subject.id, in: organization)
    else { return ([], nil) }
    var asked = AskedCandidates()
    let found = type.withBytes {
      policy.view.resources(
        ofType: $0, for: principal, having: permission, in: organization, at: now.microseconds, after: after, limit: limit,
        examining: SearchAccess.candidates
      ) { resource, condition in
        asked.holds(condition, of: resource, policy) {
          input(about: policy.view.id(ofResource: resource), subject: principal, resource: resource)
        }
      }
    }
    return (found.ids, found.next)
  }

  /// There are few of each type, so that all are decided for every page.
  private func actions(
    _ subject: AccessRequest.Subject, _ resource: AccessRequest.Resource, after: SearchAccess.Position?, _ limit: Int
  ) -> Page {
    guard let principal = policy.number(ofSubject: subject.type, subject.id, in: organization) else { return ([], nil) }
    let place = number(of: resource)
    var asked = AskedCandidates()
    let all = resource.type.withBytes {
      policy.view.actions(onType: $0, place, for: principal, in: organization, at: now.microseconds) { permission, condition in
        asked.holds(condition, of: permission, policy) {
          input(about: policy.view.action(ofPermission: permission), subject: principal, resource: place)
        }
      }
    }
    let rest = all.drop { name in after.map { name <= $0.id } ?? false }
    let names = Array(rest.prefix(limit))
    return (names, names.count < rest.count ? names.last.map { SearchAccess.Position(order: 0, id: $0) } : nil)
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

/// The conditions of one candidate after the other. Each is a decision of its own.
private struct AskedCandidates {
  private var candidate: UInt32?
  private var conditions = AskedConditions()

  /// INVARIANT: whatever is asked about a candidate is asked in a row.
  mutating func holds(
    _ condition: UInt32, of candidate: UInt32, _ policy: PolicyState, for input: () -> ConditionInput
  ) -> Bool {
    if candidate != self.candidate { (self.candidate, conditions) = (candidate, AskedConditions()) }
    return conditions.holds(condition, knowing: policy, for: input)
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
