internal import AccessControl
internal import Identity
internal import Primitives

/// A question that is right, as places in the body that asks it: most decisions need no more than its names, and make nothing of the rest.
struct ReadQuestion {
  let subject: ReadSubject
  let action: ReadAction
  let resource: ReadResource
  let context: PresentedObject?
}

struct ReadSubject {
  let type: JSONScanner.Text
  let id: JSONScanner.Text
  let properties: PresentedObject?
}

struct ReadAction {
  let name: JSONScanner.Text
  let properties: PresentedObject?
}

struct ReadResource {
  let type: JSONScanner.Text
  let id: JSONScanner.Text
  let properties: PresentedObject?
}

extension BodyReader {
  /// The question as a whole.
  func request(_ question: ReadQuestion) -> AccessRequest {
    AccessRequest(
      subject: subject(question.subject), action: action(question.action), resource: resource(question.resource),
      context: object(question.context))
  }

  func subject(_ subject: ReadSubject) -> AccessRequest.Subject {
    AccessRequest.Subject(type: string(subject.type), id: string(subject.id), properties: object(subject.properties))
  }

  func action(_ action: ReadAction) -> AccessRequest.Action {
    AccessRequest.Action(name: string(action.name), properties: object(action.properties))
  }

  func resource(_ resource: ReadResource) -> AccessRequest.Resource {
    AccessRequest.Resource(type: string(resource.type), id: string(resource.id), properties: object(resource.properties))
  }

  /// What the question names, for as long as the call lasts.
  func withNames<Value>(_ question: ReadQuestion, _ body: (AccessNames) -> Value) -> Value {
    withBytes { bytes in
      body(
        AccessNames(
          subjectType: bytes[question.subject.type], subjectID: bytes[question.subject.id],
          action: bytes[question.action.name], resourceType: bytes[question.resource.type],
          resourceID: bytes[question.resource.id]))
    }
  }

  /// Where the question is to be decided.
  func place(_ question: ReadQuestion) throws(DecideAccess.Refusal) -> AccessPlace {
    AccessPlace(
      resourceOrganization: organization(question.resource.properties), contextOrganization: organization(question.context),
      activeRoles: question.context?.namesActiveRoles == true ? try DecideAccess.activeRoles(object(question.context)) : nil)
  }

  private func organization(_ object: PresentedObject?) -> String? {
    if case .value(let text) = object?.organization { string(text) } else { nil }
  }
}
