import Identity
import Primitives
import TestKit
import Testing

/// Step 4 of the journey with nothing of ours but the server: Debian's Chromium, and services written with Authlib and joserfc.
@Suite(.rule("OpenID Connect Core §3.1, RFC 7636, RFC 9068, RFC 9207"), .timeLimit(.minutes(3))) struct SigningInWithChromium {
  @Test(.threat("WEB1", "MIX1"))
  func `the first service asks for the password, the second signs in without asking anything`() async throws {
    try await ForeignWorld.run { world in
      try await Chromium.run { browser in
        let asked = try await browser.open(world.orders.address)
        #expect(asked.url.hasPrefix("\(world.issuer)/") && asked.language == "en" && asked.text.contains("Orders"))
        try await signIn(browser)
        let arrived = try await browser.until(url: world.orders.redirectURI, text: "Signed in")
        #expect(arrived.blocked.isEmpty, "the form's policy let the browser go on to the service")
        let first = try await world.orders.signedIn()

        try await browser.open(world.reports.address)
        try await browser.until(url: world.reports.redirectURI, text: "Signed in")
        let second = try await world.reports.signedIn()

        let (one, other) = (try #require(first["identity"]?.objectValue), try #require(second["identity"]?.objectValue))
        #expect(one["sub"] == other["sub"])
        #expect(one["sid"] == other["sid"] && one["auth_time"] == other["auth_time"], "one session, one proof of identity")
        #expect(first["userinfo"]?.objectValue?["email"] == "alan@contoso.test")
        #expect(first["has_refresh_token"] == true)
      }
    }
  }

  @Test(.threat("INT1")) func `both services verify their token twice: by the published keys and by introspection`() async throws
  {
    try await ForeignWorld.run { world in
      try await Chromium.run { browser in
        try await browser.open(world.orders.address)
        try await signIn(browser)
        try await browser.until(text: "Signed in")
        _ = try await world.orders.signedIn()
        try await browser.open(world.reports.address)
        try await browser.until(url: world.reports.redirectURI, text: "Signed in")
        _ = try await world.reports.signedIn()
      }
      let checks = [
        (world.orders, world.ordersClient, ForeignWorld.ordersAudience, "ES256"),
        (world.reports, world.reportsAPI, ForeignWorld.reportsAudience, "RS256"),
      ]
      for (application, api, audience, algorithm) in checks {
        let access = try await application.verify()
        #expect(access["header"]?.objectValue?["alg"]?.stringValue == algorithm)
        #expect(access["claims"]?.objectValue?["aud"]?.stringValue == audience)
        #expect(access["claims"]?.objectValue?["roles"] == ["account-viewer"])
        let told = try await application.introspect(as: api.id, secret: api.secret)
        #expect(told["active"] == true && told["sub"] == access["claims"]?.objectValue?["sub"])
      }
      let foreign = try await world.orders.introspect(as: world.reportsAPI.id, secret: world.reportsAPI.secret)
      #expect(foreign["active"] == false && foreign["sub"] == nil, "a token for another service is none of its business")
    }
  }

  @Test(.threat("REF1")) func `a service refreshes its token, and gives it back`() async throws {
    try await ForeignWorld.run { world in
      try await Chromium.run { browser in
        try await browser.open(world.orders.address)
        try await signIn(browser)
        try await browser.until(text: "Signed in")
      }
      let before = try await world.orders.signedIn()
      let after = try await world.orders.refresh()
      #expect(before["access"]?.objectValue?["claims"]?.objectValue?["jti"] != after["claims"]?.objectValue?["jti"])
      #expect(try await world.orders.introspect(as: world.ordersClient.id, secret: world.ordersClient.secret)["active"] == true)
      try await world.orders.revoke()
      #expect(try await world.orders.introspect(as: world.ordersClient.id, secret: world.ordersClient.secret)["active"] == false)
      await #expect(throws: ForeignApplication.Refused.self) { try await world.orders.refresh() }
    }
  }

  @Test(.threat("WEB4")) func `signing in works without scripts, by keyboard alone, in a window of 320 pixels`() async throws {
    try await ForeignWorld.run { world in
      try await Chromium.run { browser in
        try await browser.width(320)
        let page = try await browser.open(world.orders.address)
        #expect(!page.overflows)
        try await tab(browser, to: "email")
        try await browser.type("alan@contoso.test")
        try await tab(browser, to: "password")
        try await browser.type(TestWorld.password)
        try await browser.keys("Enter")
        try await browser.until(url: world.orders.redirectURI, text: "Signed in")
        _ = try await world.orders.signedIn()
      }
    }
  }

  @Test(.threat("WEB2")) func `the sign-in page does not show itself in a frame of another origin`() async throws {
    try await ForeignWorld.run { world in
      try await Chromium.run { browser in
        let page = try await browser.open("\(world.orders.address)/frame")
        #expect(page.frames.count == 1)
        #expect(page.frames.allSatisfy { !$0.hasPrefix(world.issuer) })
        #expect(page.blocked.contains { $0.contains("frame-ancestors") })
      }
    }
  }

  @Test(.threat("PWD1")) func `a wrong password stays on the page, in the same words for everybody`() async throws {
    try await ForeignWorld.run { world in
      try await Chromium.run { browser in
        var texts: [String] = []
        for email in ["alan@contoso.test", "nobody@contoso.test"] {
          try await browser.open(world.orders.address)
          try await browser.fill("email", email)
          try await browser.fill("password", "certainly not the password")
          let page = try await browser.press("Sign in")
          #expect(page.url.hasPrefix("\(world.issuer)/sign-in"))
          texts.append(page.text)
        }
        #expect(texts.first == texts.last)
      }
    }
  }

  private func signIn(_ browser: Chromium) async throws {
    try await browser.fill("email", "alan@contoso.test")
    try await browser.fill("password", TestWorld.password)
    try await browser.press("Sign in")
  }

  private func tab(_ browser: Chromium, to field: String) async throws {
    for _ in 1...30 where try await browser.keys("Tab").focused == field { return }
    Issue.record("the keyboard does not reach \(field)")
  }
}
