import Localization
import TestKit
import Testing

@Suite(.rule("RFC 9110 §12.5.4")) struct ChoosingALanguage {
  @Test(arguments: [
    (nil, "en"),
    ("", "en"),
    ("ru", "ru"),
    ("ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", "ru"),
    ("de-DE,de;q=0.9,ru;q=0.8,en;q=0.7", "ru"),
    ("de, fr", "en"),
    ("en;q=0.2, ru;q=0.3", "ru"),
    ("ru, en", "ru"),
    ("en, ru", "en"),
    ("RU", "ru"),
    ("*", "en"),
    ("ru;q=0", "en"),
    ("ru;q=0, *", "en"),
    ("ru;q=2", "en"),
    ("ru;q=0.1234", "en"),
    ("ru;q=", "en"),
    ("ru;;q=1", "en"),
    ("ru ; q=0.5", "ru"),
    ("ru;q=1.000, en;q=0.999", "ru"),
    ("\u{0}\u{FFFD},,,;;;q", "en"),
  ])
  func `the reader's best liked language that we speak is chosen`(header: String?, tag: String) {
    #expect(Language.negotiate(acceptLanguage: header).tag == tag)
  }

  @Test func `a header is read only so far`() {
    let unknown = Array(repeating: "de", count: 20).joined(separator: ",")
    #expect(Language.negotiate(acceptLanguage: unknown + ",ru") == .english)
    #expect(Language.negotiate(acceptLanguage: String(repeating: "x", count: 1_000) + ",ru") == .english)
    #expect(Language.negotiate(acceptLanguage: String(repeating: " ", count: 990) + "ru") == .russian)
  }

  @Test func `only an available language is chosen`() {
    #expect(Language.negotiate(acceptLanguage: "en", available: [.russian]) == .russian)
  }

  @Test func `a language is found by the first part of its tag`() {
    #expect(Language("ru-Cyrl-RU") == .russian)
    #expect(Language("EN") == .english)
    for tag in ["", "-", "-ru", "de", "rus", "ru_RU", String(repeating: "r", count: 36)] { #expect(Language(tag) == nil) }
  }
}
