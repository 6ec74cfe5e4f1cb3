internal import Testing

@testable import Web

@Suite struct NamingBrowsers {
  @Test(arguments: [
    ("Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", "Firefox 144, Linux"),
    (
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
      "Chrome 141, Windows"
    ),
    (
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/140.0.0.0",
      "Edge 140, Windows"
    ),
    (
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15",
      "Safari 18, macOS"
    ),
    (
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1",
      "Safari 18, iPhone"
    ),
    (
      "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
      "Chrome 141, Android"
    ),
    ("Mozilla/5.0 (Unheard of) Firefox/", "Firefox"),
    ("curl/8.5.0", "curl/8.5.0"), ("<b>Chrome/1</b>", "<b>Chrome/1</b>"), ("", ""),
  ])
  func `browser and system are told in few words, and anything else as it was sent`(sent: String, shown: String) {
    #expect(BrowserName.text(sent) == shown)
  }
}
