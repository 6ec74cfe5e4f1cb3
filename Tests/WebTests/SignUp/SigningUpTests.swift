internal import Identity
internal import Localization
internal import Mail
internal import Primitives
internal import TestKit
internal import Testing

@Suite struct SigningUpByPage {
  @Test(.threat("LNK6")) func `the answer is the same whether or not the address has an account`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    _ = try await server.world.personalAccount("known@private.test")
    let known = try await signUp(server, "known@private.test")
    let fresh = try await signUp(server, "fresh@private.test")
    #expect(known.address == "/sign-up/check-mail")
    #expect(known.text.replacing("known@", with: "fresh@") == fresh.text)
    #expect(
      try await server.world.letters().last { $0.letter.recipient == EmailAddress(stored: "known@private.test") }?.content.link
        == nil)
  }

  @Test(.threat("LNK10", "LNK1")) func `opening the link confirms nothing; the button does, once`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    _ = try await signUp(server, "ada@private.test")
    let link = "/confirm/\(try await server.world.newestLink(to: "ada@private.test").reveal())"
    for method in ["HEAD", "GET", "HEAD", "GET"] { #expect(try await server.client.send(method, link).status == 200) }
    #expect(try await server.world.audit(.accountCreated).isEmpty)
    let (one, other) = (server.browser(), server.browser())
    let form = try #require(try await other.open(link).form())
    let password = [("password", TestWorld.otherPassword)]
    let own = try #require(try await one.open(link).form())
    #expect(try await one.submit(own, [("password", TestWorld.password)]).status == 422)
    #expect(try await server.world.audit(.accountCreated).isEmpty)
    #expect(try await one.submit(own, password).address == "/dashboard")
    #expect(try await other.submit(form, password).status == 410)
    #expect(try await server.browser().open(link).status == 410)
    #expect(try await server.world.audit(.accountCreated).count == 1)
  }

  @Test func `a link is good for a day`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    _ = try await signUp(server, "ada@private.test")
    let link = "/confirm/\(try await server.world.newestLink(to: "ada@private.test").reveal())"
    server.world.clock.advance(by: .hours(24))
    #expect(try await server.browser().open(link).status == 200)
    server.world.clock.advance(by: .seconds(1))
    #expect(try await server.browser().open(link).status == 410)
  }

  @Test func `what is missing is named, what was typed is kept, and no letter goes out`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let browser = server.browser()
    let form = try #require(try await browser.open("/sign-up").form(to: "/sign-up"))
    let page = try await browser.submit(
      form, [("email", "ada"), ("given_name", "Ada"), ("country", "XX"), ("password", "short")])
    #expect(page.status == 422)
    let kept = try #require(page.form(to: "/sign-up"))
    #expect(kept.value("email") == "ada" && kept.value("given_name") == "Ada" && kept.value("password") == "")
    #expect(try await server.world.letters().isEmpty)
  }

  @Test func `a sign-up that began at a service ends there`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let shop = try await server.application("Shop") { $0.admits = .personal }
    let browser = server.browser()
    let told = try await signUp(server, "ada@private.test", in: browser, at: shop.authorizationPath())
    #expect(told.address.hasPrefix("/sign-up/check-mail"))
    let page = try await browser.open(try await link(server, to: "ada@private.test"))
    let back = try await browser.submit(try #require(page.form()), password)
    #expect(shop.returned(back.nextAddress)?.first("code") != nil)
    #expect(shop.returned(back.nextAddress)?.first("state") == "state-1")
  }

  @Test func `whoever has an account already goes on to the service from the page that answered the sign-up`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    _ = try await server.world.personalAccount("ada@private.test")
    let shop = try await server.application("Shop") { $0.admits = .personal }
    let browser = server.browser()
    let told = try await signUp(server, "ada@private.test", in: browser, at: shop.authorizationPath())
    let signIn = try #require(told.links.first { $0.hasPrefix("/oauth/authorize?") })
    let form = try #require(try await browser.open(signIn).form(to: "/sign-in"))
    let back = try await browser.submit(form, [("email", "ada@private.test"), ("password", TestWorld.password)])
    #expect(shop.returned(back.nextAddress)?.first("code") != nil)
  }

  @Test(.threat("COD7", "LNK6"))
  func `in another browser a confirmation leads to the start page, not into somebody's half-done sign-in`()
    async throws
  {
    let server = try await RunningServer.start(try await TestWorld.make())
    let shop = try await server.application("Shop") { $0.admits = .personal }
    _ = try await signUp(server, "ada@private.test", in: server.browser(), at: shop.authorizationPath())
    let other = server.browser()
    let page = try await other.open(try await link(server, to: "ada@private.test"))
    let done = try await other.submit(try #require(page.form()), password)
    #expect(done.address == "/dashboard")
    #expect(done.links.contains("https://shop.test/"))
  }

  @Test(
    .threat("RED3", "LNK7"),
    arguments: ["https://evil.test/", "//evil.test", "/\\evil.test", "/oauth/authorize#x", "/invitation/secret", "/users"])
  func `only an authorization request is gone on with after a sign-up`(address: String) async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let browser = server.browser()
    let told = try await signUp(
      server, "ada@private.test", in: browser, at: "/sign-up?\(FormFields([(name: "continue", value: address)]).encoded)")
    #expect(told.links.allSatisfy { !$0.contains("evil") && !$0.contains("secret") })
    let page = try await browser.open(try await link(server, to: "ada@private.test"))
    #expect(try await browser.submit(try #require(page.form()), password).address == "/dashboard")
  }

  @Test(.threat("RED3", "LNK14")) func `the link in the letter carries nothing but its secret`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let shop = try await server.application("Shop") { $0.admits = .personal }
    _ = try await signUp(server, "ada@private.test", in: server.browser(), at: shop.authorizationPath())
    let secret = try await server.world.newestLink(to: "ada@private.test").reveal()
    let letter = try #require(try await server.world.letters().last)
    #expect(letter.content.link == "\(TestWorld.publicAddress)/confirm/\(secret)")
    #expect(secret.utf8.count == 43)
  }

  @Test(.threat("LNK16")) func `a network that asks for letters to many mailboxes has to wait, and loses nothing it typed`()
    async throws
  {
    let server = try await RunningServer.start(try await TestWorld.make())
    _ = try await server.world.personalAccount("known@private.test")
    let limit = 20
    for number in 0..<limit { #expect(try await signUp(server, "ada\(number)@private.test").status == 200) }
    #expect(try await server.world.letters().count == limit)
    var seen: Set<String> = []
    for name in ["known", "fresh"] {
      let browser = server.browser()
      browser.send(header: "Accept-Language", "ru")
      let page = try await signUp(server, "\(name)@private.test", in: browser)
      #expect(page.status == 429)
      #expect(page.reply.header("Retry-After").flatMap { Int($0) }.map { $0 > 0 } == true)
      #expect(page.language == "ru")
      let form = try #require(page.form(to: "/sign-up"))
      #expect(form.value("email") == "\(name)@private.test" && form.value("family_name") == "King")
      seen.insert(page.text)
    }
    #expect(seen.count == 1)
    #expect(try await server.world.letters().count == limit)
    server.world.clock.advance(by: .minutes(5))
    #expect(try await signUp(server, "fresh@private.test").status == 200)
  }

  @Test(.threat("LNK6")) func `a letter repeats nothing that a stranger typed`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    _ = try await server.world.personalAccount("known@private.test")
    for email in ["known@private.test", "fresh@private.test"] {
      _ = try await signUp(server, email, first: "Win a prize", last: "at evil.test")
    }
    let sender = try #require(MailAddress(EmailAddress(stored: "usher@usher.test")))
    let writer = LetterWriter(from: Mailbox(name: "Usher", address: sender), tables: .compiledIn)
    let letters = try await server.world.letters()
    #expect(letters.count == 2)
    for waiting in letters {
      let message = try #require(writer.message(for: waiting.letter, saying: waiting.content))
      let all = message.plainText + message.html + message.subject + message.to.name
      #expect(!all.contains("prize") && !all.contains("evil"))
    }
  }

  @Test(.threat("PWD8", "PWD7")) func `a password signs in in either spelling of its letters, and no other way`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    let composed = "caf\u{E9} harbour lantern seven"
    let decomposed = "cafe\u{301} harbour lantern seven"
    _ = try await signUp(server, "ada@private.test", password: decomposed)
    let link = "/confirm/\(try await server.world.newestLink(to: "ada@private.test").reveal())"
    let browser = server.browser()
    _ = try await browser.submit(try #require(try await browser.open(link).form()), [("password", composed)])
    for spelling in [composed, decomposed] {
      #expect(try await server.browser().signIn("ada@private.test", password: spelling, kind: "personal").address == "/dashboard")
    }
    for other in [composed + " ", composed.uppercased(), String(composed.dropLast())] {
      #expect(try await server.browser().signIn("ada@private.test", password: other, kind: "personal").status == 422)
    }
  }

  private let password = [(name: "password", value: TestWorld.otherPassword)]

  private func link(_ server: RunningServer, to email: String) async throws -> String {
    "/confirm/\(try await server.world.newestLink(to: email).reveal())"
  }

  /// Signs up in a browser, on the way from some page that leads there.
  private func signUp(
    _ server: RunningServer, _ email: String, in browser: TestBrowser? = nil, at address: String = "/sign-up",
    first: String = "Ada", last: String = "King", password: String = TestWorld.otherPassword
  ) async throws -> BrowserPage {
    let browser = browser ?? server.browser()
    var page = try await browser.open(address)
    if page.form(to: "/sign-up") == nil {
      page = try await browser.open(try #require(page.links.first { $0.hasPrefix("/sign-up") }))
    }
    return try await browser.submit(
      try #require(page.form(to: "/sign-up")),
      [
        ("email", email), ("given_name", first), ("family_name", last), ("country", ""), ("password", password),
        ("password_again", password),
      ])
  }
}
