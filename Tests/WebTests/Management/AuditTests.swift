internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite(.threat("LOG1")) struct AuditOverTheAPI {
  @Test func `one record says who did what to what, where, from where and in which request`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test", .accountViewer)
    let given = try await test.call(
      "POST", "/organizations/\(test.contoso.id)/role-assignments", as: test.admin,
      body: ["role": "report-viewer", "account": .string(person.id.text)])
    let audit = try await test.call("GET", "/organizations/\(test.contoso.id)/audit", as: test.admin)
    let entries = (audit["items"]?.arrayValue ?? []).compactMap(\.objectValue).filter { $0["event"] == "role.assigned" }
    #expect(entries.count == 1)
    let entry = try #require(entries.first)
    #expect(entry["actor"]?.stringValue?.hasPrefix("account:\(test.admin.id) via application:") == true)
    #expect(entry["object"]?.stringValue == "account:\(person.id)")
    #expect(entry["organization"]?.stringValue == test.contoso.id.text)
    #expect(entry["outcome"] == "success")
    #expect(entry["address"] == "127.0.0.1")
    #expect(entry["request_id"]?.stringValue == given.http.header("X-Request-Id"))
    #expect(entry["at"]?.stringValue == test.world.clock.now().rfc3339)
    #expect(entry["details"]?.objectValue?["before"]?.objectValue?["roles"] == ["account-viewer"])
    #expect(entry["details"]?.objectValue?["after"]?.objectValue?["roles"] == ["account-viewer", "report-viewer"])
  }

  @Test func `an administrator reads their organization's trail alone, an operator all of it`() async throws {
    let test = try await ManagementWorld()
    try await test.call("POST", "/organizations", as: test.operatorOfPortal, body: ["name": "Elsewhere"])
    let own = try await test.call("GET", "/organizations/\(test.contoso.id)/audit", as: test.admin)
    #expect((own["items"]?.arrayValue ?? []).allSatisfy { $0.objectValue?["organization"]?.stringValue == test.contoso.id.text })
    #expect(try await test.call("GET", "/audit", as: test.admin).status == 403)
    let all = try await test.call("GET", "/audit", as: test.operatorOfPortal)
    #expect((all["items"]?.arrayValue ?? []).contains { $0.objectValue?["event"] == "organization.created" })
    #expect((all["items"]?.arrayValue ?? []).contains { $0.objectValue?["event"] == "access.denied" })
  }

  @Test func `the trail is read from a moment on`() async throws {
    let test = try await ManagementWorld()
    try await test.call("POST", "/organizations", as: test.operatorOfPortal, body: ["name": "Before"])
    test.world.clock.advance(by: .hours(1))
    let moment = test.world.clock.now().rfc3339
    try await test.call("POST", "/organizations", as: test.operatorOfPortal, body: ["name": "After"])
    let since = try await test.call("GET", "/audit?since=\(moment)", as: test.operatorOfPortal)
    #expect((since["items"]?.arrayValue ?? []).count == 1)
    #expect(since["items", "0", "event"] == "organization.created")
    #expect(try await test.call("GET", "/audit?since=yesterday-at-about-nine", as: test.operatorOfPortal).status == 400)
  }

  @Test func `anonymous failures are told by the hour`() async throws {
    let test = try await ManagementWorld()
    let now = test.world.clock.now()
    try await test.world.store.write { tx in
      for _ in 0..<3 { try tx.countFailure("session.sign-in-failed", hour: now.startOfHour) }
    }
    let counts = try await test.call("GET", "/failure-counts", as: test.operatorOfPortal)
    #expect(counts["items", "0", "count"] == 3)
    #expect(try await test.call("GET", "/failure-counts", as: test.admin).status == 403)
  }
}
