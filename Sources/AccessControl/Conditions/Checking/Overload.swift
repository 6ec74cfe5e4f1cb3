/// One way to call a function or operator: what it takes and what it gives.
struct Overload {
  let parameters: [CELType]
  let result: CELType

  init(_ parameters: CELType..., gives result: CELType) {
    self.parameters = parameters
    self.result = result
  }
}

extension CELType {
  /// Stands for any type, the same wherever it occurs in one overload; `b` for another one beside it.
  static let a = CELType.variable(-1)
  static let b = CELType.variable(-2)
}

/// The overloads of the standard (language definition, "List of Standard Definitions").
enum StandardOverloads {
  /// Of an operator, by its sign.
  static func of(_ operator: SyntaxTree.BinaryOperator) -> [Overload] {
    switch `operator` {
    case .equal, .notEqual: [Overload(.a, .a, gives: .bool)]
    case .less, .lessOrEqual, .greater, .greaterOrEqual: ordered.map { Overload($0, $0, gives: .bool) }
    case .in: [Overload(.a, .list(.a), gives: .bool), Overload(.a, .map(.a, .b), gives: .bool)]
    case .add:
      [.int, .uint, .double, .string, .bytes, .duration].map { Overload($0, $0, gives: $0) } + [
        Overload(.list(.a), .list(.a), gives: .list(.a)),
        Overload(.timestamp, .duration, gives: .timestamp), Overload(.duration, .timestamp, gives: .timestamp),
      ]
    case .subtract:
      [.int, .uint, .double, .duration].map { Overload($0, $0, gives: $0) } + [
        Overload(.timestamp, .timestamp, gives: .duration), Overload(.timestamp, .duration, gives: .timestamp),
      ]
    case .multiply, .divide: [.int, .uint, .double].map { Overload($0, $0, gives: $0) }
    case .remainder: [.int, .uint].map { Overload($0, $0, gives: $0) }
    }
  }

  static let index = [
    Overload(.list(.a), .int, gives: .a), Overload(.map(.a, .b), .a, gives: .b),
  ]
  static let negate = [Overload(.int, gives: .int), Overload(.double, gives: .double)]

  /// Of a function; nil when there is none with this name that is called like this.
  static func of(_ name: String, isReceiver: Bool) -> [Overload]? {
    (isReceiver ? receivers : globals)[name]
  }

  /// The names of all functions called in this way.
  static func names(isReceiver: Bool) -> some Collection<String> {
    (isReceiver ? receivers : globals).keys
  }

  private static let ordered: [CELType] = [.int, .uint, .double, .string, .bytes, .bool, .timestamp, .duration]

  private static let size = [.string, .bytes, .list(.a), .map(.a, .b)].map { Overload($0, gives: .int) }

  private static let globals: [String: [Overload]] = [
    "size": size,
    "matches": [Overload(.string, .string, gives: .bool)],
    "type": [Overload(.a, gives: .type)],
    "dyn": [Overload(.a, gives: .dyn)],
    "bool": [.bool, .string].map { Overload($0, gives: .bool) },
    "int": [.int, .uint, .double, .string, .timestamp].map { Overload($0, gives: .int) },
    "uint": [.uint, .int, .double, .string].map { Overload($0, gives: .uint) },
    "double": [.double, .int, .uint, .string].map { Overload($0, gives: .double) },
    "string": [.string, .bool, .int, .uint, .double, .bytes, .timestamp, .duration].map { Overload($0, gives: .string) },
    "bytes": [.bytes, .string].map { Overload($0, gives: .bytes) },
    "timestamp": [.timestamp, .string, .int].map { Overload($0, gives: .timestamp) },
    "duration": [.duration, .string].map { Overload($0, gives: .duration) },
  ]

  private static let receivers: [String: [Overload]] = {
    var table = ["size": size]
    for name in ["contains", "startsWith", "endsWith", "matches"] { table[name] = [Overload(.string, .string, gives: .bool)] }
    for getter in TimeGetter.allCases {
      table[getter.rawValue] = [Overload(.timestamp, gives: .int), Overload(.timestamp, .string, gives: .int)]
      if getter.isOfDurations { table[getter.rawValue]?.append(Overload(.duration, gives: .int)) }
    }
    return table
  }()
}
