import Primitives
import Testing

@Suite struct ComparingTextsByTheirBytes {
  @Test(arguments: [("", ""), ("usher", "usher"), ("https://portal.example/a", "https://portal.example/a"), ("ключ", "ключ")])
  func `the same bytes are the same text, whole or as a part of another`(one: String, other: String) {
    #expect(one.isExactly(other))
    #expect(one[...].isExactly(other))
    #expect(one.isExactly(other[...]))
  }

  /// The Kelvin sign and K, é in one sign and in two: equal to Swift, and other bytes.
  @Test(arguments: [("\u{212A}", "K"), ("\u{E9}", "e\u{301}"), ("usher", "Usher"), ("usher", "usher "), ("usher", "")])
  func `other bytes are another text, however they look`(one: String, other: String) {
    #expect(!one.isExactly(other))
    #expect(!other.isExactly(one))
    #expect(!one[...].isExactly(other))
  }
}
