/// What a browser says of itself, in few words for the list of one's own sessions: `Firefox 144, Linux`.
///
/// It helps people tell their devices apart and proves nothing, as a browser may say what it likes. What is not recognized stays as it was sent.
enum BrowserName {
  /// The first that fits counts: most browsers name others in passing, and all of them name Safari.
  private static let browsers: [(mark: String, name: String)] = [
    ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("YaBrowser/", "Yandex Browser"),
    ("SamsungBrowser/", "Samsung Internet"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Version/", "Safari"),
  ]
  private static let systems: [(mark: String, name: String)] = [
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
  ]

  static func text(_ userAgent: String) -> String {
    guard let browser = browsers.first(where: { userAgent.contains($0.mark) }), userAgent.contains("Mozilla/") else {
      return userAgent
    }
    let version = userAgent.split(separator: browser.mark, maxSplits: 1).last?.prefix { $0.isASCII && $0.isNumber } ?? ""
    let system = systems.first { userAgent.contains($0.mark) }?.name
    return [[browser.name, String(version)].filter { !$0.isEmpty }.joined(separator: " "), system].compactMap(\.self)
      .joined(separator: ", ")
  }
}
