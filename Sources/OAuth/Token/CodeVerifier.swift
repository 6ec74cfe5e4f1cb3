internal import Primitives

/// Proof Key for Code Exchange at the token endpoint (RFC 7636 §4.1, §4.6).
enum CodeVerifier {
  /// Whether the verifier is 43 to 128 unreserved signs whose SHA-256 is the challenge.
  static func matches(_ verifier: String?, challenge: String) -> Bool {
    guard let verifier, (43...128).contains(verifier.utf8.count), verifier.utf8.allSatisfy(isUnreserved) else { return false }
    return ConstantTime.equal(Base64URL.encode(SHA256Digest.of(verifier)).utf8, challenge.utf8)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "-._~".utf8.contains(byte)
    }
  }
}
