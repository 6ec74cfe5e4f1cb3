internal import TestKit
internal import Testing

@testable internal import Web

@Suite(.threat("RED3")) struct ContinuePaths {
  @Test(arguments: [
    "/dashboard", "/profile", "/users?after=1", "/oauth/authorize?client_id=a&redirect_uri=https%3A%2F%2Fapp.test%2Fback", "/",
  ])
  func `a path of our own is kept`(path: String) {
    #expect(ContinuePath(path).text == path)
  }

  @Test(
    arguments: [
      "https://evil.test", "//evil.test", "///evil.test", "/\\evil.test", "\\/evil.test", "/\t/evil.test", "/\n/evil.test",
      "/%09/evil.test",
      "/%0a/evil.test", "/%5Cevil.test", "/%2Fevil.test", "/%2f%2fevil.test", "javascript:alert(1)", "JAVASCRIPT:alert(1)",
      " /dashboard",
      "dashboard", "", "/dash board", "/\u{0}", "/%", "/ünïcode", "/dashboard#fragment", "/.\u{FF0F}/evil",
      "/" + String(repeating: "a", count: 8_000),
    ])
  func `anything else leads to the start page`(presented: String) {
    #expect(ContinuePath(presented).text == "/dashboard")
  }

  @Test func `nothing at all leads to the start page`() {
    #expect(ContinuePath(nil).text == "/dashboard")
  }
}
