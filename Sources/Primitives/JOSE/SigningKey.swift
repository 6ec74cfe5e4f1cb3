internal import Crypto

package enum SigningKeyError: Error, Hashable, Sendable {
  /// The exported bytes are no private key of the algorithm, or an RSA key outside 2048...8192 bits.
  case notAKey
  /// The cryptographic library refused to make a key or a signature.
  case libraryFailed
}

/// A private key of one algorithm with the name (`kid`) under which its public half is published.
package struct SigningKey: Sendable, Redacted {
  package let id: String
  package let algorithm: SignatureAlgorithm
  package let verificationKey: VerificationKey
  /// The protected header up to the value of `typ`, written once.
  let headerStart: [UInt8]
  private let material: Material

  private enum Material: Sendable {
    case es256(P256.Signing.PrivateKey)
    case rs256(RSAKeyPair)
  }

  /// Makes a new key: P-256, or RSA of 3072 bits (which takes up to some seconds). Randomness comes from the libraries, which ask the
  /// operating system.
  package static func generate(_ algorithm: SignatureAlgorithm, id: String) throws(SigningKeyError) -> SigningKey {
    switch algorithm {
    case .es256: try SigningKey(id: id, .es256(P256.Signing.PrivateKey()))
    case .rs256: try SigningKey(id: id, .rs256(try RSAKeyPair.generate()))
    }
  }

  /// Takes up a key from what `exported` gave.
  package init(id: String, algorithm: SignatureAlgorithm, exported: [UInt8]) throws(SigningKeyError) {
    switch algorithm {
    case .es256:
      guard let key = try? P256.Signing.PrivateKey(rawRepresentation: exported) else { throw .notAKey }
      try self.init(id: id, .es256(key))
    case .rs256:
      try self.init(id: id, .rs256(try RSAKeyPair(der: exported)))
    }
  }

  private init(id: String, _ material: Material) throws(SigningKeyError) {
    self.id = id
    self.material = material
    switch material {
    case .es256(let key):
      algorithm = .es256
      verificationKey = VerificationKey(id: id, .es256(key.publicKey))
    case .rs256(let key):
      algorithm = .rs256
      guard let publicKey = key.publicKey() else { throw .libraryFailed }
      verificationKey = VerificationKey(id: id, .rs256(publicKey))
    }
    headerStart = JWS.headerStart(algorithm, keyID: id)
  }

  /// The private key in the form to be sealed: 32 bytes of scalar for ES256, PKCS #1 DER for RS256. Secret.
  package func exported() throws(SigningKeyError) -> [UInt8] {
    switch material {
    case .es256(let key): return Array(key.rawRepresentation)
    case .rs256(let key): return try key.der()
    }
  }

  /// The signature of `message` in JOSE form: `r || s`, 64 bytes, for ES256 (RFC 7518 §3.4); as long as the modulus for RS256.
  package func sign(_ message: [UInt8]) throws(SigningKeyError) -> [UInt8] {
    switch material {
    case .es256(let key):
      guard let signature = try? key.signature(for: message) else { throw .libraryFailed }
      return Array(signature.rawRepresentation)
    case .rs256(let key):
      return try key.sign(message)
    }
  }
}
