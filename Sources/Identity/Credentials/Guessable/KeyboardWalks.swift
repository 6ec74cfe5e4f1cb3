/// Straight lines over the keys and through the alphabets, in both directions: `qwerty`, `ytrewq`, `1qaz`, `йцукен`, `abcdef`, `54321`.
enum KeyboardWalks {
  /// The shortest line that counts.
  static let shortest = 3

  private static let lines: [String] = [
    "1234567890", "0123456789", "!@#$%^&*()_+", "!\"№;%:?*()_+",
    "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn",
    "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю",
    "abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/",
    "4esz", "5rdx", "6tfc", "7ygv", "8uhb", "9ijn", "0okm",
    "147", "258", "369", "159", "357", "йфя", "цыч", "увс", "кам", "епи", "нрт", "гоь",
  ]

  private struct Pair: Hashable {
    let first: Unicode.Scalar
    let second: Unicode.Scalar
  }

  /// Which lines, each in one direction, lead from one sign to the next; a bit a line.
  private static let steps: [Pair: UInt64] = {
    var forward: [Pair: UInt64] = [:]
    for (number, line) in lines.enumerated() {
      let signs = Array(line.unicodeScalars)
      for (first, second) in zip(signs, signs.dropFirst()) {
        forward[Pair(first: first, second: second), default: 0] |= 1 << UInt64(number)
      }
    }
    return forward
  }()

  /// How many signs from `start` on lie on one line in one direction; 1 when not even the next one does.
  static func length(in signs: some RandomAccessCollection<Unicode.Scalar>, from start: Int) -> Int {
    max(length(signs, start) { Pair(first: $0, second: $1) }, length(signs, start) { Pair(first: $1, second: $0) })
  }

  private static func length(
    _ signs: some RandomAccessCollection<Unicode.Scalar>, _ start: Int, _ pair: (Unicode.Scalar, Unicode.Scalar) -> Pair
  ) -> Int {
    var onLines = UInt64.max
    var count = 1
    for (first, second) in zip(signs.dropFirst(start), signs.dropFirst(start + 1)) {
      onLines &= steps[pair(first, second)] ?? 0
      guard onLines != 0 else { break }
      count += 1
    }
    return count
  }
}
