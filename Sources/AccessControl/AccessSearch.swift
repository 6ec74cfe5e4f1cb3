package import Primitives

/// The question a search answers: who may do this to that, to what may they do it, or what may they do to it?
///
/// Each candidate is asked about as an `AccessRequest` would ask, so a search never says yes where a decision says no.
package struct AccessSearch: Sendable {
  /// What is looked for: everything of one type.
  package struct Candidates: Sendable {
    package let type: String
    /// What the question says of each of them, in front of what is stored.
    package let properties: JSONObject

    package init(type: String, properties: JSONObject = [:]) {
      self.type = type
      self.properties = properties
    }
  }

  package enum Question: Sendable {
    /// Who may do the action to the resource?
    case subjects(Candidates, action: AccessRequest.Action, resource: AccessRequest.Resource)
    /// To what may the subject do the action?
    case resources(Candidates, subject: AccessRequest.Subject, action: AccessRequest.Action)
    /// What may the subject do to the resource?
    case actions(subject: AccessRequest.Subject, resource: AccessRequest.Resource)
  }

  package let question: Question
  package let context: JSONObject

  package init(_ question: Question, context: JSONObject = [:]) {
    self.question = question
    self.context = context
  }

  /// What is asked about one candidate.
  ///
  /// - Parameter name: the id of a subject or a resource, the name of an action.
  package func request(about name: String) -> AccessRequest {
    switch question {
    case .subjects(let candidates, let action, let resource):
      AccessRequest(
        subject: AccessRequest.Subject(type: candidates.type, id: name, properties: candidates.properties), action: action,
        resource: resource, context: context)
    case .resources(let candidates, let subject, let action):
      AccessRequest(
        subject: subject, action: action,
        resource: AccessRequest.Resource(type: candidates.type, id: name, properties: candidates.properties), context: context)
    case .actions(let subject, let resource):
      AccessRequest(subject: subject, action: AccessRequest.Action(name: name), resource: resource, context: context)
    }
  }
}
