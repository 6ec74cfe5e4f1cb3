/// Where unpredictable bytes come from. Handed in from outside, so that a test can count on them.
package protocol RandomSource: Sendable {
  /// `count` fresh bytes, never handed out before.
  func bytes(_ count: Int) -> [UInt8]
}

/// The random source of the operating system and nothing else: no state of our own that a fork or a restart could repeat.
package struct SystemRandomness: RandomSource {
  package init() {}

  package func bytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
      withUnsafeBytes(of: generator.next() as UInt64) { word in
        bytes.append(contentsOf: word.prefix(count - bytes.count))
      }
    }
    return bytes
  }
}
