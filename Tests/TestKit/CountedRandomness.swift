internal import Primitives
internal import Synchronization

/// Random bytes a test can foresee: the same sequence each time it is made with the same seed, and never the same bytes twice, so that
/// nothing made from eight bytes or more collides.
package final class CountedRandomness: RandomSource {
  private let state: Mutex<UInt64>
  private let seed: UInt64

  package init(seed: UInt64 = 0) {
    self.seed = seed &* 0xD1B5_4A32_D192_ED03
    state = Mutex(0)
  }

  package func bytes(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 7)
    while bytes.count < count {
      let word = state.withLock { state in
        state &+= 1
        return Self.mixed(state &+ seed)
      }
      withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
    }
    return Array(bytes.prefix(count))
  }

  /// A bijection of 64-bit words that looks random (the finalizer of SplitMix64): distinct counters give distinct words.
  private static func mixed(_ counter: UInt64) -> UInt64 {
    var word = counter &* 0x9E37_79B9_7F4A_7C15
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
