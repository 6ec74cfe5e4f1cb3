internal import Crypto

/// SHA-256 (FIPS 180-4) as 32 bytes.
package enum SHA256Digest {
  package static func of(_ bytes: [UInt8]) -> [UInt8] {
    Array(SHA256.hash(data: bytes))
  }

  package static func of(_ text: String) -> [UInt8] {
    of(Array(text.utf8))
  }

  /// Of bytes that come bit by bit.
  package struct Running {
    private var hash = SHA256()

    package init() {}

    package mutating func take(_ bytes: [UInt8]) { hash.update(data: bytes) }

    package var digest: [UInt8] { Array(hash.finalize()) }
  }
}
