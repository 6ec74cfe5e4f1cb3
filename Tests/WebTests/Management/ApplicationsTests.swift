internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite struct ApplicationsOverTheAPI {
  private static let web: JSON = [
    "name": "Orders", "redirect_uris": ["https://orders.test/callback"], "scopes": ["openid"], "trusted": true,
  ]

  @Test(.threat("CLI3")) func `a secret is shown once, and two are valid during rotation`() async throws {
    let test = try await ManagementWorld()
    let made = try await test.call("POST", "/applications", as: test.operatorOfPortal, body: Self.web)
    #expect(made.status == 201)
    let first = try #require(made["client_secret"]?.stringValue)
    let path = "/applications/\(made["application", "client_id"]?.stringValue ?? "")"
    let second = try #require(
      try await test.call("POST", "\(path)/secrets", as: test.operatorOfPortal)["client_secret"]?.stringValue)
    let third = try #require(
      try await test.call("POST", "\(path)/secrets", as: test.operatorOfPortal)["client_secret"]?.stringValue)
    #expect(Set([first, second, third]).count == 3)
    let shown = try await test.call("GET", path, as: test.operatorOfPortal)
    #expect(shown["secrets"]?.arrayValue?.count == 2)
    for secret in [first, second, third] {
      #expect(!shown.http.text.contains(secret))
      #expect(!shown.http.text.contains(SecretToken(presented: secret).digest.text))
    }
    let stored = try await test.world.store.read { tx in
      try tx.applications(owner: nil, PageRequest()).items.flatMap { $0.secrets.map(\.digest) }
    }
    #expect(Set(stored) == [SecretToken(presented: second).digest, SecretToken(presented: third).digest])
    #expect(try await test.world.audit(.applicationSecretMade).count == 2)
  }

  @Test func `an application is changed, disabled, enabled and removed`() async throws {
    let test = try await ManagementWorld()
    let made = try await test.call("POST", "/applications", as: test.operatorOfPortal, body: Self.web)
    let path = "/applications/\(made["application", "client_id"]?.stringValue ?? "")"
    let changed = try await test.call(
      "PATCH", path, as: test.operatorOfPortal,
      body: ["name": "Orders 2", "start_url": "https://orders.test/", "admits": "both"],
      headers: [("If-Match", "\"v1\""), ("Content-Type", "application/merge-patch+json")])
    #expect(changed["name"] == "Orders 2")
    #expect(changed["redirect_uris"] == ["https://orders.test/callback"])
    let cleared = try await test.call("PATCH", path, as: test.operatorOfPortal, body: ["start_url": nil])
    #expect(cleared["start_url"] == nil)
    #expect(cleared["admits"] == "both")
    let stale = try await test.call(
      "PATCH", path, as: test.operatorOfPortal, body: ["name": "X"], headers: [("If-Match", "\"v1\"")])
    #expect(stale.status == 412)
    #expect(try await test.call("POST", "\(path)/disable", as: test.operatorOfPortal)["state"] == "disabled")
    #expect(try await test.call("POST", "\(path)/enable", as: test.operatorOfPortal)["state"] == "active")
    #expect(try await test.call("DELETE", path, as: test.operatorOfPortal).status == 204)
    #expect(try await test.call("GET", path, as: test.operatorOfPortal).status == 404)
  }

  @Test func `an organization looks after its own applications, and gives them no trust`() async throws {
    let test = try await ManagementWorld()
    let base = "/organizations/\(test.contoso.id)/applications"
    #expect(try await test.call("POST", base, as: test.admin, body: Self.web).status == 403)
    let made = try await test.call(
      "POST", base, as: test.admin,
      body: ["name": "Own", "grant_types": ["client_credentials"], "audiences": ["https://own.test"]])
    #expect(made["application", "owner"]?.stringValue == test.contoso.id.text)
    let path = "/applications/\(made["application", "client_id"]?.stringValue ?? "")"
    #expect(try await test.call("PATCH", path, as: test.admin, body: ["trusted": true]).status == 403)
    #expect(try await test.call("PATCH", path, as: test.admin, body: ["introspects_for_all": true]).status == 403)
    #expect(try await test.call("PATCH", path, as: test.operatorOfPortal, body: ["trusted": true])["trusted"] == true)
    #expect(try await test.call("GET", path, as: test.adminOfFabrikam).status == 403)
    #expect(try await test.call("GET", base, as: test.admin)["items"]?.arrayValue?.count == 1)
    #expect(try await test.call("GET", "/applications", as: test.admin).status == 403)
  }

  @Test(
    .threat("RED2"),
    arguments: [
      "https://*.test/", "https://a.test/#f", "http://a.test/", "javascript:alert(1)", "/callback", "https://u@a.test/",
    ])
  func `an address that no browser should be sent to is refused`(_ address: String) async throws {
    let test = try await ManagementWorld()
    let reply = try await test.call(
      "POST", "/applications", as: test.operatorOfPortal, body: ["name": "Orders", "redirect_uris": [.string(address)]])
    #expect(reply.status == 422)
    #expect(reply.flaws.first?.hasPrefix("/redirect_uris/0 ") == true)
  }

  @Test func `a token for registering applications is shown once`() async throws {
    let test = try await ManagementWorld()
    let made = try await test.call(
      "POST", "/initial-access-tokens", as: test.operatorOfPortal, body: ["uses": 2, "expires_in": 3600])
    #expect(made.status == 201)
    #expect(made["uses"] == 2)
    #expect(made["token"]?.stringValue?.utf8.count == 43)
    for wrong: JSON in [["uses": 0, "expires_in": 3600], ["uses": 101, "expires_in": 3600], ["uses": 1, "expires_in": 59]] {
      #expect(try await test.call("POST", "/initial-access-tokens", as: test.operatorOfPortal, body: wrong).status == 400)
    }
  }
}
