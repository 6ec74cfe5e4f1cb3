internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite struct MembersOverTheAPI {
  @Test func `members are listed with their roles, guests told apart`() async throws {
    let test = try await ManagementWorld()
    try await test.world.join(test.adminOfFabrikam, test.contoso, roles: [.reportViewer])
    let list = try await test.call("GET", "/organizations/\(test.contoso.id)/members?limit=10", as: test.admin)
    let items = list["items"]?.arrayValue ?? []
    #expect(items.count == 2)
    let guest = items.first { $0.objectValue?["account"]?.stringValue == test.adminOfFabrikam.id.text }?.objectValue
    #expect(guest?["home"] == false)
    #expect(guest?["roles"] == ["report-viewer"])
    #expect(guest?["account_state"] == nil)
  }

  @Test func `a guest is suspended, restored and removed without their account noticing`() async throws {
    let test = try await ManagementWorld()
    let guest = test.adminOfFabrikam
    try await test.world.join(guest, test.contoso, roles: [.reportViewer])
    let base = "/organizations/\(test.contoso.id)"
    #expect(try await test.call("POST", "\(base)/accounts/\(guest.id)/suspend", as: test.admin).status == 404)
    #expect(try await test.call("POST", "\(base)/members/\(guest.id)/suspend", as: test.admin).status == 204)
    #expect(try await test.call("GET", "\(base)/members/\(guest.id)", as: test.admin)["state"] == "suspended")
    #expect(test.world.activeRoles(of: guest.id, in: test.contoso.id) == nil)
    #expect(try await test.call("GET", "/organizations/\(test.fabrikam.id)/members", as: guest).status == 200)
    #expect(try await test.call("POST", "\(base)/members/\(guest.id)/restore", as: test.admin).status == 204)
    #expect(test.world.activeRoles(of: guest.id, in: test.contoso.id) == [.reportViewer])
    #expect(try await test.call("DELETE", "\(base)/members/\(guest.id)", as: test.admin).status == 204)
    #expect(try await test.call("GET", "\(base)/members/\(guest.id)", as: test.admin).status == 404)
    let atHome = try await test.call("DELETE", "\(base)/members/\(test.admin.id)", as: test.admin)
    #expect(atHome.status == 409)
    #expect(try await test.world.audit(.membershipSuspended).count == 1)
    #expect(try await test.world.audit(.membershipRestored).count == 1)
    #expect(try await test.world.audit(.membershipRemoved).count == 1)
  }

  @Test(.threat("ROL2", "ROL6")) func `nobody is told of which organization elsewhere a member is the last administrator`()
    async throws
  {
    let test = try await ManagementWorld()
    let globex = try await test.world.organization(name: "Globex Secret Venture")
    let dan = try await test.member("dan@contoso.test", .accountViewer)
    try await test.world.join(dan, globex, roles: [.accountAdministrator])
    let base = "/organizations/\(test.contoso.id)"
    let refused = try await test.call("POST", "\(base)/accounts/\(dan.id)/suspend", as: test.admin)
    #expect(refused.status == 409 && refused.problem == "last-administrator")
    var seen = [refused]
    for path in ["/members", "/members/\(dan.id)", "/role-assignments", "/audit"] {
      seen.append(try await test.call("GET", base + path, as: test.admin))
    }
    for reply in seen {
      #expect(reply.status == 409 || reply.status == 200)
      #expect(!reply.http.text.contains("Globex") && !reply.http.text.contains(globex.id.text))
    }
    #expect(try await test.world.store.read { tx in try tx.account(dan.id)?.state } == .active)
  }

  @Test(.threat("SES3", "LOG1")) func `an administrator sees and ends sessions of people at home`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test", .accountViewer)
    let occasion = test.world.command
    let sessions = (0..<3).map { index in
      Session(
        id: occasion.newID(), secret: occasion.newSecret().digest, account: person.id, kind: .work, authenticatedAt: occasion.now,
        createdAt: occasion.now, lastSeenAt: occasion.now, expiresAt: occasion.now + .hours(12), userAgent: "Browser \(index)",
        address: "192.0.2.\(index)")
    }
    try await test.world.store.write { tx in for session in sessions { try tx.insert(session) } }
    let path = "/organizations/\(test.contoso.id)/accounts/\(person.id)/sessions"
    let list = try await test.call("GET", path, as: test.admin)
    #expect(list["items"]?.arrayValue?.count == 3)
    #expect(list["items"]?.arrayValue?.contains { $0.objectValue?["address"] == "192.0.2.0" } == true)
    #expect(try await test.call("DELETE", "\(path)/\(sessions[0].id)", as: test.admin).status == 204)
    #expect(try await test.call("DELETE", "\(path)/\(sessions[0].id)", as: test.admin).status == 404)
    #expect(try await test.call("DELETE", path, as: test.admin).status == 204)
    #expect(try await test.call("GET", path, as: test.admin)["items"] == [])
    #expect(try await test.world.audit(.sessionEnded).count == 3)
    #expect(
      try await test.call("GET", "/organizations/\(test.fabrikam.id)/accounts/\(person.id)/sessions", as: test.adminOfFabrikam)
        .status == 404)
  }

  @Test func `an idle session is listed no more`() async throws {
    let test = try await ManagementWorld()
    let occasion = test.world.command
    let session = Session(
      id: occasion.newID(), secret: occasion.newSecret().digest, account: test.admin.id, kind: .work,
      authenticatedAt: occasion.now,
      createdAt: occasion.now, lastSeenAt: occasion.now, expiresAt: occasion.now + .hours(12), userAgent: "", address: "")
    try await test.world.store.write { tx in try tx.insert(session) }
    test.world.clock.advance(by: .hours(8) + .seconds(1))
    let list = try await test.call("GET", "/organizations/\(test.contoso.id)/accounts/\(test.admin.id)/sessions", as: test.admin)
    #expect(list["items"] == [])
  }
}

