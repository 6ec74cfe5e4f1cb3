internal import Primitives

/// The row a statement stands on, read by column number from 0. Valid only until the next row.
package protocol SQLRow {
  func isNull(_ column: Int) throws -> Bool
  /// - Throws: `StoreError.unreadable` when the column holds no whole number.
  func integer(_ column: Int) throws -> Int64
  /// - Throws: `StoreError.unreadable` when the column holds no text.
  func text(_ column: Int) throws -> String
  /// The one place where an engine's truth values are read: 1 and 0, or `t` and `f`.
  func boolean(_ column: Int) throws -> Bool
}

/// How columns become our values.
extension SQLRow {
  func optionalText(_ column: Int) throws -> String? { try isNull(column) ? nil : text(column) }
  func id<Tag>(_ column: Int) throws -> Identifier<Tag> { Identifier(trusted: try text(column)) }
  func optionalID<Tag>(_ column: Int) throws -> Identifier<Tag>? { try optionalText(column).map { Identifier(trusted: $0) } }
  func time(_ column: Int) throws -> Timestamp { Timestamp(microseconds: try integer(column)) }
  func optionalTime(_ column: Int) throws -> Timestamp? { try isNull(column) ? nil : time(column) }
  func digest(_ column: Int) throws -> SecretDigest { SecretDigest(stored: try text(column)) }
  func list(_ column: Int) throws -> [String] { try TextList.decode(text(column)) }

  func object(_ column: Int) throws -> JSONObject {
    guard let object = (try? JSON.parse(text(column).utf8))?.objectValue else { throw StoredValue.unreadable("object", column) }
    return object
  }

  func count(_ column: Int) throws -> Int {
    guard let count = Int(exactly: try integer(column)) else { throw StoredValue.unreadable("count", column) }
    return count
  }

  func state<State: RawRepresentable<String>>(_ column: Int, _: State.Type = State.self) throws -> State {
    try value(column) { State(rawValue: $0) }
  }

  func optionalState<State: RawRepresentable<String>>(_ column: Int, _: State.Type = State.self) throws -> State? {
    try isNull(column) ? nil : state(column)
  }

  /// A text that our own type must understand, because only our own type wrote it.
  func value<Value>(_ column: Int, _ make: (String) -> Value?) throws -> Value {
    guard let value = make(try text(column)) else { throw StoredValue.unreadable("\(Value.self)", column) }
    return value
  }
}
