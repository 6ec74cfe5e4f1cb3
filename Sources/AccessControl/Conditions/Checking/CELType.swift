/// A type of the checker (CEL language definition, "Gradual Type Checking").
indirect enum CELType: Hashable, Sendable {
  case bool, int, uint, double, string, bytes, null, timestamp, duration
  /// Known only when the condition is evaluated.
  case dyn
  /// The type of types.
  case type
  case list(CELType)
  case map(CELType, CELType)
  /// A map of which the fields are known: what a condition's variables are.
  case record(CELRecord)
  /// Not determined yet.
  case variable(Int)
}

/// The fields of a record with their types.
struct CELRecord: Hashable, Sendable {
  let fields: [String: CELType]
}

extension CELType: CustomStringConvertible {
  /// As the language definition writes it: `map(string, dyn)`.
  var description: String {
    switch self {
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .null: "null"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .dyn: "dyn"
    case .type: "type"
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .record: "map(string, dyn)"
    case .variable: "dyn"
    }
  }

  /// How many types it consists of.
  var size: Int {
    switch self {
    case .list(let element): 1 + element.size
    case .map(let key, let value): 1 + key.size + value.size
    default: 1
    }
  }

  /// The type of the value that a constant is.
  init(of constant: CELValue) {
    switch constant {
    case .null: self = .null
    case .bool: self = .bool
    case .int: self = .int
    case .uint: self = .uint
    case .double: self = .double
    case .string: self = .string
    case .bytes: self = .bytes
    case .timestamp: self = .timestamp
    case .duration: self = .duration
    case .type: self = .type
    case .list: self = .list(.dyn)
    case .map: self = .map(.dyn, .dyn)
    }
  }
}
