internal import HTTPTypes

/// What every answer carries (THREATS WEB1, LNK14; OWASP ASVS 3.4).
///
/// The policy allows a page its stylesheet, its icon and forms to ourselves, and nothing else: no script, no frame, no outside. No answer is
/// kept by anybody unless its route says so.
struct SecurityHeaders: Sendable {
  private let always: [HTTPField]
  private let unlessSaid: [HTTPField]

  init(isSecure: Bool) {
    let policy =
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    var fields = [
      HTTPField(name: .contentSecurityPolicy, value: policy),
      HTTPField(name: .xContentTypeOptions, value: "nosniff"),
      HTTPField(name: .constant("X-Frame-Options"), value: "DENY"),
      HTTPField(name: .constant("Referrer-Policy"), value: "no-referrer"),
      HTTPField(name: .constant("Cross-Origin-Opener-Policy"), value: "same-origin"),
      HTTPField(
        name: .constant("Permissions-Policy"),
        value: "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(), usb=()"),
    ]
    // A browser that was told this over plain http would have to disbelieve it (RFC 6797 §7.2).
    if isSecure { fields.append(HTTPField(name: .strictTransportSecurity, value: "max-age=63072000; includeSubDomains")) }
    always = fields
    unlessSaid = [
      HTTPField(name: .cacheControl, value: "no-store"),
      HTTPField(name: .constant("Cross-Origin-Resource-Policy"), value: "same-origin"),
    ]
  }

  func add(to headers: inout HTTPFields) {
    for field in always { headers[field.name] = field.value }
    for field in unlessSaid where headers[field.name] == nil { headers[field.name] = field.value }
  }
}
