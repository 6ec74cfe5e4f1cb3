internal import Crypto

/// The one secret that lives outside the database: 32 random bytes from which every other key of this installation is derived.
///
/// Who has the database alone can read no signing key, no pepper and no waiting letter. Losing the root key loses all of those.
package struct RootKey: Sendable, Redacted {
  private let bytes: [UInt8]

  package static func make(from random: any RandomSource) -> RootKey {
    RootKey(bytes: random.bytes(32))
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Reads the text of a key file: 43 signs of base64url; nothing else, not even a line end.
  package init?(text: String) {
    guard text.utf8.count == 43, let bytes = Base64URL.decode(text), bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// What a key file holds, for the one place that writes it.
  package func revealText() -> String { Base64URL.encode(bytes) }

  /// The 32-byte key for one purpose (HKDF-SHA-256, RFC 5869). Different labels give unrelated keys, so that a weakness in one use
  /// says nothing about another.
  package func derive(_ label: String) -> SymmetricSecret {
    let key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: bytes), salt: Array("usher/v1".utf8), info: Array(label.utf8), outputByteCount: 32)
    return SymmetricSecret(key.withUnsafeBytes { Array($0) })
  }
}
