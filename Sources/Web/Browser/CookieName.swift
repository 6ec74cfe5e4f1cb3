/// What our cookies are called. `__Host-` makes browsers refuse a cookie of that name which is not `Secure`, not for this host alone or not for
/// `Path=/`; over plain http, that is on loopback, there can be none (MISSION, names fixed once; THREATS SES1).
enum CookieName: String {
  /// The signed session token.
  case session = "usher_session"
  /// What this browser is known by before anybody signs in.
  case browser = "usher_browser"
  /// Proof of an earlier success, by which this browser has a throttle of its own.
  case device = "usher_device"
  /// One word to the next page; see `Flash`.
  case flash = "usher_flash"

  func text(isSecure: Bool) -> String { isSecure ? "__Host-\(rawValue)" : rawValue }
}

extension Exchange {
  func cookie(_ name: CookieName, _ settings: WebSettings) -> String? { cookies[name.text(isSecure: settings.isSecure)] }
}

extension SetCookie {
  init(_ name: CookieName, _ value: String, lifetime: Duration?, _ settings: WebSettings) {
    self.init(name.text(isSecure: settings.isSecure), value, lifetime: lifetime, isSecure: settings.isSecure)
  }

  /// Takes a cookie away.
  static func removing(_ name: CookieName, _ settings: WebSettings) -> SetCookie {
    SetCookie(name, "", lifetime: .zero, settings)
  }
}
