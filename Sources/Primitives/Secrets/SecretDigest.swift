/// The SHA-256 of a secret of 128 bits or more, as base64url text: what the store holds. Useless to whoever reads it.
///
/// A plain digest is enough only for values nobody can guess; passwords have `PasswordHash`.
package struct SecretDigest: Hashable, Sendable {
  package let text: String

  package init(stored text: String) {
    self.text = text
  }

  package static func of(_ bytes: some Sequence<UInt8>) -> SecretDigest {
    SecretDigest(stored: Base64URL.encode(SHA256Digest.of(Array(bytes))))
  }

  package static func of(_ text: String) -> SecretDigest {
    of(text.utf8)
  }

  /// Whether both are the digest of one secret, in a time that does not tell where they differ.
  package func matches(_ other: SecretDigest) -> Bool {
    ConstantTime.equal(text.utf8, other.text.utf8)
  }
}
