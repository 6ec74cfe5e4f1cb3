/// The document that a decoder decodes, for it to carry along: then a member whose shape the message leaves open is taken from there as it is.
///
/// A decoder can only be asked whether a value is this or that, and each wrong guess is an error that is thrown: microseconds for each element.
package enum ParsedDocument {
  private static let key = CodingUserInfoKey(rawValue: "usher.parsedDocument")

  package static func carry(_ document: JSON, in userInfo: inout [CodingUserInfoKey: any Sendable]) {
    if let key { userInfo[key] = document }
  }

  /// What stands where the decoder is; nil where it carries no document.
  fileprivate static func value(at decoder: any Decoder) -> JSON? {
    guard let key, let document = decoder.userInfo[key] as? JSON else { return nil }
    return document.value(at: decoder.codingPath)
  }
}

/// JSON inside a `Codable` message: a member whose shape the message leaves open.
extension JSON: Codable {
  /// Takes whatever the decoder holds at this place.
  public init(from decoder: any Decoder) throws {
    if let value = ParsedDocument.value(at: decoder) {
      self = value
      return
    }
    if let container = try? decoder.container(keyedBy: MemberName.self) {
      var members: [(name: String, value: JSON)] = []
      for key in container.allKeys { members.append((key.stringValue, try container.decode(JSON.self, forKey: key))) }
      self = .object(JSONObject(distinct: members))
      return
    }
    if var container = try? decoder.unkeyedContainer() {
      var elements: [JSON] = []
      while !container.isAtEnd { elements.append(try container.decode(JSON.self)) }
      self = .array(elements)
      return
    }
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else {
      self = .string(try container.decode(String.self))
    }
  }

  fileprivate func value(at path: [any CodingKey]) -> JSON? {
    var value = self
    for key in path {
      switch value {
      case .object(let object):
        guard let member = object[key.stringValue] else { return nil }
        value = member
      case .array(let elements):
        guard let index = key.intValue, elements.indices.contains(index) else { return nil }
        value = elements[index]
      default: return nil
      }
    }
    return value
  }

  /// Writes the value as what it is.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .object(let object):
      try object.encode(to: encoder)
    case .array(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(element) }
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .bool(let value):
      var container = encoder.singleValueContainer()
      try container.encode(value)
    case .integer(let value):
      var container = encoder.singleValueContainer()
      try container.encode(value)
    case .number(let value):
      var container = encoder.singleValueContainer()
      try container.encode(value)
    case .string(let value):
      var container = encoder.singleValueContainer()
      try container.encode(value)
    }
  }
}

extension JSONObject: Codable {
  /// Takes an object; anything else is a type mismatch.
  public init(from decoder: any Decoder) throws {
    if case .object(let object) = ParsedDocument.value(at: decoder) {
      self = object
      return
    }
    let container = try decoder.container(keyedBy: MemberName.self)
    var members: [(name: String, value: JSON)] = []
    for key in container.allKeys { members.append((key.stringValue, try container.decode(JSON.self, forKey: key))) }
    self.init(distinct: members)
  }

  /// Writes the members in order, as far as the encoder keeps it.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: MemberName.self)
    for (name, value) in members { try container.encode(value, forKey: MemberName(stringValue: name)) }
  }
}

/// Any member name at all.
private struct MemberName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
