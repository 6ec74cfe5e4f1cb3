/// The name of one stored thing. `Tag` keeps the names of different things apart: an account's never fits where an application's belongs.
///
/// Made names are 26 signs of lower-case Crockford base32: 48 bits of milliseconds, then 80 random bits, so that they sort roughly by
/// age, which keeps indexes compact. They are names, not secrets: nothing may rest on one being hard to guess.
package struct Identifier<Tag>: Hashable, Comparable, Sendable {
  package let text: String

  /// Takes a name that our own store or source text holds, unchecked.
  package init(trusted text: String) {
    self.text = text
  }

  /// Takes a name somebody presented: 1 to 64 signs of `a-z`, `0-9` and `-`, else nothing. Whether it names something is another question.
  package init?(_ presented: String) {
    let signs = presented.utf8
    guard (1...64).contains(signs.count) else { return nil }
    for sign in signs {
      switch sign {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): continue
      default: return nil
      }
    }
    self.text = presented
  }

  package static func make(at now: Timestamp, from random: any RandomSource) -> Self {
    let bytes = random.bytes(10)
    return make(at: now, turn: UInt16(bytes[0]) << 8 | UInt16(bytes[1]), random: bytes.dropFirst(2))
  }

  /// Names made at one moment, in turn: they sort in the order of their turns, and 64 random bits are left.
  package static func make(at now: Timestamp, turn: UInt16, from random: any RandomSource) -> Self {
    make(at: now, turn: turn, random: random.bytes(8)[...])
  }

  private static func make(at now: Timestamp, turn: UInt16, random: ArraySlice<UInt8>) -> Self {
    let milliseconds = min(UInt64(clamping: now.microseconds / 1_000), 0xFFFF_FFFF_FFFF)
    let low = random.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Self(trusted: CrockfordBase32.encode(high: milliseconds << 16 | UInt64(turn), low: low))
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.text < right.text
  }
}

extension Identifier: CustomStringConvertible {
  package var description: String { text }
}

extension Identifier: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let identifier = Self(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an identifier")
    }
    self = identifier
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
