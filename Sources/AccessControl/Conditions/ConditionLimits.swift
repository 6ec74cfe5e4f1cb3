/// How large a condition may be and what one evaluation may cost.
///
/// The language definition of CEL wants at least 32 terms of `||` and of `&&`, 32 elements, 24 chained ternaries and 12 nested calls;
/// these limits lie above.
package enum ConditionLimits {
  /// UTF-8 bytes of the text.
  package static let textLength = 4096
  /// Parentheses, brackets, calls and branches inside each other.
  package static let nesting = 48
  /// Steps from the whole down to the deepest part, where each operator of a row is a step of its own (`a + b + c` has three) and a row of
  /// `&&` or `||` is one. It bounds every recursion over a condition.
  package static let height = 64
  /// Names, constants, operators and calls.
  package static let nodes = 1000
  /// `all`, `exists`, `exists_one`, `map` and `filter` inside each other.
  package static let comprehensions = 12
  /// Steps of one evaluation, of some ten nanoseconds each: one for each part evaluated, each element visited, each 16 bytes of text or bytes
  /// read or written, each 4 instructions that a pattern may take; eight more for a function called and for an entry of a map that is made; for
  /// a pattern that is no constant 128, and 16 for each of its bytes.
  package static let cost = 100_000
  /// Steps of all conditions that one decision asks, those of its `begin` included. Two that take all they may.
  package static let decisionCost = 200_000
  /// Steps of all conditions that one request asks, in however many decisions: a batch, a page of a search. Those of ten decisions that take all they may,
  /// and a thousand for every candidate that a page may look at.
  package static let requestCost = 2_000_000
  /// Steps that each condition takes of those of its decision before its first: what it costs to begin.
  package static let begin = 8
  /// Instructions of a compiled pattern.
  package static let patternSize = 1000
  /// Groups of a pattern inside each other.
  package static let patternNesting = 32
  /// The largest count of a repetition in a pattern, also as the product of nested counts.
  package static let patternRepetitions = 1000
}
