internal import Identity
internal import Primitives

/// Who an application says it is, and what it brings to prove it (RFC 6749 §2.3).
struct PresentedClient: Sendable {
  let id: String
  let method: Application.Authentication
  let secret: SecretToken?

  /// - Throws: `invalid_request` for more than one way at a time; `invalid_client` for none, or one we do not know.
  init(_ request: EndpointRequest) throws(OAuthError) {
    guard request.authorization.count <= 1 else {
      throw OAuthError(.invalidRequest, "The header Authorization stands there twice.")
    }
    let secretInBody = request["client_secret"]
    guard request["client_assertion"] == nil, request["client_assertion_type"] == nil else {
      throw AuthenticateClient.refusal("assertions are not supported")
    }
    if let header = request.authorization.first {
      guard secretInBody == nil else {
        throw OAuthError(.invalidRequest, "The application proves who it is in two ways at once.")
      }
      let (id, secret) = try Self.basic(header)
      if let named = request["client_id"], !named.isExactly(id) {
        throw OAuthError(.invalidRequest, "The client_id differs from the one in the header Authorization.")
      }
      self.init(id: id, method: .basic, secret: SecretToken(presented: secret))
    } else if let id = request["client_id"] {
      self.init(id: id, method: secretInBody == nil ? .none : .post, secret: secretInBody.map(SecretToken.init(presented:)))
    } else {
      throw AuthenticateClient.refusal("no client")
    }
  }

  private init(id: String, method: Application.Authentication, secret: SecretToken?) {
    self.id = id
    self.method = method
    self.secret = secret
  }

  /// Both halves are form-encoded before they are joined (RFC 6749 §2.3.1), which is more than RFC 7617 asks.
  private static func basic(_ header: String) throws(OAuthError) -> (id: String, secret: String) {
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "basic", let bytes = Base64.decode(String(parts[1])),
      let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      let id = String(validating: bytes[..<colon], as: UTF8.self).flatMap({ PercentEncoding.decode($0, plusIsSpace: true) }),
      let secret = String(validating: bytes[(colon + 1)...], as: UTF8.self).flatMap({
        PercentEncoding.decode($0, plusIsSpace: true)
      })
    else { throw AuthenticateClient.refusal("header cannot be read") }
    return (id, secret)
  }
}
