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

@Suite(.threat("LOG1")) struct WhatAnAuditorAsksAbout {
  @Test func `each is one record, with its time, actor, object, organization, address, outcome and request`() async throws {
    let test = try await ManagementWorld()
    let world = test.world
    let eve = try await world.member(of: test.contoso, "eve@contoso.test", roles: [.accountViewer])
    let own = "account:\(eve.id)"
    let admin = "account:\(test.admin.id) via application:"

    // Signing in: wrongly, too often, rightly; changing the password; signing out.
    let browser = test.server.browser()
    for count in 1...5 {
      let failed = try await browser.signIn("eve@contoso.test", password: "wrong wrong wrong wrong", following: false)
      try await expect(.signInFailed, of: failed.reply, by: "anonymous", on: own, in: test.contoso, test, as: .failed)
      if count == 5 {
        try await expect(.signInThrottled, of: failed.reply, by: "anonymous", on: own, in: test.contoso, test, as: .denied)
      }
    }
    world.clock.advance(by: .seconds(2))
    let signedIn = try await browser.signIn("eve@contoso.test", following: false)
    try await expect(.signedIn, of: signedIn.reply, by: own, on: "session:", in: test.contoso, test)
    let passwordForm = try #require(try await browser.open("/profile").form(to: "/profile/password"))
    func change(from current: String) async throws -> BrowserPage {
      try await browser.submit(
        passwordForm,
        [("current_password", current), ("password", TestWorld.otherPassword), ("password_again", TestWorld.otherPassword)],
        following: false)
    }
    let refused = try await change(from: "wrong wrong wrong wrong")
    try await expect(.passwordChangeFailed, of: refused.reply, by: own, on: own, in: test.contoso, test, as: .failed)
    try await expect(
      .passwordChanged, of: try await change(from: TestWorld.password).reply, by: own, on: own, in: test.contoso, test)
    let leave = try #require(try await browser.open("/sign-out").form(to: "/sign-out"))
    let left = try await browser.submit(leave, following: false)
    try await expect(.sessionEnded, of: left.reply, by: own, on: "session:", in: test.contoso, test)

    // Inviting, accepting, giving and taking roles, suspending, and being denied.
    let base = "/organizations/\(test.contoso.id)"
    let invited = try await test.call(
      "POST", "\(base)/invitations", as: test.admin,
      body: ["email": "ivy@contoso.test", "first_name": "Ivy", "last_name": "Novak", "roles": ["account-viewer"]])
    try await expect(.invitationSent, of: invited.http, by: admin, on: "invitation:", in: test.contoso, test)
    let ivysBrowser = test.server.browser()
    let link = "/invitation/\(try await world.newestLink(to: "ivy@contoso.test").reveal())"
    let accepted = try await ivysBrowser.submit(
      try #require(try await ivysBrowser.open(link).form()),
      [("password", TestWorld.password), ("password_again", TestWorld.password)], following: false)
    for (event, object) in [
      (AuditEvent.invitationAccepted, "invitation:"), (.accountCreated, "account:"), (.roleAssigned, "account:"),
      (.signedIn, "session:"),
    ] {
      try await expect(event, of: accepted.reply, by: "account:", on: object, in: test.contoso, test)
    }
    let given = try await test.call(
      "POST", "\(base)/role-assignments", as: test.admin, body: ["role": "report-viewer", "account": .string(eve.id.text)])
    try await expect(.roleAssigned, of: given.http, by: admin, on: own, in: test.contoso, test)
    let taken = try await test.call(
      "DELETE", "\(base)/role-assignments/\(given["id"]?.stringValue ?? "")", as: test.admin)
    try await expect(.roleRemoved, of: taken.http, by: admin, on: own, in: test.contoso, test)
    let suspended = try await test.call("POST", "\(base)/accounts/\(eve.id)/suspend", as: test.admin)
    try await expect(.accountSuspended, of: suspended.http, by: admin, on: own, in: test.contoso, test)
    let denied = try await test.call("POST", "/organizations", as: test.admin, body: ["name": "Eve Ltd"])
    try await expect(.accessDenied, of: denied.http, by: admin, on: nil, in: world.portal, test, as: .denied)
  }

  @Test func `so is all that happens to applications, their secrets and tokens, and the signing keys`() async throws {
    let test = try await ManagementWorld()
    let world = test.world
    let by = "account:\(test.operatorOfPortal.id) via application:"
    let made = try await test.call(
      "POST", "/applications", as: test.operatorOfPortal,
      body: ["name": "Orders", "redirect_uris": ["https://orders.test/callback"], "scopes": ["openid"], "trusted": true])
    try await expect(.applicationRegistered, of: made.http, by: by, on: "application:", in: nil, test)
    let path = "/applications/\(made["application", "client_id"]?.stringValue ?? "")"
    for (method, path, event) in [
      ("POST", "\(path)/secrets", AuditEvent.applicationSecretMade), ("POST", "\(path)/disable", .applicationChanged),
      ("DELETE", path, .applicationDeleted),
    ] {
      let reply = try await test.call(method, path, as: test.operatorOfPortal)
      try await expect(event, of: reply.http, by: by, on: "application:", in: nil, test)
    }

    try await world.member(of: test.contoso, "eve@contoso.test", roles: [.accountViewer])
    let shop = try await test.server.application("Shop")
    let browser = test.server.browser()
    try await browser.signIn("eve@contoso.test")
    func code() async throws -> (BrowserPage, String) {
      let page = try await browser.open(shop.authorizationPath(), following: false)
      return (page, try #require(shop.returned(page.nextAddress)?.first("code")))
    }
    let application = "application:\(shop.id)"
    let (started, first) = try await code()
    try await expect(.grantCreated, of: started.reply, by: "account:", on: "grant:", in: test.contoso, test)
    let tokens = try await shop.redeem(first).json()
    let replayed = try await shop.redeem(first)
    try await expect(.codeReplayed, of: replayed, by: application, on: "grant:", in: test.contoso, test)
    #expect(try await shop.introspect(tokens["access_token"]?.stringValue ?? "")["active"] == false)
    let (_, second) = try await code()
    let newer = try await shop.redeem(second).json()
    let refresh = try #require(newer["refresh_token"]?.stringValue)
    let revoked = try await shop.call("/oauth/revoke", [("token", newer["access_token"]?.stringValue ?? "")])
    try await expect(.tokenRevoked, of: revoked, by: application, on: application, in: test.contoso, test)
    #expect(try await shop.refresh(refresh).status == 200)
    let reused = try await shop.refresh(refresh)
    try await expect(.refreshTokenReplayed, of: reused, by: application, on: "grant:", in: test.contoso, test)

    world.clock.advance(by: .seconds(1))
    _ = try await RotateSigningKeys()(world.command, env: world.env)
    for event in [AuditEvent.signingKeyMade, .signingKeyRetired] {
      let entries = try await world.audit(event).filter { $0.at == world.clock.now() }
      #expect(Set(entries.map(\.object)).count == 2 && entries.count == 2)
      #expect(entries.allSatisfy { $0.actor == "command:test" && $0.outcome == .success })
    }
  }

  /// Holds the one record of an event that an answered request left.
  private func expect(
    _ event: AuditEvent, of reply: HTTPReply, by actor: String, on object: String?, in organization: Organization?,
    _ test: ManagementWorld, as outcome: AuditEntry.Outcome = .success, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let request = try #require(reply.header("X-Request-Id"), sourceLocation: sourceLocation)
    let entries = try await test.world.audit(event).filter { $0.requestID == request }
    #expect(entries.count == 1, "\(event)", sourceLocation: sourceLocation)
    let entry = try #require(entries.first, sourceLocation: sourceLocation)
    #expect(entry.at == test.world.clock.now(), sourceLocation: sourceLocation)
    #expect(entry.actor.hasPrefix(actor), "\(entry.actor)", sourceLocation: sourceLocation)
    #expect(object.map { entry.object?.hasPrefix($0) == true } ?? (entry.object == nil), sourceLocation: sourceLocation)
    #expect(entry.organization == organization?.id, "\(event)", sourceLocation: sourceLocation)
    #expect(entry.address == "127.0.0.1", sourceLocation: sourceLocation)
    #expect(entry.outcome == outcome, sourceLocation: sourceLocation)
  }
}
