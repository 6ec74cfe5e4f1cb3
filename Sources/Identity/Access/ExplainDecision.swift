package import AccessControl
package import Primitives

/// Decides a question from the store and says why, to those who may see who holds what in the organization of the decision (`role:view`).
///
/// The decision is that of `DecideAccess`, made from what the transaction sees; so it and its explanation always fit together, and rest on
/// every change that was answered before.
package struct ExplainDecision: Sendable {
  package init() {}

  /// Explains a decision in one organization to somebody who looks after its roles. For a moment of the past, which `context.at` names, it needs
  /// `audit:view` besides.
  ///
  /// - Throws: `AccessDenied`, `DecideAccess.Refusal`, `PastRefusal`.
  package func callAsFunction(
    _ request: AccessRequest, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> Explanation {
    try await env.read(occasion) { tx in
      _ = try tx.permit(.roleView, in: organization, occasion)
      let asker = OrganizationRule.Asker.owned(by: organization)
      let past = try request.moment(asked: occasion.now)
      let request = request.withoutMoment
      if past != nil { _ = try tx.permit(.auditView, in: organization, occasion) }
      var excerpts = try PolicyExcerpts(tx, seededBy: env.randomness)
      let excerpt = try excerpts.excerpt(for: request, askedFrom: asker, at: past)
      let moment = past ?? occasion.now
      var (grounds, budget) = (DecideAccess.Grounds(), RequestBudget())
      let decision = try DecideAccess(isUse: false)(
        request, askedFrom: asker, knowing: excerpt.state, at: moment, on: &grounds)
      return try tx.explain(decision, on: grounds, of: request, in: organization, excerpt, at: moment, within: &budget)
    }
  }

  /// Answers questions of an application, all from one state of the store or from moments of its past (`context.at`), and explains them where it
  /// holds `role:view` in the organization of the decision.
  ///
  /// - Parameter body: may run again; asks one question after the other.
  package func callAsFunction<Value: Sendable>(
    askedBy asker: Application, at now: Timestamp, env: Environment,
    _ body: @escaping @Sendable (inout ExplainedDecisions) throws -> Value
  ) async throws -> Value {
    try await env.store.read { tx in
      var decisions = ExplainedDecisions(
        tx: tx, excerpts: try PolicyExcerpts(tx, seededBy: env.randomness), asker: asker, now: now,
        authority: try tx.authority(of: Actor(.application(asker.id), address: nil, requestID: nil), at: now))
      return try body(&decisions)
    }
  }
}

/// Decides the questions of one application from one state of the store.
package struct ExplainedDecisions {
  fileprivate let tx: any Transaction
  fileprivate var excerpts: PolicyExcerpts
  fileprivate let asker: Application
  fileprivate let now: Timestamp
  fileprivate let authority: Authority
  /// What the conditions of all of them, and of their explanations, may still take.
  private var budget = RequestBudget()

  fileprivate init(tx: any Transaction, excerpts: PolicyExcerpts, asker: Application, now: Timestamp, authority: Authority) {
    self.tx = tx
    self.excerpts = excerpts
    self.asker = asker
    self.now = now
    self.authority = authority
  }

  /// The revision of the policy that all of them rest on.
  package func revision() throws -> Int64 { try tx.policyRevision() }

  /// - Returns: the decision, and its explanation where the application may see who holds what.
  /// - Throws: `DecideAccess.Refusal`, `PastRefusal`.
  package mutating func decide(_ request: AccessRequest) throws -> (decision: Decision, explanation: Explanation?) {
    let past = try request.moment(asked: now)
    let request = request.withoutMoment
    let excerpt = try excerpts.excerpt(for: request, askedFrom: asker.decisionAsker, at: past)
    let moment = past ?? now
    var grounds = DecideAccess.Grounds(conditions: AskedConditions(within: budget))
    let decision = try DecideAccess(isUse: false)(
      request, askedFrom: asker.decisionAsker, knowing: excerpt.state, at: moment, on: &grounds)
    budget.end(grounds.conditions.taken)
    guard let id = decision.organization else { return (decision, nil) }
    // What the asker may see is what it may see now, whatever it asks about.
    guard let organization = try tx.organization(id) else {
      return (past == nil ? decision : .deny(.pastWithheld, in: id), nil)
    }
    let target = Authority.Target(organization.facts)
    if past != nil, !authority.decide(.auditView, at: target).allowed { return (.deny(.pastWithheld, in: id), nil) }
    guard authority.decide(.roleView, at: target).allowed else { return (decision, nil) }
    return (decision, try tx.explain(decision, on: grounds, of: request, in: id, excerpt, at: moment, within: &budget))
  }
}

extension Transaction {
  /// - Parameter budget: what is left after the decision of what the conditions of the request may take.
  fileprivate func explain(
    _ decision: Decision, on grounds: DecideAccess.Grounds, of request: AccessRequest, in organization: OrganizationID,
    _ excerpt: PolicyExcerpt, at moment: Timestamp, within budget: inout RequestBudget
  ) throws -> Explanation {
    let state = excerpt.state
    let permission = request.permission.flatMap { state.catalogs.permissions.definition(of: $0)?.permission }
    let subject = state.number(ofSubject: request.subject.type, request.subject.id, in: state.number(of: organization))
    let places = excerpt.places(of: request.resource, in: organization)
    let resource = places.first.flatMap { state.number(of: $0) }
    let owner = resource.flatMap { state.organization(ofResource: $0) }
    // A resource of another organization is decided about as if no role counted: see `DecideAccess`.
    guard let permission, let place = state.organization(organization), owner == nil || owner == organization else {
      return Explanation(decision: decision, moment: moment, permission: permission)
    }
    var weighing = Weighing(
      permission, in: place.facts, by: state, at: moment, on: places,
      state.input(for: request, subject: subject, resource: resource, at: moment), grounds,
      canAct: state.view.refusal(of: subject, in: state.number(of: organization)) == nil)
    let held = excerpt.held(in: organization).compactMap { weighing.weigh($0) }.sorted(by: Explanation.isNearer)
    budget.end(weighing.taken)
    let missing = decision.reason == .noRoleGrantsPermission ? weighing.giving() : []
    let told = Array(missing.prefix(Explanation.maximum))
    return Explanation(
      decision: decision, moment: moment, permission: permission,
      held: try held.prefix(Explanation.maximum).map { try complete($0, &weighing, within: &budget) },
      heldBesides: max(0, held.count - Explanation.maximum), missing: told, missingBesides: missing.count - told.count,
      people: try activeHolders(
        ofAny: Set(told.flatMap(\.mayBeGivenBy)), in: organization, atMost: Explanation.maximumPeople))
  }

  /// Adds what decisions do not need to know.
  private func complete(
    _ held: Explanation.Held, _ weighing: inout Weighing, within budget: inout RequestBudget
  ) throws -> Explanation.Held {
    var held = held
    weighing.tellConditions(of: &held, within: &budget)
    held.assignment = try roleAssignment(held.facts.id) ?? pastRoleAssignment(held.facts.id)?.assignment
    if case .group(let id) = held.holder { held.group = try group(id) }
    return held
  }
}
