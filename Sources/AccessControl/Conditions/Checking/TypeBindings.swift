/// What the type variables of one check stand for, and the rules by which one type goes where another is wanted.
///
/// A type is as deep as the expression it belongs to at most, and never wide, because the key of a map is no list and no map.
struct TypeBindings {
  private var bound: [Int: CELType] = [:]
  private var count = 0

  /// A type variable that nothing else uses.
  mutating func fresh() -> CELType {
    count += 1
    return .variable(count)
  }

  /// The type with its variables replaced as far as they are known.
  func resolved(_ type: CELType) -> CELType {
    switch type {
    case .variable(let number): bound[number].map(resolved) ?? type
    case .list(let element): .list(resolved(element))
    case .map(let key, let value): .map(resolved(key), resolved(value))
    default: type
    }
  }

  /// Whether values of `source` may go where `target` is wanted. What variables had to stand for is kept only if so.
  mutating func assign(_ source: CELType, to target: CELType) -> Bool {
    let before = bound
    let fits = unify(source, target)
    if !fits { bound = before }
    return fits
  }

  /// The type of something that is one or the other: the more general of two that go together, else dyn.
  mutating func join(_ first: CELType, _ second: CELType) -> CELType {
    guard assign(first, to: second) else { return .dyn }
    return moreGeneral(resolved(first), resolved(second))
  }

  private mutating func unify(_ source: CELType, _ target: CELType) -> Bool {
    switch (source, target) {
    case (_, .variable(let number)): return bind(number, to: source)
    case (.variable(let number), _): return bind(number, to: target)
    case _ where source == target: return true
    case (.dyn, _), (_, .dyn): return true
    case (.null, .timestamp), (.null, .duration), (.timestamp, .null), (.duration, .null): return true
    case (.list(let source), .list(let target)): return unify(source, target)
    case (.map(let sourceKey, let source), .map(let targetKey, let target)):
      return unify(sourceKey, targetKey) && unify(source, target)
    case (.record, .map(let key, let value)): return unify(.string, key) && unify(.dyn, value)
    case (.map(let key, let value), .record): return unify(key, .string) && unify(value, .dyn)
    case (.record, .record): return true
    default: return false
    }
  }

  /// A variable that stands for something already keeps the more general of that and the new.
  private mutating func bind(_ number: Int, to type: CELType) -> Bool {
    let new = resolved(type)
    if new == .variable(number) { return true }
    if let current = bound[number] {
      guard unify(new, current) else { return false }
      let general = moreGeneral(resolved(new), resolved(current))
      if !mentions(general, number) { bound[number] = general }
      return true
    }
    guard !mentions(new, number) else { return false }
    bound[number] = new
    return true
  }

  private func mentions(_ type: CELType, _ number: Int) -> Bool {
    switch type {
    case .variable(let other): other == number
    case .list(let element): mentions(element, number)
    case .map(let key, let value): mentions(key, number) || mentions(value, number)
    default: false
    }
  }

  /// Where one of two that go together is dyn, the result is.
  private func moreGeneral(_ first: CELType, _ second: CELType) -> CELType {
    switch (first, second) {
    case (.dyn, _), (_, .dyn): .dyn
    case (.null, _): second
    case (.list(let first), .list(let second)): .list(moreGeneral(first, second))
    case (.map(let firstKey, let first), .map(let secondKey, let second)):
      .map(moreGeneral(firstKey, secondKey), moreGeneral(first, second))
    case (.record, .map(_, let value)): .map(.string, moreGeneral(.dyn, value))
    case (.map(_, let value), .record): .map(.string, moreGeneral(value, .dyn))
    case (.record, .record): first == second ? first : .map(.string, .dyn)
    default: first
    }
  }
}
