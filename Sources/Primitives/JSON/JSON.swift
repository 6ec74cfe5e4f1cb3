/// One JSON value (RFC 8259). A number written without fraction or exponent that fits `Int64` is an `integer`; every other is a `number`.
///
/// For documents whose shape is not ours (claims, properties of a resource, metadata of others) and for the strict reading of what
/// strangers send. It is public because messages of `Wire` hold it.
public indirect enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSON])
  case object(JSONObject)
}

/// The value when it is of the asked kind.
extension JSON {
  /// The text of a string.
  public var stringValue: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The value of a number that is whole and fits, however it was written: `3`, `3.0`, `3e0`.
  public var intValue: Int64? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int64(exactly: value)
    default: nil
    }
  }

  /// The value of `true` or `false`.
  public var boolValue: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The elements of an array.
  public var arrayValue: [JSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The members of an object.
  public var objectValue: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// `null`
  public init(nilLiteral: ()) { self = .null }
  /// `true`, `false`
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// `42`
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// `0.5`
  public init(floatLiteral value: Double) { self = .number(value) }
  /// `"text"`
  public init(stringLiteral value: String) { self = .string(value) }
  /// `[1, 2]`
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// `["name": "value"]`
  public init(dictionaryLiteral members: (String, JSON)...) { self = .object(JSONObject(members)) }
}

extension JSON {
  /// The value as UTF-8 without blanks.
  public func encoded() -> [UInt8] {
    var writer = JSONWriter()
    writer.value(self)
    return writer.bytes
  }

  /// The value as text without blanks.
  public var text: String { String(decoding: encoded(), as: UTF8.self) }
}
