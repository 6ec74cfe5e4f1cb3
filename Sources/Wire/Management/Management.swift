/// The messages of the management API below `/api/v1`: what a client sends and what it is answered.
///
/// Members are written in snake case, times as RFC 3339 in UTC. A member without a value is left out, except where its absence and `null` say
/// different things (`Change`).
public enum Management {
  /// One page of a list.
  public struct Page<Item: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    /// In the order of the list, at most as many as were asked for.
    public var items: [Item]
    /// Where the next page begins, to be sent as `after`; absent on the last page.
    public var next: String?

    /// A page.
    public init(items: [Item], next: String?) {
      self.items = items
      self.next = next
    }
  }

  /// What is to happen to a member that may be empty: it stays when it is not mentioned, and is emptied by `null` (RFC 7396).
  public enum Change<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    case keep, clear
    case set(Value)

    /// Reads a value or `null`; an absent member is `keep`, and read by the object that holds it.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      self = container.decodeNil() ? .clear : .set(try container.decode(Value.self))
    }

    /// Writes the value or `null`.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .set(let value): try container.encode(value)
      case .keep, .clear: try container.encodeNil()
      }
    }
  }
}

extension KeyedDecodingContainer {
  func decode<Value>(_ type: Management.Change<Value>.Type, forKey key: Key) throws -> Management.Change<Value> {
    guard contains(key) else { return .keep }
    return try decodeNil(forKey: key) ? .clear : .set(try decode(Value.self, forKey: key))
  }
}

extension KeyedEncodingContainer {
  mutating func encode<Value>(_ change: Management.Change<Value>, forKey key: Key) throws {
    switch change {
    case .keep: break
    case .clear: try encodeNil(forKey: key)
    case .set(let value): try encode(value, forKey: key)
    }
  }
}
