/// Decides whether a password is one that a guessing program would make up: compared whole, never for a word that merely stands in it.
///
/// A guess is built from parts: common words, words of the person's surroundings, keyboard walks and alphabets, runs of one sign, repeated,
/// run together, and padded with digits, years or punctuation. Instead of writing all such guesses down, the password is taken apart: it is
/// guessable when it can be read as such parts with at most one common word among them and next to nothing left over. Several different
/// words make a passphrase, which is what we want people to choose.
struct GuessablePassword {
  enum Finding: Hashable {
    /// One sign or a short piece, over and over.
    case repetition
    /// Walks over the keyboard, alphabets, digits in order.
    case pattern
    /// A common word or password.
    case common
    /// Made of the person's own surroundings.
    case context
  }

  /// A repeated piece this short adds nothing, however often it is repeated.
  static let shortPiece = 7
  /// With this many different signs or fewer nothing is left to guess.
  static let fewSigns = 3
  /// Digits and punctuation that follow no pattern: up to so many are padding, more are somebody's real secret.
  static let padding = 6
  /// Letters that belong to no word.
  static let looseLetters = 2
  /// Small words that hold the others together.
  static let fillers = 3

  let context: Set<String>

  /// - Parameter text: in NFC and of bounded length; the work grows with the length times that of the longest word.
  func finding(in text: String) -> Finding? {
    let signs = Array(text.lowercased().unicodeScalars)
    if Set(signs).count <= Self.fewSigns || Self.isRepetition(signs) { return .repetition }
    for reading in Self.readings(of: signs) {
      let letters = reading.filter(\.properties.isAlphabetic)
      let others = reading.filter { !$0.properties.isAlphabetic && !$0.properties.isWhitespace }
      guard Padding.unpredictable(in: others) <= Self.padding else { continue }
      if let finding = WordReading(letters: letters, context: context).finding() { return finding }
    }
    return nil
  }

  private static func isRepetition(_ signs: [Unicode.Scalar]) -> Bool {
    (1...shortPiece).contains { period in
      signs.count >= 2 * period && zip(signs, signs.dropFirst(period)).allSatisfy { $0 == $1 }
    }
  }

  /// The text as it stands, and with the usual replacements of letters undone: `pa$$w0rd`. `1` stands for `i` or `l`.
  private static func readings(of signs: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    let undone = undoingReplacements(in: signs, one: "i")
    guard undone != signs else { return [signs] }
    return [signs, undone, undoingReplacements(in: signs, one: "l")]
  }

  /// A sign is a replaced letter only where a letter follows later in the same word, so that a number at the end stays a number.
  private static func undoingReplacements(in signs: [Unicode.Scalar], one: Unicode.Scalar) -> [Unicode.Scalar] {
    var result = signs
    var letterFollows = false
    for index in signs.indices.reversed() {
      let sign = signs[index]
      if sign.properties.isWhitespace {
        letterFollows = false
      } else if sign.properties.isAlphabetic {
        letterFollows = true
      } else if letterFollows, let letter = sign == "1" ? one : replacements[sign] {
        result[index] = letter
      }
    }
    return result
  }

  private static let replacements: [Unicode.Scalar: Unicode.Scalar] = [
    "0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "€": "e",
  ]
}

/// Digits and punctuation around and between the words.
private enum Padding {
  /// How many signs follow from nothing: not in order, not repeated, no year.
  static func unpredictable(in signs: [Unicode.Scalar]) -> Int {
    var count = 0
    var index = 0
    while index < signs.count {
      let walk = KeyboardWalks.length(in: signs, from: index)
      let run = signs[index...].prefix { $0 == signs[index] }.count
      let predictable = max(
        walk >= KeyboardWalks.shortest ? walk : 0, run >= 2 ? run : 0, isYear(signs[index...].prefix(4)) ? 4 : 0)
      // The first sign of a run or walk, and each year, is still a choice somebody made; we give them away.
      if predictable == 0 { count += 1 }
      index += max(predictable, 1)
    }
    return count
  }

  private static func isYear(_ signs: ArraySlice<Unicode.Scalar>) -> Bool {
    guard signs.count == 4, signs.allSatisfy({ ("0"..."9").contains($0) }) else { return false }
    let century = signs.prefix(2)
    return century.elementsEqual(["1", "9"]) || century.elementsEqual(["2", "0"])
  }
}
