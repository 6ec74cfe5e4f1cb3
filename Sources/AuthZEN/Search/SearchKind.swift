/// The three searches (Authorization API 1.0 §8.4 to §8.6), by the word their address ends in.
package enum SearchKind: String, CaseIterable, Sendable {
  /// Who may do the action to the resource?
  case subject
  /// To what may the subject do the action?
  case resource
  /// What may the subject do to the resource?
  case action
}
