internal import Primitives

/// What a key is compared by: numbers of all types by their value without loss, text by its bytes.
enum CELKey: Hashable {
  case bool(Bool)
  case int(Int64)
  /// Above the range of `int`.
  case large(UInt64)
  case string(String)

  /// What a lookup asks for; nil for what can be no key of any map. A number that is not whole is a key that no map has.
  enum Sought {
    case key(CELKey)
    case nowhere
  }

  /// A key in a literal: bool, int, uint or string.
  init?(literal value: CELValue) {
    if case .double = value { return nil }
    guard case .key(let key)? = Self.sought(value) else { return nil }
    self = key
  }

  static func sought(_ value: CELValue) -> Sought? {
    switch value {
    case .bool(let value): return .key(.bool(value))
    case .string(let text): return .key(.string(text))
    case .int(let value): return .key(.int(value))
    case .uint(let value): return .key(Int64(exactly: value).map(CELKey.int) ?? .large(value))
    case .double(let value):
      if let value = Int64(exactly: value) { return .key(.int(value)) }
      if let value = UInt64(exactly: value) { return .key(.large(value)) }
      return .nowhere
    default: return nil
    }
  }

  static func == (left: CELKey, right: CELKey) -> Bool {
    switch (left, right) {
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.large(let left), .large(let right)): left == right
    case (.string(let left), .string(let right)): left.isExactly(right)
    default: false
    }
  }

  func hash(into hasher: inout Hasher) {
    switch self {
    case .bool(let value): hasher.combine(value)
    case .int(let value): hasher.combine(value)
    case .large(let value): hasher.combine(value)
    case .string(let text):
      var text = text
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
  }
}
