internal import Identity
internal import Primitives
internal import TestKit
internal import Testing
internal import Web

/// Forms from elsewhere change nothing.
@Suite(.rule("OWASP ASVS 3.5.1"), .threat("SES2")) struct FormGuardTests {
  /// What a browser says about where a form comes from.
  struct Sent: Sendable, CustomTestStringConvertible {
    let origin: String?
    let site: String?
    let isTaken: Bool
    var testDescription: String { "Origin \(origin ?? "-"), Sec-Fetch-Site \(site ?? "-")" }
  }

  @Test(arguments: [
    Sent(origin: TestWorld.publicAddress, site: "same-origin", isTaken: true),
    Sent(origin: TestWorld.publicAddress, site: nil, isTaken: true),
    Sent(origin: nil, site: nil, isTaken: true),
    // A page of ours, which sends no referrer, in Chromium.
    Sent(origin: "null", site: "same-origin", isTaken: true),
    Sent(origin: "null", site: nil, isTaken: false),
    Sent(origin: "null", site: "cross-site", isTaken: false),
    Sent(origin: "null", site: "none", isTaken: false),
    Sent(origin: "https://evil.test", site: nil, isTaken: false),
    Sent(origin: "https://evil.test", site: "same-origin", isTaken: false),
    Sent(origin: "http://usher.test", site: nil, isTaken: false),
    Sent(origin: "https://usher.test.evil.test", site: nil, isTaken: false),
    Sent(origin: TestWorld.publicAddress, site: "same-site", isTaken: false),
    Sent(origin: TestWorld.publicAddress, site: "cross-site", isTaken: false),
  ])
  func `a form counts only from a page of ours`(sent: Sent) async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    try await server.world.member(of: try await server.world.organization())
    let (cookies, token) = try await signInPage(server)
    var headers = [("Cookie", cookies)]
    if let origin = sent.origin { headers.append(("Origin", origin)) }
    if let site = sent.site { headers.append(("Sec-Fetch-Site", site)) }
    let reply = try await server.client.post("/sign-in", form: form(token), headers: headers)
    #expect(reply.status == (sent.isTaken ? 303 : 403))
  }

  @Test func `a form without its token, with another browser's, or half a day old is refused`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    try await server.world.member(of: try await server.world.organization())
    let (cookies, token) = try await signInPage(server)
    let (_, foreign) = try await signInPage(server)
    func post(_ token: String?) async throws -> Int {
      try await server.client.post("/sign-in", form: form(token), headers: [("Cookie", cookies)]).status
    }
    #expect(try await post(nil) == 403)
    #expect(try await post("") == 403)
    #expect(try await post(foreign) == 403)
    server.world.clock.advance(by: .hours(12) + .seconds(1))
    #expect(try await post(token) == 403)
    #expect(try await server.world.audit(.signedIn).isEmpty)
  }

  private func form(_ token: String?) -> [(name: String, value: String)] {
    var fields = [
      (name: "kind", value: "work"), (name: "email", value: "ada@contoso.test"), (name: "password", value: TestWorld.password),
    ]
    if let token { fields.append((name: FormName.csrf, value: token)) }
    return fields
  }

  /// The cookies and the token of a sign-in page in a new browser.
  private func signInPage(_ server: RunningServer) async throws -> (cookies: String, token: String) {
    let reply = try await server.client.get("/sign-in")
    let cookies = reply.all("Set-Cookie").compactMap { $0.split(separator: ";").first.map(String.init) }
    let marker = "name=\"\(FormName.csrf)\" value=\""
    let start = try #require(reply.text.firstRange(of: marker)).upperBound
    return (cookies.joined(separator: "; "), String(reply.text[start...].prefix { $0 != "\"" }))
  }
}
