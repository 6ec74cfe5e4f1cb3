internal import Primitives

/// A value of the Common SyntaxTree Language. JSON stays JSON inside: what a condition never looks at is never converted.
enum CELValue: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  /// Compared, counted and searched by its scalars, never by characters or canonical equivalence as Swift does by itself.
  case string(String)
  case bytes([UInt8])
  case list(CELList)
  case map(CELMap)
  case timestamp(CELInstant)
  /// Nanoseconds.
  case duration(Int64)
  case type(CELTypeName)

  /// A JSON value. Every number is a double, however it was written, so that a condition does not depend on how a client prints `3`.
  init(_ json: JSON) {
    switch json {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .integer(let value): self = .double(Double(value))
    case .number(let value): self = .double(value)
    case .string(let text): self = .string(text)
    case .array(let elements): self = .list(.json(elements))
    case .object(let object): self = .map(.json(object))
    }
  }

  /// The name of its type, which is also the value of `type(x)`.
  var typeName: CELTypeName {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .list: .list
    case .map: .map
    case .timestamp: .timestamp
    case .duration: .duration
    case .type: .type
    }
  }
}

/// The names of the types as values.
enum CELTypeName: String, Sendable {
  case null = "null_type"
  case bool, int, uint, double, string, bytes, list, map, type
  case timestamp = "google.protobuf.Timestamp"
  case duration = "google.protobuf.Duration"
}