@Suite struct InvitationsOverTheAPI {
  private static let eve: JSON = [
    "email": "eve@contoso.test", "first_name": "Eve", "last_name": "Moss", "language": "ru", "country": "DE",
    "roles": ["account-viewer"],
  ]

  @Test func `somebody is invited, the invitation sent again and withdrawn`() async throws {
    let test = try await ManagementWorld()
    let base = "/organizations/\(test.contoso.id)/invitations"
    let made = try await test.call("POST", base, as: test.admin, body: Self.eve)
    #expect(made.status == 201)
    #expect(made["state"] == "pending")
    #expect(made["invited_by"]?.stringValue == test.admin.id.text)
    #expect(made["expires_at"]?.stringValue == (test.world.clock.now() + .days(60)).rfc3339)
    let one = "\(base)/\(made["id"]?.stringValue ?? "")"
    #expect(made.http.header("Location") == "\(TestWorld.publicAddress)/api/v1\(one)")
    test.world.clock.advance(by: .days(61))
    let resent = try await test.call("POST", "\(one)/resend", as: test.admin)
    #expect(resent["expires_at"]?.stringValue == (test.world.clock.now() + .days(60)).rfc3339)
    #expect(try await test.world.letters().count == 2)
    #expect(try await test.call("DELETE", one, as: test.admin).status == 204)
    #expect(try await test.call("GET", one, as: test.admin)["state"] == "withdrawn")
    for (method, path) in [("DELETE", one), ("POST", "\(one)/resend")] {
      let reply = try await test.call(method, path, as: test.admin)
      #expect(reply.status == 409)
      #expect(reply.problem == "wrong-state")
    }
    #expect(try await test.call("GET", "\(base)?state=pending", as: test.admin)["items"] == [])
    #expect(try await test.call("GET", "\(base)?state=moon", as: test.admin).status == 400)
  }

  @Test func `no answer shows the link of an invitation`() async throws {
    let test = try await ManagementWorld()
    let made = try await test.call("POST", "/organizations/\(test.contoso.id)/invitations", as: test.admin, body: Self.eve)
    let secret = try await test.world.newestLink(to: "eve@contoso.test").reveal()
    #expect(!made.http.text.contains(secret))
    let audit = try await test.call("GET", "/audit", as: test.operatorOfPortal)
    #expect(!audit.http.text.contains(secret))
    #expect(!audit.http.text.contains("eve@contoso.test"))
  }

  @Test func `an inviter does not learn of accounts elsewhere, and learns of members here`() async throws {
    let test = try await ManagementWorld()
    func invite(_ email: String) async throws -> ManagementWorld.Reply {
      try await test.call(
        "POST", "/organizations/\(test.contoso.id)/invitations", as: test.admin,
        body: ["email": .string(email), "first_name": "B", "last_name": "C", "roles": ["account-viewer"]])
    }
    let elsewhere = try await invite("bob@fabrikam.test")
    let nowhere = try await invite("nobody@fabrikam.test")
    #expect(elsewhere.status == 201)
    #expect(nowhere.status == 201)
    #expect(
      Set(elsewhere.json.objectValue?.members.map(\.name) ?? []) == Set(nowhere.json.objectValue?.members.map(\.name) ?? []))
    #expect(try await invite("ada@contoso.test").status == 409)
  }
}
