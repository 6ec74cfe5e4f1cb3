internal import Identity
internal import Primitives
internal import Wire

/// Checks a value somebody sent against its shape, and names everything that is wrong with it by JSON Pointer (RFC 6901), so that a developer
/// mends a request once.
struct SchemaCheck {
  /// After this many flaws nobody reads on.
  static let maximumFlaws = 20

  private(set) var flaws: [Problem.Field] = []

  static func flaws(of value: JSON, _ schema: Schema) -> [Problem.Field] {
    var check = SchemaCheck()
    check.check(value, schema, at: "")
    return Array(check.flaws.prefix(maximumFlaws))
  }

  private mutating func check(_ value: JSON, _ schema: Schema, at pointer: String) {
    guard flaws.count < Self.maximumFlaws else { return }
    switch (schema, value) {
    case (.text(let length, _), .string(let text)): check(text, length, at: pointer)
    case (.id, .string(let text)):
      if Identifier<Never>(text) == nil { add("malformed", "Not an id.", at: pointer) }
    case (.word(let words), .string(let text)):
      if !words.contains(where: text.isExactly) { add("unknown_word", "One of: \(words.joined(separator: ", ")).", at: pointer) }
    case (.flag, .bool): break
    case (.integer(let range), _) where value.intValue != nil:
      if let number = value.intValue, !range.contains(number) {
        add("out_of_range", "From \(range.lowerBound) to \(range.upperBound).", at: pointer)
      }
    case (.list(let element, let count), .array(let elements)):
      guard count.contains(elements.count) else {
        return add(
          elements.count < count.lowerBound ? "too_few" : "too_many", "From \(count.lowerBound) to \(count.upperBound).",
          at: pointer)
      }
      for (index, value) in elements.enumerated() { check(value, element, at: "\(pointer)/\(index)") }
    case (.message(let message), .object(let object)): check(object, message, at: pointer)
    case (.openObject, .object), (.anything, _): break
    default: add("wrong_type", "Expected \(schema.typeName).", at: pointer)
    }
  }

  private mutating func check(_ text: String, _ length: ClosedRange<Int>, at pointer: String) {
    let count = text.unicodeScalars.count
    if count < length.lowerBound { add("too_short", "At least \(length.lowerBound) characters.", at: pointer) }
    if count > length.upperBound { add("too_long", "At most \(length.upperBound) characters.", at: pointer) }
    if text.utf8.contains(0) { add("malformed", "NUL cannot be stored.", at: pointer) }
  }

  private mutating func check(_ object: JSONObject, _ message: Message, at pointer: String) {
    for member in message.members {
      let place = "\(pointer)/\(member.name)"
      switch object[member.name] {
      case nil: if member.isRequired { add("required", nil, at: place) }
      case .null: if !member.takesNull { add("null", "null is no value here.", at: place) }
      case let value?: check(value, member.schema, at: place)
      }
    }
    let known = Set(message.members.map(\.name))
    for (name, _) in object.members where !known.contains(name) { add("unknown", nil, at: "\(pointer)/\(Self.escape(name))") }
  }

  private mutating func add(_ code: String, _ detail: String?, at pointer: String) {
    flaws.append(Problem.Field(pointer: pointer, code: code, detail: detail))
  }

  /// RFC 6901 §3; a name somebody invented is cut, so that a problem stays small.
  private static func escape(_ name: String) -> String {
    String(name.prefix(100)).split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
      .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
  }
}

extension Schema {
  var typeName: String {
    switch self {
    case .text, .id, .word: "a string"
    case .flag: "true or false"
    case .integer: "a whole number"
    case .list: "an array"
    case .message, .openObject: "an object"
    case .anything: "a value"
    }
  }
}
