public import Primitives

/// What `/oauth/jwks` answers: the public keys that verify our signatures (RFC 7517 §5). Each member is one key, as its `kty` shapes it.
public struct KeySet: Codable, Hashable, Sendable {
  /// One object a key.
  public var keys: [JSONObject]

  /// A set of public keys.
  public init(keys: [JSONObject]) { self.keys = keys }
}
