internal import Crypto

/// SHA-1 (FIPS 180-4) as 20 bytes: for looking up entries in lists that are kept by it, never for protecting anything.
package enum SHA1Digest {
  package static func of(_ bytes: [UInt8]) -> [UInt8] {
    Array(Insecure.SHA1.hash(data: bytes))
  }
}
