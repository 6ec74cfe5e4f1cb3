/// `+ - * / %` and the sign (language definition, "Arithmetic Operators"). Operands are of one type; what overflows is an error.
enum Arithmetic {
  /// - Parameter isOdd: whether the sign changes; two signs in a row only demand a number.
  static func negated(_ value: CELValue, isOdd: Bool) throws(EvaluationFault) -> CELValue {
    switch value {
    case .int(let number):
      guard isOdd else { return value }
      return .int(try checked(Int64(0).subtractingReportingOverflow(number)))
    case .double(let number): return .double(isOdd ? -number : number)
    default: throw .noSuchOverload
    }
  }

  static func sum(_ left: CELValue, _ right: CELValue, _ cost: inout Cost) throws(EvaluationFault) -> CELValue {
    switch (left, right) {
    case (.int(let left), .int(let right)): return .int(try checked(left.addingReportingOverflow(right)))
    case (.uint(let left), .uint(let right)): return .uint(try checked(left.addingReportingOverflow(right)))
    case (.double(let left), .double(let right)): return .double(left + right)
    case (.string(let left), .string(let right)):
      try cost.take(bytes: left.utf8.count + right.utf8.count)
      return .string(left + right)
    case (.bytes(let left), .bytes(let right)):
      try cost.take(bytes: left.count + right.count)
      return .bytes(left + right)
    case (.list(let left), .list(let right)):
      try cost.take(left.count + right.count)
      return .list(.values(left.values + right.values))
    case (.duration(let left), .duration(let right)): return .duration(try checked(left.addingReportingOverflow(right)))
    case (.timestamp(let instant), .duration(let span)), (.duration(let span), .timestamp(let instant)):
      return .timestamp(try moved(instant, by: span))
    default: throw .noSuchOverload
    }
  }

  static func difference(_ left: CELValue, _ right: CELValue) throws(EvaluationFault) -> CELValue {
    switch (left, right) {
    case (.int(let left), .int(let right)): return .int(try checked(left.subtractingReportingOverflow(right)))
    case (.uint(let left), .uint(let right)): return .uint(try checked(left.subtractingReportingOverflow(right)))
    case (.double(let left), .double(let right)): return .double(left - right)
    case (.duration(let left), .duration(let right)): return .duration(try checked(left.subtractingReportingOverflow(right)))
    case (.timestamp(let later), .timestamp(let earlier)):
      guard let span = later.since(earlier) else { throw .overflow }
      return .duration(span)
    case (.timestamp(let instant), .duration(let span)):
      // The smallest span has no counterpart: go one short of it, and one more.
      guard span == .min else { return .timestamp(try moved(instant, by: -span)) }
      return .timestamp(try moved(try moved(instant, by: .max), by: 1))
    default: throw .noSuchOverload
    }
  }

  static func product(_ left: CELValue, _ right: CELValue) throws(EvaluationFault) -> CELValue {
    switch (left, right) {
    case (.int(let left), .int(let right)): .int(try checked(left.multipliedReportingOverflow(by: right)))
    case (.uint(let left), .uint(let right)): .uint(try checked(left.multipliedReportingOverflow(by: right)))
    case (.double(let left), .double(let right)): .double(left * right)
    default: throw .noSuchOverload
    }
  }

  static func quotient(_ left: CELValue, _ right: CELValue) throws(EvaluationFault) -> CELValue {
    switch (left, right) {
    case (.int, .int(0)), (.uint, .uint(0)): throw .divisionByZero
    case (.int(let left), .int(let right)): .int(try checked(left.dividedReportingOverflow(by: right)))
    case (.uint(let left), .uint(let right)): .uint(left / right)
    case (.double(let left), .double(let right)): .double(left / right)
    default: throw .noSuchOverload
    }
  }

  static func remainder(_ left: CELValue, _ right: CELValue) throws(EvaluationFault) -> CELValue {
    switch (left, right) {
    case (.int, .int(0)), (.uint, .uint(0)): throw .divisionByZero
    case (.int(let left), .int(let right)): .int(try checked(left.remainderReportingOverflow(dividingBy: right)))
    case (.uint(let left), .uint(let right)): .uint(left % right)
    default: throw .noSuchOverload
    }
  }

  private static func moved(_ instant: CELInstant, by span: Int64) throws(EvaluationFault) -> CELInstant {
    guard let moved = instant.moved(by: span) else { throw .overflow }
    return moved
  }

  private static func checked<Number>(_ result: (partialValue: Number, overflow: Bool)) throws(EvaluationFault) -> Number {
    if result.overflow { throw .overflow }
    return result.partialValue
  }
}
