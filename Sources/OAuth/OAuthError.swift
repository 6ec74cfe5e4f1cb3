internal import Primitives
package import Wire

/// What a standard lets us say when we refuse. `description` is safe to show to anybody; `detail` is only logged.
package struct OAuthError: Error, Sendable {
  /// The codes, each from the standard that defines it.
  package enum Code: String, Sendable {
    // RFC 6749 §4.1.2.1 and §5.2
    case invalidRequest = "invalid_request"
    case invalidClient = "invalid_client"
    case invalidGrant = "invalid_grant"
    case invalidScope = "invalid_scope"
    case unauthorizedClient = "unauthorized_client"
    case unsupportedGrantType = "unsupported_grant_type"
    case unsupportedResponseType = "unsupported_response_type"
    case accessDenied = "access_denied"
    case temporarilyUnavailable = "temporarily_unavailable"
    // RFC 8707 §2
    case invalidTarget = "invalid_target"
    // OpenID Connect Core §3.1.2.6
    case loginRequired = "login_required"
    case requestNotSupported = "request_not_supported"
    case requestURINotSupported = "request_uri_not_supported"
    case registrationNotSupported = "registration_not_supported"
    // RFC 6750 §3.1
    case invalidToken = "invalid_token"
    case insufficientScope = "insufficient_scope"
    // RFC 7009 §2.2.1
    case unsupportedTokenType = "unsupported_token_type"
    // RFC 7591 §3.2.2
    case invalidRedirectURI = "invalid_redirect_uri"
    case invalidClientMetadata = "invalid_client_metadata"
  }

  package let code: Code
  package let description: String
  package let detail: String?
  /// The value of `WWW-Authenticate`, where one belongs to the answer.
  package let challenge: String?
  /// After how many seconds it is worth trying again: the answer is 429 with `Retry-After`.
  package let retryAfterSeconds: Int64?

  package init(
    _ code: Code, _ description: String, detail: String? = nil, challenge: String? = nil, retryAfterSeconds: Int64? = nil
  ) {
    self.code = code
    self.description = description
    self.detail = detail
    self.challenge = challenge
    self.retryAfterSeconds = retryAfterSeconds
  }

  /// The HTTP status where the error is answered directly, not by a redirect.
  package var status: Int {
    if retryAfterSeconds != nil { return 429 }
    return switch code {
    case .invalidClient, .invalidToken: 401
    case .insufficientScope: 403
    // RFC 7591 §3.2.2 says 400 "unless otherwise specified". We specify 422, as everywhere else for a form that can be read and not be taken.
    case .invalidRedirectURI: 422
    case .temporarilyUnavailable: 503
    default: 400
    }
  }

  package var response: ErrorResponse { ErrorResponse(error: code.rawValue, errorDescription: description) }
}
