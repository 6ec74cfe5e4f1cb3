/// The algorithms we sign with and believe, by their JOSE names (RFC 7518 §3.1). Only asymmetric ones: a key that verifies can never
/// forge. `none` is not a value one could ask for.
package enum SignatureAlgorithm: String, Hashable, Sendable, CaseIterable, Codable {
  /// ECDSA on P-256 with SHA-256: the default, small and fast.
  case es256 = "ES256"
  /// RSASSA-PKCS1-v1_5 with SHA-256: for services that know nothing newer.
  case rs256 = "RS256"
}
