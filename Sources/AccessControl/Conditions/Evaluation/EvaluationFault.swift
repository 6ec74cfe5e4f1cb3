/// Why the evaluation of a condition came to no result. Nothing is allowed by a condition that failed.
package enum EvaluationFault: String, Error, Hashable, Sendable {
  /// An operator or function was given what it does not take, or a condition is neither true nor false.
  case noSuchOverload = "an operator or function does not take the values it was given"
  case noSuchKey = "a property or key that the condition asks for is missing"
  case noSuchField = "a field was asked of a value that has no fields"
  case indexOutOfRange = "an index lies outside its list"
  case overflow = "a result is outside the range of its type"
  case divisionByZero = "a number was divided by zero"
  case outOfRange = "a value is outside the range of the type it was to become"
  case invalidArgument = "a text could not be read as what it was to become"
  case invalidPattern = "a pattern is not valid"
  case unsupportedKey = "a value can be no key of a map"
  case repeatedKey = "a map was written with one key twice"
  case undeclared = "a name or function is unknown"
  /// Ends the evaluation, whatever `||` or `&&` stands around it.
  case tooCostly = "the condition took more steps than are allowed"
  /// It was not asked, or not to its end.
  case decisionTooCostly = "the conditions of the decision took more steps together than are allowed"
  /// The same, because other decisions of the request took so many that less was left than a decision may take.
  case requestTooCostly = "the conditions of the request took more steps together than are allowed"

  /// Whether the condition was not asked to its end because of others.
  package var isByOthers: Bool { self == .decisionTooCostly || self == .requestTooCostly }
}
