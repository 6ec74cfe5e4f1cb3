package import Identity
package import Primitives

/// A request to an endpoint that applications call themselves: token, introspection, revocation.
package struct EndpointRequest: Sendable {
  /// Every value of the header `Authorization`.
  package let authorization: [String]
  /// The body, `application/x-www-form-urlencoded`.
  package let form: FormFields
  package let actor: Actor

  package init(authorization: [String], form: FormFields, actor: Actor) {
    self.authorization = authorization
    self.form = form
    self.actor = actor
  }

  /// The value of a parameter; one without a value counts as left out (RFC 6749 §3.2).
  subscript(name: String) -> String? {
    form.first(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// No parameter may stand there twice (RFC 6749 §3.2); `resource` may, by RFC 8707 §2, and has a rule of its own.
  func refuseRepeated() throws(OAuthError) {
    guard form.duplicatedNames.subtracting(["resource"]).isEmpty else {
      throw OAuthError(.invalidRequest, "A parameter stands in the request more than once.")
    }
  }
}
