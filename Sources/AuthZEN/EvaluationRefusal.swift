/// Why an evaluation gets no decision. Each of these means no to the application that asked, and none is a decision.
package enum EvaluationRefusal: Error, Hashable, Sendable {
  /// The body is longer than `EvaluationLimits` allow. Status 413.
  case tooLarge
  /// The body is not the JSON object the standard describes. Status 400. The text may be shown: it says which member is wrong, and
  /// repeats nothing of what was sent.
  case malformed(String)
  /// The facts may be out of date, so nothing is allowed from them; ask again. Status 503.
  case unavailable
}
