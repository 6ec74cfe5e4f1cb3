internal import Crypto

/// Why a JSON Web Key is not one we verify with.
package enum JWKError: Error, Hashable, Sendable {
  /// Another `kty`, curve, `alg` or `use` than the ones we verify with.
  case notSupported
  /// A member missing, of the wrong type or length, or a point off the curve.
  case malformed
  /// RSA outside 2048...8192 bits or with a weak exponent.
  case weak
  /// The private half stands in it, so somebody has lost their key.
  case privateKey
}

/// A public key of one algorithm with its name (`kid`).
package struct VerificationKey: Sendable {
  package let id: String
  private let material: Material

  enum Material: Sendable {
    case es256(P256.Signing.PublicKey)
    case rs256(RSAPublicKey)
  }

  init(id: String, _ material: Material) {
    self.id = id
    self.material = material
  }

  package var algorithm: SignatureAlgorithm {
    switch material {
    case .es256: .es256
    case .rs256: .rs256
    }
  }

  /// Whether `signature`, in JOSE form, was made over `message` by the private half. The algorithm is the key's own, whatever a header says.
  package func verifies(_ signature: [UInt8], _ message: [UInt8]) -> Bool {
    switch material {
    case .es256(let key):
      guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
      return key.isValidSignature(signature, for: message)
    case .rs256(let key):
      return key.verifies(signature, message)
    }
  }
}

/// The key as a JSON Web Key (RFC 7517).
extension VerificationKey {
  /// `kty`, the numbers, `kid`, `use`, `alg`: what the key set publishes.
  package var jwk: JSONObject {
    var jwk = requiredMembers
    jwk["kid"] = .string(id)
    jwk["use"] = "sig"
    jwk["alg"] = .string(algorithm.rawValue)
    return jwk
  }

  /// The SHA-256 thumbprint as base64url (RFC 7638): a name that depends on the key alone.
  package var thumbprint: String {
    Base64URL.encode(SHA256Digest.of(requiredMembers.encoded()))
  }

  /// The members that make up the key, in the lexicographic order of RFC 7638 §3.2.
  private var requiredMembers: JSONObject {
    switch material {
    case .es256(let key):
      let point = Array(key.rawRepresentation)
      return [
        "crv": "P-256", "kty": "EC", "x": .string(Base64URL.encode(Array(point.prefix(32)))),
        "y": .string(Base64URL.encode(Array(point.suffix(32)))),
      ]
    case .rs256(let key):
      return ["e": .string(Base64URL.encode(key.exponent)), "kty": "RSA", "n": .string(Base64URL.encode(key.modulus))]
    }
  }

  /// Takes up a published key. Without `alg` the type of the key decides it; without `kid` it is named by its thumbprint.
  package init(jwk: JSONObject) throws(JWKError) {
    guard jwk["d"] == nil, jwk["k"] == nil else { throw .privateKey }
    if let use = jwk["use"], use != "sig" { throw .notSupported }
    let material: Material
    switch jwk["kty"]?.stringValue {
    case "EC":
      guard jwk["crv"] == "P-256" else { throw .notSupported }
      guard let x = try Self.bytes(jwk, "x"), let y = try Self.bytes(jwk, "y"), x.count == 32, y.count == 32,
        let key = try? P256.Signing.PublicKey(rawRepresentation: x + y)
      else { throw .malformed }
      material = .es256(key)
    case "RSA":
      guard let n = try Self.bytes(jwk, "n"), let e = try Self.bytes(jwk, "e") else { throw .malformed }
      guard let key = RSAPublicKey(modulus: n, exponent: e) else { throw .weak }
      material = .rs256(key)
    default:
      throw .notSupported
    }
    let unnamed = VerificationKey(id: "", material)
    if let algorithm = jwk["alg"], algorithm.stringValue != unnamed.algorithm.rawValue { throw .notSupported }
    switch jwk["kid"] {
    case nil: self.init(id: unnamed.thumbprint, material)
    case .string(let id): self.init(id: id, material)
    default: throw .malformed
    }
  }

  private static func bytes(_ jwk: JSONObject, _ name: String) throws(JWKError) -> [UInt8]? {
    guard let text = jwk[name]?.stringValue, text.utf8.count <= 2048 else { throw .malformed }
    return Base64URL.decode(text)
  }
}
