/// Reads a row of letters as guessable words, in every way they can be cut.
struct WordReading {
  /// How far one way of cutting has come. Ways that agree in all of this have the same future, so each is followed once.
  private struct Way: Hashable {
    var position = 0
    /// The one common word of this reading.
    var word: String?
    var usesContext = false
    var fillers = 0
    var looseLetters = 0
  }

  /// A row of letters that is a word we know.
  private struct Piece {
    let text: String
    let length: Int
    let isCommon: Bool
    let isContext: Bool
    let isFiller: Bool
  }

  /// The longest word in the lists.
  private static let longestWord = CommonWords.all.map(\.unicodeScalars.count).max() ?? 0

  private let letters: [Unicode.Scalar]
  /// What begins at each place.
  private let pieces: [[Piece]]

  init(letters: [Unicode.Scalar], context: Set<String>) {
    self.letters = letters
    let longest = max(Self.longestWord, context.map(\.unicodeScalars.count).max() ?? 0)
    pieces = letters.indices.map { start in
      var text = ""
      return letters[start...].prefix(longest).enumerated().compactMap { (index, letter) -> Piece? in
        text.unicodeScalars.append(letter)
        let piece = Piece(
          text: text, length: index + 1, isCommon: CommonWords.all.contains(text), isContext: context.contains(text),
          isFiller: CommonWords.fillers.contains(text))
        return piece.isCommon || piece.isContext || piece.isFiller ? piece : nil
      }
    }
  }

  func finding() -> GuessablePassword.Finding? {
    var seen: Set<Way> = []
    var open = [Way()]
    while let way = open.popLast() {
      guard way.position < letters.count else {
        return way.usesContext ? .context : way.word != nil ? .common : .pattern
      }
      for next in steps(from: way) where seen.insert(next).inserted { open.append(next) }
    }
    return nil
  }

  private func steps(from way: Way) -> [Way] {
    var steps: [Way] = []
    let rest = letters[way.position...]
    func step(by length: Int, _ change: (inout Way) -> Void) {
      var next = way
      next.position += length
      change(&next)
      steps.append(next)
    }

    if way.looseLetters < GuessablePassword.looseLetters { step(by: 1) { $0.looseLetters += 1 } }
    let run = rest.prefix { $0 == rest.first }.count
    if run >= 3, let name = rest.first.map({ "\($0)…" }), way.word == nil || way.word == name { step(by: run) { $0.word = name } }
    let walk = KeyboardWalks.length(in: letters, from: way.position)
    if walk >= KeyboardWalks.shortest {
      for length in KeyboardWalks.shortest...walk { step(by: length) { _ in } }
    }
    for piece in pieces[way.position] {
      if piece.isContext { step(by: piece.length) { $0.usesContext = true } }
      if piece.isFiller, way.fillers < GuessablePassword.fillers { step(by: piece.length) { $0.fillers += 1 } }
      if piece.isCommon, way.word == nil || way.word == piece.text { step(by: piece.length) { $0.word = piece.text } }
    }
    return steps
  }
}
