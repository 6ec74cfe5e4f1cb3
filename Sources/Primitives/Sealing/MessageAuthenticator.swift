internal import Crypto

/// HMAC-SHA-256 (RFC 2104) under a key derived for one purpose: proves that a value we handed out came back unchanged.
package struct MessageAuthenticator: Sendable {
  private let key: SymmetricKey

  package init(_ root: RootKey, purpose: String) {
    self.init(root.derive("mac/\(purpose)"))
  }

  package init(_ secret: SymmetricSecret) {
    key = SymmetricKey(data: secret.reveal())
  }

  /// 32 bytes.
  package func tag(for message: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
  }

  /// Whether `tag` is the tag of `message`, in constant time.
  package func verifies(_ tag: [UInt8], for message: [UInt8]) -> Bool {
    ConstantTime.equal(tag, self.tag(for: message))
  }
}
