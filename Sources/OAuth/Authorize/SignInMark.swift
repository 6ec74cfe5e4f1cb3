internal import Identity
internal import Primitives

/// Remembers, without a row anywhere, since when a new sign-in is wanted for one authorization request in one browser.
///
/// `prompt=login` must lead to a genuinely new proof of identity, and still the same request must be satisfied when the person comes back from
/// having given it. So the way back carries the moment of asking, authenticated together with the browser and with everything the application
/// sent: taken to another browser (THREATS COD7) or put on another request it is worth nothing.
enum SignInMark {
  static let lifetime: Duration = .hours(1)

  static func make(at now: Timestamp, for parameters: AuthorizationParameters, in browser: SecretDigest, _ keys: KeyRing)
    -> String
  {
    let tag = keys.authorizations.tag(for: message(now, parameters, browser))
    return "\(now.microseconds).\(Base64URL.encode(tag))"
  }

  /// The moment of asking, or nil when there is no mark, it is too old, or not made for this request and browser.
  static func moment(in parameters: AuthorizationParameters, at now: Timestamp, in browser: SecretDigest, _ keys: KeyRing)
    -> Timestamp?
  {
    guard !parameters.repeated.contains(AuthorizationParameters.mark), let value = parameters[AuthorizationParameters.mark],
      let dot = value.firstIndex(of: "."), let microseconds = Int64(value[..<dot]),
      let tag = Base64URL.decode(String(value[value.index(after: dot)...]))
    else { return nil }
    let marked = Timestamp(microseconds: microseconds)
    guard marked <= now, now - marked <= lifetime, keys.authorizations.verifies(tag, for: message(marked, parameters, browser))
    else { return nil }
    return marked
  }

  private static func message(_ moment: Timestamp, _ parameters: AuthorizationParameters, _ browser: SecretDigest) -> [UInt8] {
    let request = SecretDigest.of(parameters.withoutMark.encoded)
    return Array("sign-in-after\n\(moment.microseconds)\n\(browser.text)\n\(request.text)".utf8)
  }
}
