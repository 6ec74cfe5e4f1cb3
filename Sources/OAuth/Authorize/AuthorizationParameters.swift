package import Primitives

/// What stood in an authorization request, unchecked (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1).
package struct AuthorizationParameters: Sendable {
  /// The parameter by which a request remembers that a new sign-in was asked for; see `SignInMark`.
  package static let mark = "sign_in_after"

  package let fields: FormFields
  package let repeated: Set<String>

  package init(_ fields: FormFields) {
    self.fields = fields
    repeated = fields.duplicatedNames
  }

  /// The value of a parameter; one without a value counts as left out (RFC 6749 §3.1).
  package subscript(name: String) -> String? {
    fields.first(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The parameters as the application sent them.
  var withoutMark: FormFields { FormFields(fields.pairs.filter { $0.name != Self.mark }) }

  /// The path at which this request goes on after a step of ours.
  func path(markedBy mark: String?) -> String {
    var pairs = withoutMark.pairs
    if let mark { pairs.append((name: Self.mark, value: mark)) }
    return EndpointPath.authorize + "?" + FormFields(pairs).encoded
  }
}
