import Foundation
import Primitives
import TestKit
import Testing

private enum Door {}

@Suite struct NamingThings {
  @Test func `a made name is 26 signs that begin with the time`() {
    let random = CountedRandomness()
    let early = Identifier<Door>.make(at: Timestamp(seconds: 1_700_000_000), from: random)
    let late = Identifier<Door>.make(at: Timestamp(seconds: 1_700_000_001), from: random)
    #expect(early.text.count == 26)
    #expect(early < late)
    #expect(Identifier<Door>(early.text) == early)
    #expect(Identifier<Door>.make(at: Timestamp(seconds: 0), from: random).text.hasPrefix("0000000000"))
    #expect(Identifier<Door>.make(at: Timestamp(microseconds: .max), from: random).text.first == "7")
  }

  @Test func `names made in one millisecond differ`() {
    let random = SystemRandomness()
    let names = Set((0..<10_000).map { _ in Identifier<Door>.make(at: Timestamp(seconds: 9), from: random) })
    #expect(names.count == 10_000)
  }

  @Test(arguments: ["a", "account-administrator", "01hzy", String(repeating: "z", count: 64)])
  func `a presented name of the right signs is taken`(text: String) {
    #expect(Identifier<Door>(text)?.text == text)
  }

  @Test(arguments: ["", "A", "a b", "a_b", "ä", "\u{212A}", "a\0", "a\n", "../a", String(repeating: "z", count: 65)])
  func `a presented name of other signs or lengths is none`(text: String) {
    #expect(Identifier<Door>(text) == nil)
  }

  @Test func `a message with a name that is none does not decode`() throws {
    let names = try JSONDecoder().decode([Identifier<Door>].self, from: Data(#"["front","back"]"#.utf8))
    #expect(names.map(\.text) == ["front", "back"])
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([Identifier<Door>].self, from: Data(#"["Front"]"#.utf8)) }
  }
}
