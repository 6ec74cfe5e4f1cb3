internal import HTTPTypes
internal import Identity
internal import Primitives

/// Makes sure that a form was sent from a page of ours in the same browser by the same person (THREATS SES2).
///
/// Three locks, each enough against another site: the token in the form is bound to the browser's secret and the session and lives twelve hours;
/// `Origin`, where sent, must be ours, or `null` from a page of ours; `Sec-Fetch-Site`, where sent, must not tell of another site. Nothing is
/// stored.
struct FormGuard: Sendable {
  static let lifetime: Duration = .hours(12)

  let keys: KeyRing
  let publicOrigin: Origin

  /// A token for the forms of one page.
  func token(for browser: SecretToken, _ session: SessionID?, at now: Timestamp) -> String {
    Base64URL.encode(Self.bytes(now.seconds) + keys.forms.tag(for: Self.message(browser, session, now.seconds)))
  }

  /// - Throws: `Failure.formExpired`.
  func check(_ exchange: Exchange, _ browser: SecretToken?, _ session: SessionID?, at now: Timestamp) throws(Failure) {
    let site = exchange.headers[.constant("Sec-Fetch-Site")]
    if let site, site != "same-origin", site != "none" { throw .formExpired }
    if let origin = exchange.headers[.origin], !origin.isExactly(publicOrigin.description) {
      // Our pages send no referrer, and for such a page browsers write `null` (Fetch, "append a request Origin header"). Other sites can send
      // that too; only together with the browser's own word that the form is ours does it count.
      guard origin == "null", site == "same-origin" else { throw .formExpired }
    }
    let tokens = exchange.form.all(FormName.csrf)
    guard let browser, let token = tokens.first, tokens.count == 1, let bytes = Base64URL.decode(token), bytes.count == 40 else {
      throw .formExpired
    }
    let issued = bytes.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
    let age = now - Timestamp(seconds: issued)
    guard age >= .zero, age <= Self.lifetime,
      keys.forms.verifies(Array(bytes.dropFirst(8)), for: Self.message(browser, session, issued))
    else { throw .formExpired }
  }

  private static func message(_ browser: SecretToken, _ session: SessionID?, _ issued: Int64) -> [UInt8] {
    Array("\(browser.digest.text)\n\(session?.text ?? "-")\n\(issued)".utf8)
  }

  private static func bytes(_ number: Int64) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
}
