internal import AccessControl
internal import AuthZEN
internal import Identity
internal import Localization
internal import Primitives
internal import Wire

extension Operation {
  static let explanations: [Operation] = [
    .ask(
      "/organizations/{organization}/explanations", "explainDecision",
      "Decide a question as the decision endpoint would now, and say why: what counts, what nearly does, and who could give what is missing.",
      needs: .permission(.roleView, in: .organization)
    ) { (call: Call, body: Management.ExplainedQuestion) -> Management.Explanation in
      let explanation = try await ExplainDecision()(
        body.request, in: try call.organization, call.occasion, env: call.env)
      let reason = explanation.decision.reason
      return Management.Explanation(
        decision: explanation.decision.allowed, reason: reason.codeForApplications,
        reasonUser: Dictionary(
          uniqueKeysWithValues: Language.all.map { ($0.tag, reason.sentence(Sentences($0, from: call.tables))) }),
        reasonAdmin: AccessExplanation(explanation))
    }
  ]
}

extension Management.ExplainedQuestion {
  fileprivate var request: AccessRequest {
    AccessRequest(
      subject: AccessRequest.Subject(type: subject.type, id: subject.id, properties: subject.properties ?? [:]),
      action: AccessRequest.Action(name: action.name, properties: action.properties ?? [:]),
      resource: AccessRequest.Resource(type: resource.type, id: resource.id, properties: resource.properties ?? [:]),
      context: context ?? [:])
  }
}

extension PastRefusal: SaidByManagement {
  var said: ManagementRefusal { .notAccepted("context/at", "past", sentence) }
}

extension DecideAccess.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .activeRolesMalformed:
      .notAccepted("context", "active_roles", "active_roles is no array of at most \(RoleActivation.maximumActive) ids of roles.")
    case .contradiction:
      .notAccepted("context", "contradiction", "resource.properties.organization and context.organization differ.")
    }
  }
}
