import Identity
import TestKit
import Testing

@Suite(.rule("RFC 9700 §2.1"), .threat("RED2"))
struct RedirectAddresses {
  @Test(arguments: [
    "https://orders.test", "https://orders.test/", "https://orders.test/signed-in?tenant=7&x=%20",
    "https://orders.test:8443/a/b.c/~d",
    "http://127.0.0.1/done", "http://127.0.0.1:49152/done", "http://[::1]:8000/", "http://localhost:3000/callback",
    "https://xn--bcher-kva.test/",
  ])
  func `an address of the web, or of this very machine, is taken as it is`(_ text: String) throws {
    #expect(try RedirectURI(text).text == text)
  }

  @Test(
    arguments: [
      ("http://orders.test/", .schemeNotAllowed), ("javascript:alert(1)", .schemeNotAllowed),
      ("data:text/html,x", .schemeNotAllowed),
      ("com.example.app:/done", .schemeNotAllowed), ("HTTPS://orders.test/", .schemeNotAllowed),
      ("ftp://orders.test/", .schemeNotAllowed),
      ("/signed-in", .malformed), ("orders.test/signed-in", .malformed), ("", .malformed), ("https:orders.test", .malformed),
      ("https:///signed-in", .malformed), ("https://", .malformed), ("https://orders.test/ä", .malformed),
      ("https://orders.test/a b", .malformed),
      ("https://orders.test\\@evil.test/", .malformed), ("https://orders.test/%zz", .malformed),
      ("https://orders..test/", .malformed),
      ("https://orders.test:0/", .malformed), ("https://orders.test:65536/", .malformed), ("https://1.2.3/", .malformed),
      ("https://user@orders.test/", .userInformation), ("https://user:word@orders.test/", .userInformation),
      ("https://orders.test/#", .fragment), ("https://orders.test/#/signed-in", .fragment), ("https://*.orders.test/", .wildcard),
      ("https://orders.test/*", .wildcard), ("https://orders.test/a/../b", .dotSegment),
      ("https://orders.test/%2E%2e/b", .dotSegment),
      ("https://orders.test/./b", .dotSegment), ("https://Orders.test/", .notCanonical),
      ("https://orders.test:443/", .notCanonical),
      ("http://127.0.0.1:80/", .notCanonical), ("http://127.0.0.1.evil.test/", .schemeNotAllowed),
      ("https://orders.test/" + String(repeating: "a", count: 2000), .tooLong),
    ] as [(String, RedirectURI.Flaw)])
  func `anything else is refused with its reason`(_ text: String, _ flaw: RedirectURI.Flaw) {
    #expect(throws: flaw) { try RedirectURI(text) }
  }

  @Test func `an address of two thousand bytes is the longest`() throws {
    let start = "https://orders.test/"
    _ = try RedirectURI(start + String(repeating: "a", count: 2000 - start.utf8.count))
    #expect(throws: RedirectURI.Flaw.tooLong) { try RedirectURI(start + String(repeating: "a", count: 2001 - start.utf8.count)) }
  }
}
