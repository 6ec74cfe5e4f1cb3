internal import HTTPTypes
internal import Identity
internal import Localization
internal import Primitives

/// What a browser remembers for us, signed in or not: a secret that ties forms to it, the kind of account last chosen, and the language chosen
/// by hand. The cookie is `secret.kind.language`, the last two of which may be empty, and one more part where the language was chosen by somebody
/// signed in. None of it proves who somebody is.
struct BrowserMemory: Sendable, Equatable {
  static let lifetime: Duration = .days(180)

  /// Nil in a browser that is here for the first time, or sent something else than we gave it.
  var secret: SecretToken?
  var kind: Account.KindName?
  var chosenLanguage: Language?
  /// Chosen by somebody who was signed in: it goes before their account's, until somebody signs in here anew.
  var overridesAccount = false

  private static let overriding = "over"

  init(_ exchange: Exchange, _ settings: WebSettings) {
    let parts = (exchange.cookie(.browser, settings) ?? "").split(separator: ".", omittingEmptySubsequences: false).map(
      String.init)
    guard (3...4).contains(parts.count), parts[0].utf8.count == 43, Base64URL.decode(parts[0]) != nil else { return }
    secret = SecretToken(presented: parts[0])
    kind = Account.KindName(rawValue: parts[1])
    chosenLanguage = Language(parts[2])
    overridesAccount = parts.dropFirst(3).first == Self.overriding
  }

  static func == (left: BrowserMemory, right: BrowserMemory) -> Bool {
    left.secret?.digest == right.secret?.digest && left.kind == right.kind && left.chosenLanguage == right.chosenLanguage
      && left.overridesAccount == right.overridesAccount
  }

  /// The cookie that keeps it, as far as there is a secret to keep it under.
  func cookie(_ settings: WebSettings) -> SetCookie? {
    secret.map { secret in
      let parts =
        [secret.reveal(), kind?.rawValue ?? "", chosenLanguage?.tag ?? ""] + (overridesAccount ? [Self.overriding] : [])
      return SetCookie(.browser, parts.joined(separator: "."), lifetime: Self.lifetime, settings)
    }
  }

  /// In which language to speak: the one asked for in the address, else one chosen since the sign-in, else the account's, else the one chosen
  /// here before, else the browser's.
  func language(_ exchange: Exchange, account: Account?) -> Language {
    exchange.query.first(FormName.language).flatMap { Language($0) } ?? (overridesAccount ? chosenLanguage : nil)
      ?? account?.language ?? chosenLanguage ?? Language.negotiate(acceptLanguage: exchange.headers[.acceptLanguage])
  }
}
