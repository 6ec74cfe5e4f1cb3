internal import Primitives

/// Equality and order (language definition, "Equality" and "Ordering").
enum Comparison {
  enum Order {
    case less, equal, greater
    /// One of them is not a number.
    case unordered

    init<Value: Comparable>(_ left: Value, _ right: Value) {
      self = left < right ? .less : left > right ? .greater : left == right ? .equal : .unordered
    }
  }

  /// Values of different kinds are unequal, but numbers of the three types compare by value. Counts one step for each element visited,
  /// because a value can hold the same part many times.
  static func equal(_ left: CELValue, _ right: CELValue, _ cost: inout Cost) throws(EvaluationFault) -> Bool {
    try cost.take(1)
    switch (left, right) {
    case (.null, .null): return true
    case (.bool(let left), .bool(let right)): return left == right
    case (.string(let left), .string(let right)):
      try cost.take(bytes: min(left.utf8.count, right.utf8.count))
      return left.isExactly(right)
    case (.bytes(let left), .bytes(let right)):
      try cost.take(bytes: min(left.count, right.count))
      return left == right
    case (.timestamp(let left), .timestamp(let right)): return left == right
    case (.duration(let left), .duration(let right)): return left == right
    case (.type(let left), .type(let right)): return left == right
    case (.list(let left), .list(let right)): return try equal(left, right, &cost)
    case (.map(let left), .map(let right)): return try equal(left, right, &cost)
    default: return numbers(left, right) == .equal
    }
  }

  private static func equal(_ left: CELList, _ right: CELList, _ cost: inout Cost) throws(EvaluationFault) -> Bool {
    guard left.count == right.count else { return false }
    for place in 0..<left.count {
      guard try equal(left[place], right[place], &cost) else { return false }
    }
    return true
  }

  private static func equal(_ left: CELMap, _ right: CELMap, _ cost: inout Cost) throws(EvaluationFault) -> Bool {
    try cost.take(left.visitSteps + right.visitSteps)
    let keys = left.keys
    guard keys.count == right.count else { return false }
    try cost.take(keys.count * (left.searchSteps + right.searchSteps))
    for key in keys {
      guard let key = CELKey(literal: key), let other = right[key], let own = left[key] else { return false }
      guard try equal(own, other, &cost) else { return false }
    }
    return true
  }

  static func order(_ left: CELValue, _ right: CELValue, _ cost: inout Cost) throws(EvaluationFault) -> Order {
    switch (left, right) {
    case (.bool(let left), .bool(let right)): return Order(left ? 1 : 0, right ? 1 : 0)
    case (.string(let left), .string(let right)):
      try cost.take(bytes: min(left.utf8.count, right.utf8.count))
      // The order of UTF-8 is the order of scalars.
      if left.utf8.lexicographicallyPrecedes(right.utf8) { return .less }
      return left.isExactly(right) ? .equal : .greater
    case (.bytes(let left), .bytes(let right)):
      try cost.take(bytes: min(left.count, right.count))
      if left.lexicographicallyPrecedes(right) { return .less }
      return left == right ? .equal : .greater
    case (.timestamp(let left), .timestamp(let right)): return Order(left, right)
    case (.duration(let left), .duration(let right)): return Order(left, right)
    default:
      guard let order = numbers(left, right) else { throw .noSuchOverload }
      return order
    }
  }

  /// Numbers as if on one line; nil when one is no number. An integer is compared with a double as the double nearest to it, which the
  /// public conformance suite wants.
  private static func numbers(_ left: CELValue, _ right: CELValue) -> Order? {
    switch (left, right) {
    case (.double(let left), .double(let right)): Order(left, right)
    case (.int(let left), .int(let right)): Order(left, right)
    case (.uint(let left), .uint(let right)): Order(left, right)
    case (.int(let left), .uint(let right)): left < 0 ? .less : Order(UInt64(left), right)
    case (.uint(let left), .int(let right)): right < 0 ? .greater : Order(left, UInt64(right))
    case (.int(let left), .double(let right)): Order(Double(left), right)
    case (.double(let left), .int(let right)): Order(left, Double(right))
    case (.uint(let left), .double(let right)): Order(Double(left), right)
    case (.double(let left), .uint(let right)): Order(left, Double(right))
    default: nil
    }
  }
}
