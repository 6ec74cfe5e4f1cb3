internal import AccessControl
internal import Identity
internal import Primitives

/// Walks once through a body and notes where the few members stand that an answer depends on (Authorization API 1.0 §6.1, §7.1, §8).
///
/// A member that comes twice is refused at any depth (THREATS HTP4), also where nobody reads it. Members nobody knows are ignored, as the standard asks
/// of receivers, so that it can grow; their order says nothing.
struct BodyReader {
  /// What is asked; each has a member of its own.
  enum Kind { case question, batch, search }

  let body: PresentedBody
  private let scanner: JSONScanner
  /// What the items of a batch inherit, made once, by where it begins.
  private let inherited: [Int: JSONObject]

  init(_ bytes: [UInt8], of kind: Kind) throws(EvaluationRefusal) {
    var scanner = JSONScanner(bytes, maximumDepth: EvaluationLimits.depth, maximumMembers: EvaluationLimits.members)
    var body = PresentedBody()
    let isObject = scanner.kind() == .object
    do {
      if isObject {
        try scanner.object { (scanner, name) throws(JSONError) in
          if scanner.isExactly(name, "options") {
            body.options = try Self.object(&scanner)
          } else if kind == .batch, scanner.isExactly(name, "evaluations") {
            body.evaluations = try Self.questions(&scanner)
          } else if kind == .search, scanner.isExactly(name, "page") {
            body.page = try Self.object(&scanner)
          } else {
            try Self.member(name, of: &body.question, &scanner)
          }
        }
      } else {
        // What is no JSON at all is told so.
        try scanner.skip()
      }
      try scanner.finish()
    } catch { throw .malformed(Self.describe(error)) }
    guard isObject else { throw .malformed("The body is not a JSON object.") }
    self.body = body
    self.scanner = scanner
    inherited = body.asksMany ? Self.objects(of: body.question, scanner) : [:]
  }

  // MARK: what was read

  /// A text of the body as a string of its own.
  func string(_ text: JSONScanner.Text) -> String { scanner.string(text) }

  /// Properties or a context as a whole.
  func object(_ presented: PresentedObject?) -> JSONObject {
    presented.map { inherited[$0.place.lowerBound] ?? Self.object($0, scanner) } ?? [:]
  }

  private static func object(_ presented: PresentedObject, _ scanner: JSONScanner) -> JSONObject {
    // It was right when it was walked over.
    (try? scanner.object(at: presented.place)) ?? [:]
  }

  private static func objects(of question: PresentedQuestion, _ scanner: JSONScanner) -> [Int: JSONObject] {
    var objects: [Int: JSONObject] = [:]
    for entity in [question.subject, question.action, question.resource] {
      guard case .value(let entity) = entity, case .value(let properties) = entity.properties else { continue }
      objects[properties.place.lowerBound] = object(properties, scanner)
    }
    if case .value(let context) = question.context { objects[context.place.lowerBound] = object(context, scanner) }
    return objects
  }

  func withBytes<Value>(_ body: (JSONScanner.Bytes) -> Value) -> Value { scanner.withBytes(body) }

  // MARK: reading

  private static func questions(_ scanner: inout JSONScanner) throws(JSONError) -> Presented<[PresentedQuestion]> {
    guard scanner.kind() == .array else { return try skipped(&scanner) }
    var questions: [PresentedQuestion] = []
    var rest: Presented<[PresentedQuestion]>?
    try scanner.array { (scanner) throws(JSONError) in
      if scanner.kind() != .object { rest = .otherType }
      if questions.count == EvaluationLimits.evaluations { rest = rest ?? .tooLarge }
      guard rest == nil else { return try scanner.skip() }
      var question = PresentedQuestion()
      try scanner.object { (scanner, name) throws(JSONError) in try member(name, of: &question, &scanner) }
      questions.append(question)
    }
    return rest ?? .value(questions)
  }

  private static func member(
    _ name: JSONScanner.Text, of question: inout PresentedQuestion, _ scanner: inout JSONScanner
  ) throws(JSONError) {
    // Names of different lengths are told apart by them.
    switch name.count {
    case 7 where scanner.isExactly(name, "subject"): question.subject = try entity(&scanner)
    case 6 where scanner.isExactly(name, "action"): question.action = try entity(&scanner)
    case 8 where scanner.isExactly(name, "resource"): question.resource = try entity(&scanner)
    case 7 where scanner.isExactly(name, "context"): question.context = try properties(&scanner)
    default: try scanner.skip()
    }
  }

  private static func entity(_ scanner: inout JSONScanner) throws(JSONError) -> Presented<PresentedEntity> {
    guard scanner.kind() == .object else { return try skipped(&scanner) }
    var entity = PresentedEntity()
    try scanner.object { (scanner, name) throws(JSONError) in
      switch name.count {
      case 4 where scanner.isExactly(name, "type"): entity.type = try text(&scanner)
      case 2 where scanner.isExactly(name, "id"): entity.id = try text(&scanner)
      case 4 where scanner.isExactly(name, "name"): entity.name = try text(&scanner)
      case 10 where scanner.isExactly(name, "properties"): entity.properties = try properties(&scanner)
      default: try scanner.skip()
      }
    }
    return .value(entity)
  }

  private static func text(_ scanner: inout JSONScanner) throws(JSONError) -> Presented<JSONScanner.Text> {
    guard scanner.kind() == .string else { return try skipped(&scanner) }
    return .value(try scanner.text())
  }

  private static func properties(_ scanner: inout JSONScanner) throws(JSONError) -> Presented<PresentedObject> {
    guard scanner.kind() == .object else { return try skipped(&scanner) }
    let start = scanner.position
    var object = PresentedObject(place: start..<start)
    try scanner.object { (scanner, name) throws(JSONError) in
      if scanner.isExactly(name, "organization") {
        object.organization = try text(&scanner)
      } else {
        if scanner.isExactly(name, "active_roles") { object.namesActiveRoles = true }
        if scanner.isExactly(name, AccessRequest.momentName) { object.namesMoment = true }
        try scanner.skip()
      }
    }
    object.place = start..<scanner.position
    return object.place.count > EvaluationLimits.propertyBytes ? .tooLarge : .value(object)
  }

  private static func object(_ scanner: inout JSONScanner) throws(JSONError) -> Presented<JSONObject> {
    guard scanner.kind() == .object else { return try skipped(&scanner) }
    let start = scanner.position
    let object = try scanner.objectValue()
    return scanner.position - start > EvaluationLimits.propertyBytes ? .tooLarge : .value(object)
  }

  private static func skipped<Value: Sendable>(_ scanner: inout JSONScanner) throws(JSONError) -> Presented<Value> {
    try scanner.skip()
    return .otherType
  }

  private static func describe(_ error: JSONError) -> String {
    switch error {
    case .syntax, .invalidText, .numberOutOfRange: "The body is not JSON."
    case .tooDeep: "The body is nested more than \(EvaluationLimits.depth) deep."
    case .tooManyMembers: "An object of the body has more than \(EvaluationLimits.members) members."
    case .duplicateMember: "A member of the body comes twice."
    }
  }
}
