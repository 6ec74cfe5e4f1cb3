internal import Primitives

/// One thing that was written and whose writing was acknowledged: a line from the writer to whoever killed it.
enum Deed: Hashable, Sendable {
  case codeMade(SecretDigest)
  case codeUsed(SecretDigest)
  case linkMade(SecretDigest)
  case linkUsed(SecretDigest)
  /// The family has moved on: `turn` is the current one since `number`, and the one before counts no more.
  case turned(family: SecretDigest, turn: SecretDigest, number: Int64)

  var line: String {
    switch self {
    case .codeMade(let code): "code-made \(code.text)"
    case .codeUsed(let code): "code-used \(code.text)"
    case .linkMade(let link): "link-made \(link.text)"
    case .linkUsed(let link): "link-used \(link.text)"
    case .turned(let family, let turn, let number): "turned \(family.text) \(turn.text) \(number)"
    }
  }

  init?(line: String) {
    let words = line.split(separator: " ").map(String.init)
    guard words.count >= 2 else { return nil }
    let first = SecretDigest(stored: words[1])
    switch words[0] {
    case "code-made": self = .codeMade(first)
    case "code-used": self = .codeUsed(first)
    case "link-made": self = .linkMade(first)
    case "link-used": self = .linkUsed(first)
    case "turned":
      guard words.count == 4, let number = Int64(words[3]) else { return nil }
      self = .turned(family: first, turn: SecretDigest(stored: words[2]), number: number)
    default: return nil
    }
  }

  /// When everything of the writer happens; how often a family has turned is counted in seconds from here.
  static let beginning = Timestamp(seconds: 1_767_323_045)
}
