package import Identity

/// An authorization request of which it is proved who asks and where the answer may go. Only `Authorize.identify` makes one.
package struct TrustedRequest: Sendable {
  package let application: Application
  package let redirectURI: String
  /// Whether the request named the address itself, so that the exchange of the code must repeat it (RFC 6749 §4.1.3).
  let redirectURIWasSent: Bool
  let parameters: AuthorizationParameters

  init(application: Application, redirectURI: String, redirectURIWasSent: Bool, parameters: AuthorizationParameters) {
    self.application = application
    self.redirectURI = redirectURI
    self.redirectURIWasSent = redirectURIWasSent
    self.parameters = parameters
  }

  /// Returned untouched with every answer; left out when it stood there twice, as then nobody knows which is meant.
  var state: String? { parameters.repeated.contains("state") ? nil : parameters["state"] }
}
