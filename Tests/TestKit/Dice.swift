/// Numbers that look random and are the same in every run (SplitMix64).
package struct Dice {
  private var state: UInt64

  package init(_ seed: UInt64) { state = seed }

  package mutating func word() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }

  /// One of 0 to `count` - 1.
  package mutating func below(_ count: Int) -> Int { Int(word() % UInt64(count)) }

  package mutating func happens(oneIn count: Int) -> Bool { below(count) == 0 }
}
