internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing
internal import Wire

@testable internal import Web

/// What a change would do, asked before it is made, over HTTP.
@Suite(.rule("issue: what would change")) struct PlanningChanges {
  /// Everything a dry run could leave behind.
  private struct Traces: Equatable {
    let revision: Int64
    let audit: [String]
    let letters: Int
    let invitations: Int
  }

  private func traces(_ test: ManagementWorld) async throws -> Traces {
    let audit = try await test.world.audit().map { "\($0.event) \($0.object ?? "")" }
    return try await test.world.store.read { tx in
      Traces(
        revision: try tx.policyRevision(), audit: audit, letters: try tx.waitingLetters().count,
        invitations: try tx.invitations(organization: nil, state: nil, PageRequest(limit: 100)).items.count)
    }
  }

  private func place(_ test: ManagementWorld) -> String { "/organizations/\(test.contoso.id)" }

  private func assign(
    _ role: RoleID, to account: Account, query: String = "", as actor: Account? = nil, _ test: ManagementWorld
  ) async throws -> ManagementWorld.Reply {
    try await test.call(
      "POST", "\(place(test))/role-assignments\(query)", as: actor ?? test.admin,
      body: ["role": .string(role.text), "account": .string(account.id.text)])
  }

  private func rights(_ reply: ManagementWorld.Reply, _ which: String) -> Set<String> {
    Set((reply[which, "items"]?.arrayValue ?? []).compactMap { $0.objectValue?["permission"]?.stringValue })
  }

  private func digest(_ reply: ManagementWorld.Reply) throws -> String { try #require(reply["digest"]?.stringValue) }

  @Test func `a dry run tells who gains what, leaves no trace, and is applied by its digest`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test", .accountViewer)
    let before = try await traces(test)
    let plan = try await assign(.reportViewer, to: person, query: "?dryRun=true", test)
    #expect(plan.status == 200)
    // What they have already is no gain.
    #expect(rights(plan, "gains") == ["key:view"])
    #expect(plan["gains", "items", "0", "account"]?.stringValue == person.id.text)
    #expect(plan["gains", "items", "0", "organization"]?.stringValue == test.contoso.id.text)
    #expect(plan["losses", "count"] == 0)
    #expect(plan["complete"] == true && plan["examined"] == 1)
    #expect(try await traces(test) == before)
    // The same twice, until something changes.
    #expect(try await assign(.reportViewer, to: person, query: "?dryRun=true", test).json == plan.json)

    let applied = try await assign(.reportViewer, to: person, query: "?plan=\(try digest(plan))", test)
    #expect(applied.status == 201)
    #expect(try await test.world.audit(.roleAssigned).count == 1)
    let taken = try await test.call(
      "DELETE", "\(place(test))/role-assignments/\(applied["id"]?.stringValue ?? "")?dryRun=true", as: test.admin)
    #expect(taken.status == 200)
    #expect(rights(taken, "losses") == ["key:view"])
    #expect(taken["gains", "count"] == 0)
  }

  @Test func `a plan is applied only while it holds, and only to the request it was made for`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test")
    let other = try await test.member("eve@contoso.test")
    let plan = try digest(try await assign(.reportViewer, to: person, query: "?dryRun=true", test))
    for (role, account) in [(RoleID.accountViewer, person), (.reportViewer, other)] {
      let refused = try await assign(role, to: account, query: "?plan=\(plan)", test)
      #expect(refused.status == 412)
      #expect(refused.problem == "plan-changed")
    }
    // Somebody else gives the person part of it.
    #expect(try await assign(.accountViewer, to: person, test).status == 201)
    let before = try await traces(test)
    let refused = try await assign(.reportViewer, to: person, query: "?plan=\(plan)", test)
    #expect(refused.problem == "plan-changed")
    #expect(refused["plan", "gains", "count"] == 1)
    #expect(try await traces(test) == before)
    let anew = try #require(refused["plan", "digest"]?.stringValue)
    #expect(anew != plan)
    #expect(try await assign(.reportViewer, to: person, query: "?plan=\(anew)", test).status == 201)
    #expect(try await assign(.reportViewer, to: person, query: "?plan=\(String(repeating: "a", count: 43))", test).status == 412)
    for query in ["?plan=abc", "?dryRun=yes", "?dryRun=true&plan=\(anew)", "?dryRun=true&dryRun=true"] {
      #expect(try await assign(.accountManager, to: person, query: query, test).status == 400, "\(query)")
    }
  }

  @Test func `a change between plan and change is seen though it changes nothing of the effect`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test")
    let made = try await test.call("POST", "\(place(test))/roles", as: test.admin, body: DefiningRolesOverHTTP.body("First"))
    let role = try #require(made["role", "id"]?.stringValue)
    func redefine(_ name: String, _ query: String = "") async throws -> ManagementWorld.Reply {
      try await test.call(
        "PUT", "\(place(test))/roles/\(role)\(query)", as: test.admin,
        body: DefiningRolesOverHTTP.body(name, grants: ["order:view"]))
    }
    #expect(try await assign(RoleID(trusted: role), to: person, test).status == 201)
    let plan = try await redefine("Second", "?dryRun=true")
    #expect(rights(plan, "gains") == ["order:view"])
    #expect(plan["gains", "items", "0", "account"]?.stringValue == person.id.text)
    #expect(
      try await test.call("PUT", "\(place(test))/roles/\(role)", as: test.admin, body: DefiningRolesOverHTTP.body("Third")).status
        == 200)
    #expect(try await redefine("Second", "?plan=\(try digest(plan))").problem == "plan-changed")
    let again = try await redefine("Second", "?dryRun=true")
    #expect(try await redefine("Second", "?plan=\(try digest(again))")["role", "name"] == "Second")
  }

  @Test func `a role that changes is told for everybody who holds it, through groups and by inheritance, with its condition`()
    async throws
  {
    let test = try await ManagementWorld()
    let direct = try await test.member("dan@contoso.test")
    let grouped = try await test.member("eve@contoso.test")
    _ = try await test.member("uninvolved@contoso.test", .accountViewer)
    let made = try await test.call("POST", "\(place(test))/roles", as: test.admin, body: DefiningRolesOverHTTP.body("Base"))
    let base = try #require(made["role", "id"]?.stringValue)
    let child = try await test.call(
      "POST", "\(place(test))/roles", as: test.admin, body: DefiningRolesOverHTTP.body("Child", parents: [base]))
    let role = RoleID(trusted: try #require(child["role", "id"]?.stringValue))
    #expect(try await assign(role, to: direct, test).status == 201)
    let (world, contoso) = (test.world, test.contoso)
    let group = Group(id: world.command.newID(), organization: contoso.id, name: "Team", createdAt: world.clock.now())
    let scope = ResourceName(type: "order", id: "7")
    let assignment = RoleAssignment(
      id: world.command.newID(), organization: contoso.id, holder: .group(group.id), role: role, scope: scope,
      endsAt: world.clock.now() + .hours(1), grantedBy: "test", createdAt: world.clock.now())
    let membership = GroupMembership(
      group: group.id, organization: contoso.id, member: .account(grouped.id), addedBy: "test", addedAt: world.clock.now())
    try await world.store.write { tx in
      try tx.insert(group)
      try tx.seed(assignment)
      try tx.seed(membership)
    }
    let plan = try await test.call(
      "PUT", "\(place(test))/roles/\(base)?dryRun=true", as: test.admin,
      body: ["name": "Base", "grants": [["permission": "order:view", "condition": "resource.properties.amount < 10"]]])
    #expect(plan.status == 200)
    #expect(plan["gains", "count"] == 2)
    let gains = plan["gains", "items"]?.arrayValue?.compactMap(\.objectValue) ?? []
    let ofDirect = try #require(gains.first { $0["account"]?.stringValue == direct.id.text })
    #expect(ofDirect["condition"] == "resource.properties.amount < 10")
    #expect(ofDirect["scope"] == nil)
    let ofGrouped = try #require(gains.first { $0["account"]?.stringValue == grouped.id.text })
    #expect(ofGrouped["scope"] == ["type": "order", "id": "7"])
    #expect(ofGrouped["ends_at"]?.stringValue == (world.clock.now() + .hours(1)).rfc3339)
  }

  @Test func `a group that goes takes what it gave from everybody in it, and the plan says so`() async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let admin = try await world.member(of: contoso, "ada@contoso.test", roles: [.accountAdministrator], password: nil)
    let person = try await world.member(of: contoso, "dan@contoso.test", password: nil)
    let group = Group(id: world.command.newID(), organization: contoso.id, name: "Team", createdAt: world.clock.now())
    let assignment = RoleAssignment(
      id: world.command.newID(), organization: contoso.id, holder: .group(group.id), role: .accountViewer, grantedBy: "test",
      createdAt: world.clock.now())
    let membership = GroupMembership(
      group: group.id, organization: contoso.id, member: .account(person.id), addedBy: "test", addedAt: world.clock.now())
    try await world.store.write { tx in
      try tx.insert(group)
      try tx.seed(assignment)
      try tx.seed(membership)
    }
    let revision = try await world.store.read { try $0.policyRevision() }
    let planning = world.occasion(as: admin).intending(.plan(of: PlannedRequest(["delete"])))
    do {
      try await world.env.write(planning) { tx in _ = try tx.unseed(group) }
      Issue.record("a plan is no change")
    } catch let planned as Planned {
      #expect(planned.plan.gains.count == 0)
      #expect(Set(planned.plan.losses.items.map(\.holder)) == [.account(person.id)])
      #expect(planned.plan.losses.items.contains { $0.permission == .orderView })
    }
    #expect(try await world.store.read { try $0.policyRevision() } == revision)
    #expect(try await world.store.read { try $0.group(group.id) } != nil)
  }

  @Test func `whoever would be suspended is told with what they lose here alone, and with the sessions that end`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test", .accountViewer)
    try await test.world.join(person, test.fabrikam, roles: [.reportViewer])
    let now = test.world.clock.now()
    let session = Session(
      id: test.world.command.newID(), secret: test.world.command.newSecret().digest, account: person.id, kind: .work,
      authenticatedAt: now, createdAt: now, lastSeenAt: now, expiresAt: now + .hours(1), userAgent: "", address: "")
    try await test.world.store.write { tx in try tx.insert(session) }
    let path = "\(place(test))/accounts/\(person.id)/suspend"
    let before = try await traces(test)
    let plan = try await test.call("POST", "\(path)?dryRun=true", as: test.admin)
    #expect(plan.status == 200)
    #expect(plan["sessions"] == 1)
    #expect(plan["ended_sessions"] == 1)
    #expect(rights(plan, "losses").contains("order:view"))
    let places = Set((plan["losses", "items"]?.arrayValue ?? []).compactMap { $0.objectValue?["organization"]?.stringValue })
    #expect(places == [test.contoso.id.text])
    #expect(try await traces(test) == before)
    // What is elsewhere is part of the digest all the same: the change would do something else.
    try await test.world.store.write { tx in
      try tx.seed(
        RoleAssignment(
          id: test.world.command.newID(), organization: test.fabrikam.id, holder: .account(person.id), role: .accountManager,
          grantedBy: "test", createdAt: now))
    }
    #expect(try await test.call("POST", "\(path)?plan=\(try digest(plan))", as: test.admin).problem == "plan-changed")
    let again = try await test.call("POST", "\(path)?dryRun=true", as: test.admin)
    #expect(try await test.call("POST", "\(path)?plan=\(try digest(again))", as: test.admin).status == 204)
    #expect(try await test.world.store.read { try $0.openSessions(of: person.id) }.isEmpty)
  }

  @Test func `an invitation that waits is told when its inviter could not keep its promise any more`() async throws {
    let test = try await ManagementWorld()
    let inviter = try await test.member("uma@contoso.test", .userAdministrator)
    let invited = try await test.call(
      "POST", "\(place(test))/invitations", as: inviter,
      body: ["email": "eve@contoso.test", "first_name": "Eve", "last_name": "Moss", "roles": ["account-viewer"]])
    #expect(invited.status == 201)
    let held = try await test.world.store.read { try $0.roleAssignments(of: .account(inviter.id)) }
    let plan = try await test.call(
      "DELETE", "\(place(test))/role-assignments/\(try #require(held.first).id)?dryRun=true", as: test.admin)
    #expect(plan["invitations", "count"] == 1)
    #expect(plan["invitations", "items", "0", "invitation"] == invited["id"])
    #expect(plan["invitations", "items", "0", "withheld"] == ["account-viewer"])
  }

  @Test func `what would be refused is refused in a plan too, and a denial is recorded as any other`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test", .accountViewer)
    let own = try await test.world.store.read { try $0.roleAssignments(of: .account(test.admin.id)) }
    let last = try await test.call(
      "DELETE", "\(place(test))/role-assignments/\(try #require(own.first).id)?dryRun=true", as: test.admin)
    #expect(last.problem == "last-administrator")
    #expect(try await assign(RoleID(trusted: "missing"), to: person, query: "?dryRun=true", test).status == 422)
    let denials = try await test.denials().count
    #expect(try await assign(.accountViewer, to: person, query: "?dryRun=true", as: person, test).status == 403)
    #expect(try await test.denials().count == denials + 1)
    let excluded = try await test.call(
      "POST", "\(place(test))/role-exclusions", as: test.admin,
      body: ["name": "Apart", "kind": "static", "roles": ["account-viewer", "report-viewer"], "cardinality": 2])
    #expect(excluded.status == 201)
    let broken = try await assign(.reportViewer, to: person, query: "?dryRun=true", test)
    #expect(broken.status == 409)
    #expect(broken.problem == "duties-not-separated")
    #expect(broken["detail"]?.stringValue?.contains(excluded["id"]?.stringValue ?? "-") == true)
    #expect(broken["detail"]?.stringValue?.contains("account:\(person.id)") == true)
  }

  @Test func `closing an organization and opening it again tells whose rights go and come, by groups and invitations too`()
    async throws
  {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test", .accountViewer)
    let robot = try await test.world.application(
      Application(
        id: test.world.command.newID(), name: "Robot", authentication: .basic, grantTypes: [.clientCredentials], scopes: [],
        owner: test.contoso.id, createdAt: test.world.clock.now()))
    let group = try await test.call("POST", "\(place(test))/groups", as: test.admin, body: ["name": "Robots"])
    let id = try #require(group["id"]?.stringValue)
    #expect(
      try await test.call("PUT", "\(place(test))/groups/\(id)/members/application/\(robot.id)", as: test.admin).status == 201)
    #expect(
      try await test.call(
        "POST", "\(place(test))/role-assignments", as: test.admin, body: ["role": "report-viewer", "group": .string(id)]
      ).status == 201)
    let invited = try await test.call(
      "POST", "\(place(test))/invitations", as: test.admin,
      body: ["email": "eve@contoso.test", "first_name": "Eve", "last_name": "Moss", "roles": ["account-viewer"]])
    let before = try await traces(test)
    let closing = try await test.call(
      "PATCH", "\(place(test))?dryRun=true", as: test.operatorOfPortal, body: ["state": "closed"])
    #expect(closing.status == 200)
    #expect(closing["gains", "count"] == 0)
    func holders(_ plan: ManagementWorld.Reply, _ which: String, _ kind: String) -> Set<String> {
      Set((plan[which, "items"]?.arrayValue ?? []).compactMap { $0.objectValue?[kind]?.stringValue })
    }
    #expect(holders(closing, "losses", "account") == [test.admin.id.text, person.id.text])
    #expect(holders(closing, "losses", "application") == [robot.id.text])
    #expect(closing["invitations", "items", "0", "invitation"] == invited["id"])
    #expect(closing["invitations", "items", "0", "withheld"] == ["account-viewer"])
    #expect(try await traces(test) == before)
    let named = try await test.call(
      "PATCH", "\(place(test))?dryRun=true", as: test.operatorOfPortal, body: ["name": "Contoso Ltd"])
    #expect(named["losses", "count"] == 0 && named["invitations", "count"] == 0)
    // Somebody changes it between the plan and the change.
    _ = try await test.call("PATCH", place(test), as: test.operatorOfPortal, body: ["name": "Contoso AG"])
    let stale = try await test.call(
      "PATCH", "\(place(test))?plan=\(try digest(closing))", as: test.operatorOfPortal, body: ["state": "closed"])
    #expect(stale.problem == "plan-changed")
    let fresh = try #require(stale["plan", "digest"]?.stringValue)
    let closed = try await test.call(
      "PATCH", "\(place(test))?plan=\(fresh)", as: test.operatorOfPortal, body: ["state": "closed"])
    #expect(closed["state"] == "closed")
    let opening = try await test.call(
      "PATCH", "\(place(test))?dryRun=true", as: test.operatorOfPortal, body: ["state": "active"])
    #expect(opening["gains"] == closing["losses"])
    #expect(opening["losses", "count"] == 0)
    #expect(opening["invitations", "items", "0", "restored"] == ["account-viewer"])
    let partner = try await test.call(
      "PATCH", "/partners/\(test.partner.id)?dryRun=true", as: test.operatorOfPortal, body: ["state": "closed"])
    #expect(holders(partner, "losses", "account") == [test.partnerAdmin.id.text])
  }

  @Test func `a plan that could not look at every waiting invitation does not call itself complete`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test")
    let invite = { @Sendable (count: Int, tx: any Transaction) in
      for index in 0..<count {
        let occasion = test.world.command
        try tx.insert(
          Invitation(
            id: occasion.newID(), organization: test.contoso.id, purpose: .operation(by: nil),
            email: EmailAddress(stored: "\(occasion.newSecret().reveal())@x.test"),
            name: PersonName(storedFirst: "A", last: "\(index)"), language: .english, country: nil, roles: [.accountViewer],
            createdAt: occasion.now))
      }
    }
    try await test.world.store.write { try invite(Plan.mostExamined, $0) }
    #expect(try await assign(.reportViewer, to: person, query: "?dryRun=true", test)["complete"] == true)
    try await test.world.store.write { try invite(1, $0) }
    #expect(try await assign(.reportViewer, to: person, query: "?dryRun=true", test)["complete"] == false)
  }

  @Test func `a subject that is to be registered is planned and then registered, one or many`() async throws {
    let test = try await ManagementWorld()
    let one = "\(place(test))/subjects/robot/r1"
    let many: JSON = ["subjects": [["type": "robot", "id": "r1"], ["type": "robot", "id": "r2"]]]
    let plan = try await test.call("PUT", "\(one)?dryRun=true", as: test.admin, body: [:])
    #expect(try await test.call("GET", one, as: test.admin).status == 404)
    #expect(
      try await test.call("PUT", "\(one)?plan=\(try digest(plan))", as: test.admin, body: [:]).status == 201)
    let wider = try await test.call("POST", "\(place(test))/subjects?dryRun=true", as: test.admin, body: many)
    #expect(wider["gains", "count"] == 0 && wider["complete"] == true)
    let made = try await test.call(
      "POST", "\(place(test))/subjects?plan=\(try digest(wider))", as: test.admin, body: many)
    #expect(made.status == 200 && made["new"] == 1 && made["unchanged"] == 1)
  }

  @Test func `every change of roles, members and resources can be planned, and a question that changes nothing cannot`() {
    let planned = Set(OperationTable.operations.filter(\.isPlanned).map(\.name))
    #expect(
      planned.isSuperset(of: [
        "suspendMembership", "restoreMembership", "removeMember", "suspendAccount", "restoreAccount", "defineRole",
        "redefineRole",
        "deleteRole", "defineRoleOfOrganization", "redefineRoleOfOrganization", "deleteRoleOfOrganization", "assignRole",
        "removeRole", "definePermission", "deletePermission", "defineRoleExclusion", "redefineRoleExclusion",
        "deleteRoleExclusion", "defineRoleLimit", "deleteRoleLimit", "registerResource", "registerResources", "forgetResource",
        "registerSubject", "registerSubjects", "deleteSubject", "openAccessReview", "decideAccessReview", "closeAccessReview",
        "changeOrganization", "changePartner",
      ]))
    #expect(planned.isDisjoint(with: ["checkCondition", "listRoles", "getMember", "registerCustomer", "inviteMember"]))
    for operation in OperationTable.operations {
      #expect(operation.parameters.contains { $0.name == "dryRun" } == operation.isPlanned, "\(operation.name)")
    }
  }
}

