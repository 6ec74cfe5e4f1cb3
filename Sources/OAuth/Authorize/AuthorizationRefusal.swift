/// Why an authorization request is answered by a page of ours: it is not proved who asks or where an answer may go, so nothing may be sent
/// anywhere (RFC 6749 §4.1.2.1).
package enum AuthorizationRefusal: String, Error, Sendable, CaseIterable {
  /// `client_id` or `redirect_uri` stands there twice.
  case repeatedParameter = "repeated_parameter"
  case applicationMissing = "application_missing"
  /// Unknown, disabled, or its organization is closed: one case on purpose.
  case applicationUnknown = "application_unknown"
  /// No `redirect_uri`, and the application has not exactly one.
  case redirectMissing = "redirect_missing"
  /// Not one of the registered addresses.
  case redirectNotRegistered = "redirect_not_registered"
}
