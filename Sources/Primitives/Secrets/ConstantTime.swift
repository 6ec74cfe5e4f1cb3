internal import COpenSSL

/// Comparison whose time depends on the lengths alone, for values that somebody may try to guess sign by sign.
package enum ConstantTime {
  package static func equal(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>) -> Bool {
    let left = Array(left)
    let right = Array(right)
    guard left.count == right.count else { return false }
    return CRYPTO_memcmp(left, right, left.count) == 0
  }
}