@Suite(.threat("ROL8")) struct ExcludingRolesOverHTTP {
  @Test func `the portal's exclusions count in every organization of their kinds, beside an organization's own`() async throws {
    let test = try await ManagementWorld()
    let body: JSON = [
      "name": "Views", "kind": "static", "roles": ["account-viewer", "report-viewer"], "cardinality": 2,
      "organization_kinds": ["customer"],
    ]
    #expect(try await test.call("POST", "/role-exclusions", as: test.admin, body: body).status == 403)
    let made = try await test.call("POST", "/role-exclusions", as: test.operatorOfPortal, body: body)
    #expect(made.status == 201)
    let id = try #require(made["id"]?.stringValue)
    #expect(made.http.header("ETag") == "\"v1\"")
    #expect(try await test.call("GET", "/role-exclusions/\(id)", as: test.operatorOfPortal).json == made.json)
    let own = "/organizations/\(test.contoso.id)/role-exclusions"
    let mine = try await test.call(
      "POST", own, as: test.admin,
      body: ["name": "Mine", "kind": "dynamic", "roles": ["account-viewer", "account-manager"], "cardinality": 2])
    #expect(mine.status == 201)
    let listed = try await test.call("GET", own, as: test.admin)
    #expect(listed["items"]?.arrayValue?.count == 2)
    #expect(
      try await test.call("GET", "/organizations/\(test.fabrikam.id)/role-exclusions", as: test.adminOfFabrikam)["items"]?
        .arrayValue?.count == 1)
    #expect(try await test.call("GET", "\(own)/\(id)", as: test.admin).status == 200)
    // It is not the organization's to change.
    #expect(try await test.call("DELETE", "\(own)/\(id)", as: test.admin).status == 404)
    let person = try await test.member("dan@contoso.test", .accountViewer)
    let refused = try await test.call(
      "POST", "/organizations/\(test.contoso.id)/role-assignments", as: test.admin,
      body: ["role": "report-viewer", "account": .string(person.id.text)])
    #expect(refused.status == 409)
    let changed = try await test.call(
      "PUT", "/role-exclusions/\(id)", as: test.operatorOfPortal,
      body: [
        "name": "Views", "kind": "static", "roles": ["account-viewer", "account-manager"], "cardinality": 2,
        "organization_kinds": ["customer"],
      ], headers: [("If-Match", "\"v1\"")])
    #expect(changed.http.header("ETag") == "\"v2\"")
    #expect(
      try await test.call("DELETE", "/role-exclusions/\(id)", as: test.operatorOfPortal, headers: [("If-Match", "\"v1\"")]).status
        == 412)
    #expect(try await test.call("DELETE", "/role-exclusions/\(id)", as: test.operatorOfPortal).status == 204)
    #expect(try await test.call("GET", "/role-exclusions/\(id)", as: test.operatorOfPortal).status == 404)
  }
}
