import Primitives
import TestKit
import Testing

@Suite(.threat("LOG2")) struct TextInALog {
  @Test(arguments: [
    ("plain name, Ünïcode Имя 名", "plain name, Ünïcode Имя 名"),
    ("a\r\nINFO forged", "a\\r\\nINFO forged"),
    ("\u{1B}[31mred\u{1B}[0m", "\\u{1b}[31mred\\u{1b}[0m"),
    ("tab\there\0", "tab\\there\\u{0}"),
    ("\u{202E}gpj.exe\u{2066}", "\\u{202e}gpj.exe\\u{2066}"),
    ("a\u{2028}b\u{2029}c\u{85}d", "a\\u{2028}b\\u{2029}c\\u{85}d"),
    ("zero\u{200B}width\u{FEFF}", "zero\\u{200b}width\\u{feff}"),
    ("C:\\n", "C:\\\\n"),
    ("", ""),
  ])
  func `controls, line ends and hidden signs are shown as escapes`(text: String, line: String) {
    #expect(LogText.line(text) == line)
  }

  @Test func `a flood is cut at the limit, and what fits is not`() {
    #expect(LogText.line(String(repeating: "x", count: 256)) == String(repeating: "x", count: 256))
    #expect(LogText.line(String(repeating: "x", count: 257)) == String(repeating: "x", count: 256) + "…")
    #expect(LogText.line(String(repeating: "\n", count: 1_000_000), limit: 3) == "\\n\\n\\n…")
    #expect(LogText.line("abc", limit: 0) == "…")
  }
}

@Suite struct ExactComparison {
  @Test func `texts that Swift calls equal are told apart by their bytes`() {
    #expect("\u{212A}" == "K")
    #expect(!"https://app.example/\u{212A}".isExactly("https://app.example/K"))
    #expect(!"e\u{301}".isExactly("é"))
    #expect("https://app.example/K".isExactly("https://app.example/K"))
  }
}
