internal import Primitives

/// A fast hash of names as they come, seeded anew in each process, so that nobody outside can make names that meet in one place.
///
/// Each eight bytes are folded in by one multiplication of 64 to 128 bits (the construction of wyhash and foldhash). Not for secrets: it keeps a
/// table even, and a table of ours only ever holds names that somebody was allowed to register.
struct SeededHash: Sendable {
  private let first: UInt64
  private let second: UInt64

  init(seed: (UInt64, UInt64)) {
    first = seed.0
    second = seed.1
  }

  init(seededBy random: any RandomSource) {
    let bytes = random.bytes(16)
    func word(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    self.init(seed: (word(bytes.prefix(8)), word(bytes.dropFirst(8))))
  }

  /// The hash of a key.
  @inline(__always)
  func callAsFunction(_ key: NameKey) -> UInt64 {
    var state = first
    state = fold(state, key.type)
    state = fold(state, key.id)
    return Self.multiply(state ^ second ^ UInt64(key.space) &* 0xA24B_AED4_963E_E407, 0x9E37_79B9_7F4A_7C15)
  }

  @inline(__always)
  private func fold(_ start: UInt64, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var state = start
    guard let base = bytes.baseAddress else { return Self.multiply(state, second) }
    var left = bytes.count
    var at = base
    while left > 16 {
      state = Self.multiply(
        at.loadUnaligned(as: UInt64.self) ^ state, at.loadUnaligned(fromByteOffset: 8, as: UInt64.self) ^ second)
      at += 16
      left -= 16
    }
    var low: UInt64 = 0
    var high: UInt64 = 0
    if left >= 8 {
      low = at.loadUnaligned(as: UInt64.self)
      high = at.loadUnaligned(fromByteOffset: left - 8, as: UInt64.self)
    } else if left >= 4 {
      low = UInt64(at.loadUnaligned(as: UInt32.self))
      high = UInt64(at.loadUnaligned(fromByteOffset: left - 4, as: UInt32.self))
    } else if left > 0 {
      low = UInt64(at.load(as: UInt8.self)) << 16 | UInt64(at.load(fromByteOffset: left / 2, as: UInt8.self)) << 8
      high = UInt64(at.load(fromByteOffset: left - 1, as: UInt8.self))
    }
    // The length by itself, where no byte can make up for it: `aaaa` and `aaaaa` have the same first and last four.
    return Self.multiply(low ^ state, high ^ second) ^ UInt64(truncatingIfNeeded: bytes.count) &* 0xD6E8_FEB8_6659_FD93
  }

  @inline(__always)
  private static func multiply(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
