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

  private let subject: Read<ReadSubject>
  private let action: Read<ReadAction>
  private let resource: Read<ReadResource>
  private let context: Read<PresentedObject?>

  /// Reads the body's own question, once; the items of a batch inherit from it whole members and share them.
  init(_ question: PresentedQuestion) {
    subject = Self.read { () throws(Flaw) in try Self.subject(question.subject) }
    action = Self.read { () throws(Flaw) in try Self.action(question.action) }
    resource = Self.read { () throws(Flaw) in try Self.resource(question.resource) }
    context = Self.read { () throws(Flaw) in try Self.context(question.context) }
  }

  /// The body's own question.
  func question() throws(Flaw) -> ReadQuestion {
    ReadQuestion(subject: try subject.get(), action: try action.get(), resource: try resource.get(), context: try context.get())
  }

  /// An item of a batch: what it has it has whole, what it lacks it has from the body (§7.1.1).
  func question(_ item: PresentedQuestion) throws(Flaw) -> ReadQuestion {
    ReadQuestion(
      subject: item.subject.isMissing ? try subject.get() : try Self.subject(item.subject),
      action: item.action.isMissing ? try action.get() : try Self.action(item.action),
      resource: item.resource.isMissing ? try resource.get() : try Self.resource(item.resource),
      context: item.context.isMissing ? try context.get() : try Self.context(item.context))
  }

  private static func read<Value>(_ read: () throws(Flaw) -> Value) -> Read<Value> { Result(catching: read) }

  static func subject(_ presented: Presented<PresentedEntity>) throws(Flaw) -> ReadSubject {
    let entity = try required(presented, "subject", "an object")
    return ReadSubject(
      type: try required(entity.type, "subject.type", "a string"), id: try required(entity.id, "subject.id", "a string"),
      properties: try optional(entity.properties, "subject.properties"))
  }

  static func action(_ presented: Presented<PresentedEntity>) throws(Flaw) -> ReadAction {
    let entity = try required(presented, "action", "an object")
    return ReadAction(
      name: try required(entity.name, "action.name", "a string"),
      properties: try optional(entity.properties, "action.properties"))
  }

  static func resource(_ presented: Presented<PresentedEntity>) throws(Flaw) -> ReadResource {
    let entity = try required(presented, "resource", "an object")
    let properties = try optional(entity.properties, "resource.properties")
    try requireOrganization(of: properties, "resource.properties.organization")
    return ReadResource(
      type: try required(entity.type, "resource.type", "a string"), id: try required(entity.id, "resource.id", "a string"),
      properties: properties)
  }

  static func context(_ presented: Presented<PresentedObject>) throws(Flaw) -> PresentedObject? {
    let context = try optional(presented, "context")
    try requireOrganization(of: context, "context.organization")
    return context
  }

  static func required<Value: Sendable>(_ presented: Presented<Value>, _ path: String, _ type: String) throws(Flaw) -> Value {
    switch presented {
    case .value(let value): return value
    case .missing: throw Flaw("\(path) is missing.")
    case .otherType, .tooLarge: throw Flaw("\(path) is not \(type).")
    }
  }

  static func optional(_ presented: Presented<PresentedObject>, _ path: String) throws(Flaw) -> PresentedObject? {
    switch presented {
    case .value(let object): return object
    case .missing: return nil
    case .otherType: throw Flaw("\(path) is not an object.")
    case .tooLarge: throw Flaw("\(path) is longer than \(EvaluationLimits.propertyBytes) bytes.")
    }
  }

  /// The organization decides where a decision is made. One of the wrong type must not be taken for none (AZN1).
  static func requireOrganization(of object: PresentedObject?, _ path: String) throws(Flaw) {
    switch object?.organization {
    case nil, .missing, .value: return
    case .otherType, .tooLarge: throw Flaw("\(path) is not a string.")
    }
  }
}
