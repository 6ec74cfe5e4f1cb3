internal import Crypto

/// Signs with Ed25519 (RFC 8032) under a key derived for one purpose. Unlike a `MessageAuthenticator`, what it vouches for can be checked by
/// somebody who holds no secret.
package struct MessageSigner: Sendable {
  private let seed: SymmetricSecret

  package init(_ root: RootKey, purpose: String) { seed = root.derive("sign/\(purpose)") }

  /// 64 bytes.
  package func sign(_ message: [UInt8]) throws -> [UInt8] { Array(try key().signature(for: message)) }

  /// The public half.
  package func verifier() throws -> MessageVerifier { MessageVerifier(try key().publicKey) }

  private func key() throws -> Curve25519.Signing.PrivateKey {
    try Curve25519.Signing.PrivateKey(rawRepresentation: seed.reveal())
  }
}

/// The public half of a `MessageSigner`, written as 43 signs of base64url.
package struct MessageVerifier: Sendable, Hashable, CustomStringConvertible {
  private let bytes: [UInt8]

  fileprivate init(_ key: Curve25519.Signing.PublicKey) { bytes = Array(key.rawRepresentation) }

  package init?(text: String) {
    guard let bytes = Base64URL.decode(text), (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else {
      return nil
    }
    self.bytes = bytes
  }

  package var description: String { Base64URL.encode(bytes) }

  package func verifies(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
    return key.isValidSignature(signature, for: message)
  }
}
