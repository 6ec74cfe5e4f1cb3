/// Which form of a sentence goes with a number (Unicode CLDR plural rules for whole numbers, the categories our languages have).
package enum PluralForm: String, Sendable, CaseIterable {
  case one, few, many, other

  /// The forms a sentence of the language must have, and no others.
  package static func needed(in language: Language) -> Set<PluralForm> {
    language == .russian ? [.one, .few, .many] : [.one, .other]
  }

  /// The form for `count`; a negative number takes the form of its positive.
  package static func of(_ count: Int, in language: Language) -> PluralForm {
    let number = count.magnitude
    guard language == .russian else { return number == 1 ? .one : .other }
    // 1, 21, 101 минута; 2…4, 22 минуты; 0, 5…20, 111 минут.
    switch (number % 10, number % 100) {
    case (_, 11...14): return .many
    case (1, _): return .one
    case (2...4, _): return .few
    default: return .many
    }
  }
}
