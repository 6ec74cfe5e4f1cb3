internal import Primitives

/// A list, of values or still of JSON.
enum CELList: Sendable {
  case values([CELValue])
  case json([JSON])

  var count: Int {
    switch self {
    case .values(let values): values.count
    case .json(let elements): elements.count
    }
  }

  /// The element at a place, which must exist.
  subscript(place: Int) -> CELValue {
    switch self {
    case .values(let values): values[place]
    case .json(let elements): CELValue(elements[place])
    }
  }

  var values: [CELValue] {
    switch self {
    case .values(let values): values
    case .json(let elements): elements.map { CELValue($0) }
    }
  }
}
