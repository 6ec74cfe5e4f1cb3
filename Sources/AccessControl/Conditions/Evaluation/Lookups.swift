internal import Primitives

/// What one evaluation looked at, in the order in which it did; each place once.
final class Lookups {
  private(set) var found: [ConditionLookup] = []

  func note(_ path: String, _ value: CELValue?) {
    guard !found.contains(where: { $0.path.isExactly(path) }) else { return }
    found.append(ConditionLookup(path: path, value: value.map(\.json)))
  }
}

extension CELValue {
  /// The value as JSON, for a reader: a moment or a type as text, bytes by their number.
  fileprivate var json: JSON {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .integer(value)
    case .uint(let value): Int64(exactly: value).map(JSON.integer) ?? .number(Double(value))
    case .double(let value): Int64(exactly: value).map(JSON.integer) ?? .number(value)
    case .string(let text): .string(text)
    case .bytes(let bytes): .string("\(bytes.count) bytes")
    case .list(.json(let elements)): .array(elements)
    case .list(.values(let values)): .array(values.map(\.json))
    case .map(.json(let object)): .object(object)
    case .map(let map):
      .object(
        JSONObject(
          map.keys.compactMap { key in
            guard case .string(let name) = key, let value = map[name] else { return nil }
            return (name, value.json)
          }))
    case .timestamp(let instant): .string(instant.text)
    case .duration(let nanoseconds): .string(CELDuration.text(nanoseconds))
    case .type(let name): .string(name.rawValue)
    }
  }
}
