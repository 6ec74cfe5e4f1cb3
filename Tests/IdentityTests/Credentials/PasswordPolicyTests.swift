import Foundation
import Identity
import Primitives
import TestKit
import Testing

@Suite(.rule("NIST SP 800-63B-4 §3.1.1.2"), .threat("PWD6", "PWD9", "PWD10")) struct PasswordPolicyTests {
  private func reason(_ text: String, breached: BreachedPasswords? = nil) throws -> PasswordPolicy.Reason? {
    let context = PasswordPolicy.Context(
      email: try #require(EmailAddress("ada.lovelace@mail.contoso.test")),
      name: try #require(PersonName(first: "Ada", last: "Lovelace")),
      organization: "Contoso Manufacturing", portal: "Business Center")
    return try PasswordPolicy(breached: breached).reason(toRefuse: Password(text), context)
  }

  /// Signs that follow no pattern, as many as asked for, from three alphabets.
  private func unguessable(_ count: Int, from alphabet: String) -> String {
    let signs = Array(alphabet)
    return String((0..<count).map { signs[($0 * $0 * 7 + $0 * 3 + $0 / 5) % signs.count] })
  }

  @Test(
    arguments: ["kzqwmxhvjprtbnfdlgcs", "жкщюмъхвйпртбнфдлгцс", "🐙🛶🧭🪕🥁🧵🪁🎐🦔🍄🌵🧊🪨🧶🛎🪴"],
    [(7, false), (8, false), (14, false), (15, true), (64, true), (128, true), (129, false), (1025, false)])
  func `length is counted in code points, and nothing is cut`(alphabet: String, row: (length: Int, isTaken: Bool)) throws {
    let password = unguessable(row.length, from: alphabet)
    #expect(password.unicodeScalars.count == row.length)
    let expected: PasswordPolicy.Reason? = row.isTaken ? nil : row.length < 15 ? .tooShort : .tooLong
    #expect(try reason(password) == expected)
  }

  @Test func `length is counted after normalization`() throws {
    // Fifteen letters e with a combining acute accent are fifteen code points in NFC, though thirty were typed.
    let decomposed = "vixje\u{301}mopazu"
    #expect(decomposed.unicodeScalars.count == 12)
    #expect(try reason(decomposed + "qw") == .tooShort)
    #expect(try reason(decomposed + "qwkb") == nil)
  }

  @Test(
    arguments: [
      "password1234567", "Password1234567", "passwordpassword", "password password", "PASSWORD-2024-2025", "pa$$w0rd!pa$$w0rd!",
      "letmein letmein letmein", "iloveyouiloveyou", "welcome20242025!", "Summer2024Summer", "dragon 20 dragon 21",
      "mypassword20242025",
      "Charlie!1987!!!!!", "123456password123456", "thisismypassword", "пароль1234567890", "Пароль-Пароль-2026",
      "gfhjkmgfhjkm2024", "privetprivet2026", "businesscenter2026", "1234567administrator", "a.d.m.i.n.i.s.t.r.a.t.o.r.1",
    ])
  func `a common word, repeated or padded, is refused`(password: String) throws {
    #expect(try reason(password) == .common)
  }

  @Test(
    arguments: [
      "111111111111111", "aaaaaaaaaaaaaaaa", "ababababababababab", "abcabcabcabcabc", "xyzzy1!xyzzy1!xyzzy1!", "           .    ",
      "🐙🐙🐙🐙🐙🐙🐙🐙🐙🐙🐙🐙🐙🐙🐙", "жжжжжжжжжжжжжжжж1",
    ])
  func `one sign or a short piece over and over is refused`(password: String) throws {
    #expect(try reason(password) == .repetition)
  }

  @Test(
    arguments: [
      "123456789012345", "987654321098765", "abcdefghijklmno", "zyxwvutsrqponmlkj", "qwertyuiopasdfg", "qwertyuiop12345",
      "1qaz2wsx3edc4rfv",
      "q1w2e3r4t5y6u7i8", "poiuytrewqlkjhgf", "1q2w3e4r5t6y7u8i", "!@#$%^&*()12345", "йцукенгшщзхъфыва", "фывапролджэячсми",
      "19841985198619871988",
      "147258369147258369147",
    ])
  func `a walk over the keyboard or through an alphabet is refused`(password: String) throws {
    let found = try reason(password)
    #expect(found == .pattern || found == .common || found == .repetition)
    #expect(found != nil)
  }

  @Test(
    arguments: [
      "ada.lovelace@mail.contoso.test", "AdaLovelace1815", "lovelacelovelace", "Contoso2026Contoso", "contosomanufacturing",
      "ContosoManufacturing2026",
      "usher-usher-usher-1", "UsherContosoLovelace", "adalovelace@contoso", "c0nt0s0!c0nt0s0!", "ilovecontoso2026",
    ])
  func `words of one's own surroundings are refused`(password: String) throws {
    #expect(try reason(password) == .context)
  }

  @Test(
    arguments: [
      "aaaa bbbb cccc dddd", "correct horse battery staple", "dragonfly sunset harbor", "contoso dragon breakfast",
      "purple monkey dishwasher",
      "мой дядя самых честных правил", "кошка сидела на крыше", "nine green bottles", "password of the sleepy walrus",
      "tr0ub4dor and three more",
      "jxq vkw zzu mfp tyn", "3141592653589793238", "the quick brown wolf sleeps", "               a long night in june",
    ])
  func `a passphrase needs neither digits nor capitals nor signs`(password: String) throws {
    #expect(try reason(password) == nil)
  }

  @Test func `the list of common words holds thousands`() {
    #expect(CommonWords.all.count >= 6000)
  }

  @Test func `a password in the operator's file of breached ones is refused`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("usher-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("breached.txt")
    let breached = (0..<500).map { "walrus \($0) breakfast teapot" }
    let lines = breached.map { Hex.encode(SHA1Digest.of(Array($0.utf8))).uppercased() }.sorted()
    for ending in [":17\r\n", "\n"] {
      try Data((lines.joined(separator: ending) + ending).utf8).write(to: file)
      let list = try BreachedPasswords(path: file.path)
      for password in breached { #expect(try reason(password, breached: list) == .breached) }
      for number in 500..<600 { #expect(try reason("walrus \(number) breakfast teapot", breached: list) == nil) }
    }
    try Data("no list\n".utf8).write(to: file)
    #expect(throws: BreachedPasswords.Failure.notAList) { try BreachedPasswords(path: file.path) }
    #expect(throws: BreachedPasswords.Failure.unreadable(2)) { try BreachedPasswords(path: folder.path + "/missing") }
  }

  @Test func `the longest password is judged without going through every way of cutting it`() throws {
    #expect(try reason(String(repeating: "qwertyasdfghada", count: 8)) != nil)
    #expect(try reason(String(repeating: "adacontoso", count: 12) + "xkqv") == nil)
  }
}
