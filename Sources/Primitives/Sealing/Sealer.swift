internal import Crypto

/// Why a sealed text does not open. All three mean: not ours, or not for here, or changed.
package enum SealingError: Error, Hashable, Sendable {
  /// Not the form `v1.<base64url>`.
  case malformed
  /// Sealed by another root key, for another purpose or context, or altered since.
  case notAuthentic
}

/// Encrypts what rests in the database and must be readable by this installation alone: signing keys, peppers, waiting letters.
///
/// AES-256-GCM under a key derived for one purpose; the context (for example the row's id) is authenticated with it, so that a sealed
/// text cannot be moved to another place. The text is `v1.` and the base64url of nonce, ciphertext and tag. Nonces are random: one
/// purpose may seal some 2³² texts before the chance of a repeat matters (NIST SP 800-38D §8.3).
package struct Sealer: Sendable {
  private let key: SymmetricKey
  private static let prefix = "v1."

  package init(_ root: RootKey, purpose: String) {
    key = SymmetricKey(data: root.derive("seal/\(purpose)").reveal())
  }

  package func seal(_ bytes: [UInt8], context: String) throws -> String {
    let box = try AES.GCM.seal(bytes, using: key, authenticating: Array(context.utf8))
    return Self.prefix + Base64URL.encode(Array(box.nonce) + Array(box.ciphertext) + Array(box.tag))
  }

  package func open(_ text: String, context: String) throws(SealingError) -> [UInt8] {
    guard text.hasPrefix(Self.prefix), let bytes = Base64URL.decode(Array(text.utf8)[Self.prefix.utf8.count...]),
      let box = try? AES.GCM.SealedBox(combined: bytes)
    else { throw .malformed }
    guard let opened = try? AES.GCM.open(box, using: key, authenticating: Array(context.utf8)) else { throw .notAuthentic }
    return Array(opened)
  }
}
