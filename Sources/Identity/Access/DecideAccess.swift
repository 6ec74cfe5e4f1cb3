package import AccessControl
internal import Primitives

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
    /// The store cannot be asked whether what we know is still so; nothing is allowed from stale facts.
    case unavailable
  }

  package init() {}

  /// - Parameters:
  ///   - request: subject of type `user`, whose id is the `sub` the asking application sees.
  ///   - asker: the application whose token carried the question.
  ///   - policy: what is known now. A decision needs nothing else of the environment.
  package func callAsFunction(
    _ request: AccessRequest, askedBy asker: Application, knowing policy: PolicySnapshot
  ) throws(Refusal) -> Decision {
    guard policy.isCurrent else { throw .unavailable }
    let registered = request.resource.id.flatMap { policy.resource(ResourceName(type: request.resource.type, id: $0)) }
    let resolution = OrganizationRule.resolve(
      registeredResource: registered,
      resourceProperty: request.resource.properties["organization"]?.stringValue,
      context: request.context["organization"]?.stringValue,
      asker: asker.decisionAsker)
    func decide(in organization: OrganizationID, _ relevant: (Facts) -> Facts) -> Decision {
      let account = request.subject.type == "user" ? AccountID(request.subject.id) : nil
      return Engine.decide(request, relevant(policy.facts(of: account, in: organization))).asked(in: organization)
    }
    switch resolution {
    case .contradiction: throw .contradiction
    case .denied(let reason): return .deny(reason)
    case .withheld(let organization): return decide(in: organization, \.withoutRoles)
    case .organization(let organization): return decide(in: organization) { $0 }
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
