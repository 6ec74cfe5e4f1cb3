internal import Identity
internal import Primitives

/// The address a browser is sent to with the answer (RFC 6749 §4.1.2). Every answer names its issuer (RFC 9207 §2), so that a client that
/// talks to several servers cannot be made to mix them up (THREATS MIX1).
enum AuthorizationResponse {
  static func success(_ code: SecretToken, to request: TrustedRequest, issuer: String) -> String {
    address(request, [("code", code.reveal())], issuer)
  }

  static func failure(_ error: OAuthError, to request: TrustedRequest, issuer: String) -> String {
    address(request, [("error", error.code.rawValue), ("error_description", error.description)], issuer)
  }

  private static func address(_ request: TrustedRequest, _ answer: [(name: String, value: String)], _ issuer: String) -> String {
    var fields = answer
    if let state = request.state { fields.append((name: "state", value: state)) }
    fields.append((name: "iss", value: issuer))
    return AnswerAddress.adding(fields, to: request.redirectURI)
  }
}
