internal import AccessControl
internal import Primitives

/// Makes of what was presented what `DecideAccess` is asked, strictly where a decision depends on it: required members have to be there and be texts
/// (THREATS AZN1), optional ones may be missing, and `null` is no value of any of them.
struct QuestionReader {
  /// What is wrong with a question: which member and how, without anything of what was sent.
  struct Flaw: Error {
    let sentence: String

    init(_ sentence: String) { self.sentence = sentence }
  }

  /// A member of a question that is right, or what is wrong with it.
  typealias Read<Value> = Result<Value, Flaw>

  private let body: BodyReader
  private let subject: Read<AccessRequest.Subject>
  private let action: Read<AccessRequest.Action>
  private let resource: Read<AccessRequest.Resource>
  private let context: Read<JSONObject>

  /// Reads the body's own question, once; the items of a batch inherit from it whole members and share them.
  init(_ body: BodyReader) {
    self.body = body
    let question = body.body.question
    subject = Self.read { () throws(Flaw) in try Self.subject(question.subject, body) }
    action = Self.read { () throws(Flaw) in try Self.action(question.action, body) }
    resource = Self.read { () throws(Flaw) in try Self.resource(question.resource, body) }
    context = Self.read { () throws(Flaw) in try Self.context(question.context) }
  }

  /// The body's own question.
  func question() throws(Flaw) -> AccessRequest {
    AccessRequest(subject: try subject.get(), action: try action.get(), resource: try resource.get(), context: try context.get())
  }

  /// An item of a batch: what it has it has whole, what it lacks it has from the body (§7.1.1).
  func question(_ item: PresentedQuestion) throws(Flaw) -> AccessRequest {
    AccessRequest(
      subject: item.subject.isMissing ? try subject.get() : try Self.subject(item.subject, body),
      action: item.action.isMissing ? try action.get() : try Self.action(item.action, body),
      resource: item.resource.isMissing ? try resource.get() : try Self.resource(item.resource, body),
      context: item.context.isMissing ? try context.get() : try Self.context(item.context))
  }

  private static func read<Value>(_ read: () throws(Flaw) -> Value) -> Read<Value> { Result(catching: read) }

  static func subject(_ presented: Presented<PresentedEntity>, _ body: BodyReader) throws(Flaw) -> AccessRequest.Subject {
    let entity = try required(presented, "subject", "an object")
    return AccessRequest.Subject(
      type: body.string(try required(entity.type, "subject.type", "a string")),
      id: body.string(try required(entity.id, "subject.id", "a string")),
      properties: try optional(entity.properties, "subject.properties"))
  }

  static func action(_ presented: Presented<PresentedEntity>, _ body: BodyReader) throws(Flaw) -> AccessRequest.Action {
    let entity = try required(presented, "action", "an object")
    return AccessRequest.Action(
      name: body.string(try required(entity.name, "action.name", "a string")),
      properties: try optional(entity.properties, "action.properties"))
  }

  static func resource(_ presented: Presented<PresentedEntity>, _ body: BodyReader) throws(Flaw) -> AccessRequest.Resource {
    let entity = try required(presented, "resource", "an object")
    let properties = try optional(entity.properties, "resource.properties")
    try requireText("organization", of: properties, "resource.properties.organization")
    return AccessRequest.Resource(
      type: body.string(try required(entity.type, "resource.type", "a string")),
      id: body.string(try required(entity.id, "resource.id", "a string")), properties: properties)
  }

  static func context(_ presented: Presented<JSONObject>) throws(Flaw) -> JSONObject {
    let context = try optional(presented, "context")
    try requireText("organization", of: context, "context.organization")
    return context
  }

  static func required<Value: Sendable>(_ presented: Presented<Value>, _ path: String, _ type: String) throws(Flaw) -> Value {
    switch presented {
    case .value(let value): return value
    case .missing: throw Flaw("\(path) is missing.")
    case .otherType, .tooLarge: throw Flaw("\(path) is not \(type).")
    }
  }

  static func optional(_ presented: Presented<JSONObject>, _ path: String) throws(Flaw) -> JSONObject {
    switch presented {
    case .value(let object): return object
    case .missing: return [:]
    case .otherType: throw Flaw("\(path) is not an object.")
    case .tooLarge: throw Flaw("\(path) is longer than \(EvaluationLimits.propertyBytes) bytes.")
    }
  }

  /// The organization decides where a decision is made. One of the wrong type must not be taken for none (AZN1).
  static func requireText(_ name: String, of object: JSONObject, _ path: String) throws(Flaw) {
    guard let value = object[name] else { return }
    guard case .string = value else { throw Flaw("\(path) is not a string.") }
  }
}
