internal import Primitives

/// A map: entries that an expression made, an object, or an object in front of another.
enum CELMap: Sendable {
  case entries(CELEntries)
  case json(JSONObject)
  /// A name that both have counts in the first.
  case layers(JSONObject, JSONObject)

  var count: Int {
    switch self {
    case .entries(let entries): entries.values.count
    case .json(let object): object.members.count
    case .layers(let front, let back):
      front.members.count + back.members.lazy.filter { front.exactly($0.name) == nil }.count
    }
  }

  /// What a search for a key is counted as: JSON is gone through member by member.
  var searchSteps: Int {
    switch self {
    case .entries: 0
    case .json(let object): object.members.count / 16
    case .layers(let front, let back): (front.members.count + back.members.count) / 16
    }
  }

  /// What counting its entries or going through them is counted as.
  var visitSteps: Int {
    switch self {
    case .entries(let entries): entries.values.count
    case .json(let object): object.members.count
    case .layers(let front, let back):
      front.members.count + back.members.count + front.members.count * back.members.count / 16
    }
  }

  subscript(name: String) -> CELValue? {
    switch self {
    case .entries(let entries): entries[.string(name)]
    case .json(let object): object.exactly(name).map { CELValue($0) }
    case .layers(let front, let back): (front.exactly(name) ?? back.exactly(name)).map { CELValue($0) }
    }
  }

  subscript(key: CELKey) -> CELValue? {
    switch (self, key) {
    case (.entries(let entries), _): entries[key]
    case (_, .string(let name)): self[name]
    default: nil
    }
  }

  /// The keys as written, those of the first layer first.
  var keys: [CELValue] {
    switch self {
    case .entries(let entries): entries.keys
    case .json(let object): object.members.map { .string($0.name) }
    case .layers(let front, let back):
      front.members.map { .string($0.name) }
        + back.members.lazy.filter { front.exactly($0.name) == nil }.map { .string($0.name) }
    }
  }
}

/// The entries of a map that an expression made, in the order written.
final class CELEntries: Sendable {
  let keys: [CELValue]
  let values: [CELValue]
  private let places: [CELKey: Int]

  /// - Throws: `unsupportedKey`, or `repeatedKey` for two keys that are equal, which `1` and `1u` are.
  init(_ keysAndValues: [CELValue]) throws(EvaluationFault) {
    var keys: [CELValue] = []
    var values: [CELValue] = []
    var places: [CELKey: Int] = [:]
    for index in stride(from: 0, to: keysAndValues.count, by: 2) {
      guard let key = CELKey(literal: keysAndValues[index]) else { throw .unsupportedKey }
      guard places.updateValue(keys.count, forKey: key) == nil else { throw .repeatedKey }
      keys.append(keysAndValues[index])
      values.append(keysAndValues[index + 1])
    }
    self.keys = keys
    self.values = values
    self.places = places
  }

  subscript(key: CELKey) -> CELValue? { places[key].map { values[$0] } }
}

extension JSONObject {
  /// The value of the member with exactly these bytes as its name.
  func exactly(_ name: String) -> JSON? {
    for member in members where member.name.isExactly(name) { return member.value }
    return nil
  }
}
