internal import Foundation
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

/// What README.md promises of the first ten minutes, by hand: one sign-in for both services, and an administrator's change shows at the next
/// look.
@Suite(.timeLimit(.minutes(5))) struct ClickingThroughTheSample {
  @Test func `one sign-in serves both services, and each look at them asks anew`() async throws {
    try await inTemporaryFolder { folder in
      let usher = try await RunningUsher.start(["--sample"], in: folder)
      let document = try #require(
        SampleDocument(json: try JSON.parse(try SmallFile.read(folder + "/data/sample.json", maximumBytes: 100_000).bytes)))
      let portal = browser(usher.port)
      let orders = browser(usher.port + 1)
      let reports = browser(usher.port + 2)
      let viewer = try #require(document.members.last)

      // The first service asks for the password, the second for nothing.
      let signIn = try await portal.open(try await wayOut(of: orders))
      let form = try #require(signIn.form(to: "/sign-in"))
      let onward = try await portal.submit(
        form, [(name: "email", value: viewer.email), (name: "password", value: viewer.password)])
      let atOrders = try await orders.open(path(try #require(onward.nextAddress)))
      #expect(atOrders.text.contains("Introspection active"))
      #expect(atOrders.text.contains("view this order? yes"))
      #expect(atOrders.text.contains("view this key? no"))
      let silent = try await portal.open(try await wayOut(of: reports))
      let atReports = try await reports.open(path(try #require(silent.nextAddress)))
      #expect(atReports.text.contains("Introspection active"))

      // A role given shows at the next look; a suspended member's token is dead at the next look.
      let management = try await Management(document, usher.client)
      let account = try await management.account(of: viewer)
      try await management.send(
        "POST", "/organizations/\(viewer.organization ?? "")/role-assignments",
        #"{"role":"report-viewer","account":"\#(account)"}"#)
      #expect(try await orders.open("/").text.contains("view this key? yes"))
      try await management.send("POST", "/organizations/\(viewer.organization ?? "")/accounts/\(account)/suspend")
      for service in [orders, reports] {
        let page = try await service.open("/")
        #expect(page.text.contains("Introspection not active") && page.text.contains("view this order? no"))
      }
      usher.tellToStop()
      #expect(await usher.ended() == 0)
    }
  }

  private func browser(_ port: UInt16) -> TestBrowser {
    TestBrowser(
      client: HTTPClient(port: port, host: "127.0.0.1:\(port)"), origin: Origin(scheme: .http, host: "127.0.0.1", port: port))
  }

  /// The address at the portal to which a service sends its visitor.
  private func wayOut(of service: TestBrowser) async throws -> String {
    let page = try await service.open("/sign-in", following: false)
    return path(try #require(page.nextAddress))
  }

  private func path(_ address: String) -> String {
    let rest = address.drop { $0 != ":" }.dropFirst(3)
    return String(rest.drop { $0 != "/" })
  }
}

/// The operator's application of the sample, at the management API.
private struct Management {
  let client: HTTPClient
  let bearer: (String, String)

  init(_ document: SampleDocument, _ client: HTTPClient) async throws {
    self.client = client
    let basic = Base64.encode(Array("\(document.automation.id):\(document.automation.secret ?? "")".utf8))
    let answer = try await client.post(
      "/oauth/token", form: [(name: "grant_type", value: "client_credentials"), (name: "scope", value: "usher:manage")],
      headers: [("Authorization", "Basic \(basic)")])
    let token = try #require(try JSON.parse(answer.body).objectValue?["access_token"]?.stringValue)
    bearer = ("Authorization", "Bearer \(token)")
  }

  func account(of member: SampleDocument.Person) async throws -> String {
    let answer = try await client.get("/api/v1/organizations/\(member.organization ?? "")/members", headers: [bearer])
    let items = try #require(try JSON.parse(answer.body).objectValue?["items"]?.arrayValue).compactMap(\.objectValue)
    let found = try #require(items.first { $0["email"]?.stringValue == member.email })
    return try #require(found["account"]?.stringValue)
  }

  func send(_ method: String, _ path: String, _ json: String? = nil) async throws {
    let headers = json == nil ? [bearer] : [bearer, ("Content-Type", "application/json")]
    let answer = try await client.send(method, "/api/v1\(path)", headers: headers, body: Array((json ?? "").utf8))
    #expect((200..<300).contains(answer.status), "\(method) \(path): \(answer.text)")
  }
}
