internal import AccessControl
internal import Identity
internal import Primitives
internal import Storage
internal import TestKit
internal import Testing

extension Promise {
  /// Every test changes something, moves the clock, and asks about the moments between.
  static let history = [
    Promise("the past knows the roles of an account as they were given, narrowed and taken, and who did it") { bench in
      let settled = try await bench.settle()
      let (organization, account) = (settled.organization.id, settled.account.id)
      let none = bench.tick()
      let whole = bench.samples.assignment(.reportViewer, of: .account(account), in: organization, reason: "asked for")
      try await bench.store.write { try $0.seed(whole) }
      let given = bench.tick()
      let limited = bench.samples.assignment(
        .reportViewer, of: .account(account), in: organization, scope: ResourceName(type: "order", id: "1"),
        endsAt: given + .days(1))
      try await bench.store.write { tx throws in
        #expect(try tx.unseed(whole))
        try tx.seed(limited)
      }
      let narrowed = bench.tick()
      #expect(try await bench.store.write { try $0.unseed(limited) })
      let taken = bench.tick()
      func held(at moment: Timestamp) async throws -> [PolicyFacts.AssignmentFacts]? {
        let facts = try await bench.past(.account(account), in: organization, at: moment)
        return facts.accounts[account]??.memberships[organization]?.assignments
      }
      #expect(try await held(at: none) == [])
      #expect(try await held(at: given) == [PolicyFacts.AssignmentFacts(id: whole.id, role: .reportViewer)])
      #expect(
        try await held(at: narrowed) == [
          PolicyFacts.AssignmentFacts(id: limited.id, role: .reportViewer, scope: limited.scope, until: limited.endsAt)
        ])
      #expect(try await held(at: taken) == [])
      try await bench.store.read { tx throws in
        let past = try #require(try tx.pastRoleAssignment(whole.id))
        #expect(past.assignment == whole && past.endedBy == "command:test" && past.endedAt > given && past.endedAt < narrowed)
        #expect(try tx.pastRoleAssignment(limited.id)?.assignment == limited)
        #expect(try tx.pastRoleAssignment(bench.samples.id()) == nil)
      }
    },
    Promise("what ended is listed by organization, holder and role in pages, and names holders that are gone") { bench in
      let settled = try await bench.settle()
      let organization = settled.organization.id
      let group = bench.samples.group(organization, name: "Readers")
      let (first, second) = (
        bench.samples.subject(organization, type: "vehicle", name: "K-17"),
        bench.samples.subject(organization, type: "vehicle", name: "K-17")
      )
      let other = bench.samples.organization()
      let account = RoleHolder.account(settled.account.id)
      let held = [
        bench.samples.assignment(.reportViewer, of: account, in: organization, reason: "asked for"),
        bench.samples.assignment(.accountViewer, of: account, in: organization),
        bench.samples.assignment(.reportViewer, of: .group(group.id), in: organization),
        bench.samples.assignment(.reportViewer, of: .application(settled.application.id), in: organization),
        bench.samples.assignment(.reportViewer, of: .subject(first.id), in: organization),
      ]
      let later = bench.samples.assignment(.accountViewer, of: .subject(second.id), in: organization)
      let elsewhere = bench.samples.assignment(.reportViewer, of: account, in: other.id)
      let kept = bench.samples.assignment(
        .reportViewer, of: account, in: organization, scope: ResourceName(type: "order", id: "1"))
      try await bench.store.write { tx throws in
        try tx.insert(other)
        try tx.insert(Membership(account: settled.account.id, organization: other.id, createdAt: bench.samples.now))
        try tx.insert(group)
        try tx.insert(first)
        for assignment in held + [elsewhere, kept] { try tx.seed(assignment) }
      }
      try await bench.store.write { tx throws in
        for assignment in held[0..<2] + [elsewhere] { #expect(try tx.unseed(assignment)) }
        #expect(try tx.unseed(group))
        #expect(try tx.unseed(settled.application))
        #expect(try tx.unseed(first))
      }
      try await bench.store.write { tx throws in
        try tx.insert(second)
        try tx.seed(later)
        #expect(try tx.unseed(later))
      }
      let all = held + [later]
      let names: [PrincipalName] = [
        .account(settled.account.id), .account(settled.account.id), .group(group.id), .application(settled.application.id),
        .subject(type: "vehicle", name: "K-17"), .subject(type: "vehicle", name: "K-17"),
      ]
      let labels = [nil, nil, "Readers", settled.application.name, nil, nil]
      let expected = zip(all, zip(names, labels)).map { (assignment: $0, name: $1.0, label: $1.1) }
        .sorted { $0.assignment.id < $1.assignment.id }
      func found(_ holder: PrincipalName?, _ role: RoleID?) async throws -> [PastRoleAssignment] {
        var found: [PastRoleAssignment] = []
        var request: PageRequest? = PageRequest(limit: 2)
        while let asked = request {
          let page = try await bench.store.read { tx in
            try tx.pastRoleAssignments(in: organization, heldBy: holder, role: role, asked)
          }
          #expect(page.items.count <= 2)
          found += page.items
          request = page.next.map { PageRequest(limit: 2, after: $0) }
        }
        return found
      }
      for holder in [nil] + Set(names).map(Optional.some) {
        for role in [nil, RoleID.reportViewer, .accountViewer, .accountManager] {
          let listed = try await found(holder, role)
          let meant = expected.filter { entry in
            holder.map { $0 == entry.name } ?? true && role.map { $0 == entry.assignment.role } ?? true
          }
          #expect(
            listed.map(\.assignment) == meant.map(\.assignment), "\(String(describing: holder)) \(String(describing: role))")
          #expect(listed.map(\.holder) == meant.map(\.name))
          #expect(listed.map(\.label) == meant.map(\.label))
        }
      }
      #expect(try await found(.subject(type: "vehicle", name: "K-18"), nil).isEmpty)
      #expect(try await found(.account(bench.samples.id()), nil).isEmpty)
    },
    Promise("the past knows who was suspended, by account and by membership, and who was no member") { bench in
      let settled = try await bench.settle()
      let (organization, account) = (settled.organization.id, settled.account.id)
      let active = bench.tick()
      try await bench.store.write { tx throws in
        var membership = settled.membership
        membership.state = .suspended
        #expect(try tx.update(membership))
      }
      let suspended = bench.tick()
      try await bench.store.write { tx throws in
        var suspended = settled.account
        suspended.state = .suspended
        #expect(try tx.update(suspended))
      }
      let away = bench.tick()
      let held = bench.samples.assignment(.reportViewer, of: .account(account), in: organization)
      try await bench.store.write { try $0.seed(held) }
      bench.tick()
      #expect(try await bench.store.write { try $0.unseedMembership(account, in: organization) })
      let gone = bench.tick()
      func facts(at moment: Timestamp) async throws -> PolicyFacts.AccountFacts? {
        let facts = try await bench.past(.account(account), in: organization, at: moment)
        return facts.accounts[account] ?? nil
      }
      #expect(try await facts(at: active)?.memberships[organization]?.state == .active)
      #expect(try await facts(at: suspended)?.memberships[organization]?.state == .suspended)
      #expect(try await facts(at: suspended)?.state == .active)
      #expect(try await facts(at: away)?.state == .suspended)
      #expect(try await facts(at: gone)?.memberships.isEmpty == true)
      let past = try await bench.store.read { try $0.pastRoleAssignment(held.id) }
      #expect(past?.assignment == held && past?.endedBy == "command:test")
    },
    Promise("the past knows organizations as they were open, closed or not there") { bench in
      let before = bench.tick()
      let settled = try await bench.settle()
      let organization = settled.organization
      let open = bench.tick()
      try await bench.store.write { tx throws in
        var closed = organization
        closed.state = .closed
        #expect(try tx.update(closed))
      }
      let closed = bench.tick()
      func state(at moment: Timestamp) async throws -> Organization.State? {
        let facts = try await bench.past(.account(settled.account.id), in: organization.id, at: moment)
        return facts.organizations[organization.id]??.state
      }
      #expect(try await state(at: before) == nil)
      #expect(try await state(at: open) == .active)
      #expect(try await state(at: closed) == .closed)
      let kind = try await bench.past(.account(settled.account.id), in: organization.id, at: open).organizations[organization.id]
      #expect(kind??.kind == organization.kind)
    },
    Promise("the past knows what groups held and who belonged to them, whoever is gone") { bench in
      let settled = try await bench.settle()
      let (organization, account) = (settled.organization.id, settled.account.id)
      let group = bench.samples.group(organization)
      let membership = bench.samples.membership(of: .account(account), in: group)
      let held = bench.samples.assignment(.reportViewer, of: .group(group.id), in: organization)
      try await bench.store.write { tx throws in
        try tx.insert(group)
        try tx.seed(membership)
      }
      let joined = bench.tick()
      try await bench.store.write { try $0.seed(held) }
      let given = bench.tick()
      #expect(try await bench.store.write { try $0.unseed(membership) })
      let left = bench.tick()
      _ = try await bench.store.write { try $0.seed(membership) }
      let back = bench.tick()
      #expect(try await bench.store.write { try $0.unseed(group) })
      let gone = bench.tick()
      func reached(at moment: Timestamp) async throws -> [RoleAssignmentID] {
        let facts = try await bench.past(.account(account), in: organization, at: moment)
        let groups = facts.accounts[account]??.memberships[organization]?.groups ?? []
        return groups.flatMap { facts.groups[$0]??.assignments.map(\.id) ?? [] }
      }
      #expect(try await reached(at: joined).isEmpty)
      #expect(try await reached(at: given) == [held.id])
      #expect(try await reached(at: left).isEmpty)
      #expect(try await reached(at: back) == [held.id])
      #expect(try await reached(at: gone).isEmpty)
      #expect(try await bench.store.read { try $0.pastRoleAssignment(held.id) }?.endedBy == "command:test")
    },
    Promise("the past knows registered subjects by the names they had, also when another has the name now") { bench in
      let settled = try await bench.settle()
      let organization = settled.organization.id
      let first = bench.samples.subject(organization, type: "vehicle", name: "K-17")
      let second = bench.samples.subject(organization, type: "vehicle", name: "K-17")
      let before = bench.tick()
      try await bench.store.write { tx throws in
        try tx.insert(first)
        try tx.seed(bench.samples.assignment(.reportViewer, of: .subject(first.id), in: organization))
      }
      let registered = bench.tick()
      try await bench.store.write { tx throws in
        var painted = first
        painted.attributes = ["colour": "red"]
        painted.state = .suspended
        #expect(try tx.update(painted))
      }
      let painted = bench.tick()
      #expect(try await bench.store.write { try $0.unseed(first) })
      let gone = bench.tick()
      try await bench.store.write { try $0.insert(second) }
      let again = bench.tick()
      func facts(at moment: Timestamp) async throws -> [RegisteredSubjectID: PolicyFacts.SubjectFacts?] {
        let facts = try await bench.past(.registered(type: "vehicle", name: "K-17"), in: organization, at: moment)
        return facts.subjects
      }
      #expect(try await facts(at: before).isEmpty)
      #expect(try await facts(at: registered)[first.id]??.assignments.map(\.role) == [.reportViewer])
      #expect(try await facts(at: registered)[first.id]??.attributes == first.attributes)
      #expect(try await facts(at: painted)[first.id]??.attributes == ["colour": "red"])
      #expect(try await facts(at: painted)[first.id]??.isActive == false)
      #expect(try await facts(at: gone).isEmpty)
      #expect(try await facts(at: again).keys.map(\.self) == [second.id])
    },
    Promise("the past knows where a resource belonged and what it lay in, all the way up") { bench in
      let settled = try await bench.settle()
      let other = bench.samples.organization()
      let (fleet, car) = (ResourceName(type: "fleet", id: "1"), ResourceName(type: "car", id: "1"))
      let agreement = bench.samples.agreement(settled.organization.id)
      let purchasing = bench.samples.purchasingAccount(agreement)
      let registered = RegisteredResource(
        type: car.type, id: car.id, organization: settled.organization.id, parent: fleet, attributes: ["doors": 3],
        createdAt: bench.samples.now)
      try await bench.store.write { tx throws in
        try tx.insert(other)
        try tx.insert(agreement)
        try tx.insert(purchasing)
        try tx.insert(
          RegisteredResource(type: fleet.type, id: fleet.id, organization: settled.organization.id, createdAt: bench.samples.now))
        try tx.insert(registered)
      }
      let inside = bench.tick()
      try await bench.store.write { tx throws in
        var moved = registered
        moved.organization = other.id
        moved.parent = nil
        #expect(try tx.update(moved))
      }
      let moved = bench.tick()
      #expect(try await bench.store.write { try $0.deleteResource(type: car.type, id: car.id) })
      let gone = bench.tick()
      func facts(_ name: ResourceName, at moment: Timestamp) async throws -> PolicyFacts {
        try await bench.past(.account(settled.account.id), in: nil, about: name, at: moment)
      }
      let then = try await facts(car, at: inside)
      #expect(
        then.resources[car]
          == PolicyFacts.ResourceFacts(organization: settled.organization.id, parent: fleet, attributes: ["doors": 3]))
      #expect(then.resources[fleet]??.organization == settled.organization.id)
      #expect(then.organizations.keys.map(\.self) == [settled.organization.id])
      #expect(
        try await facts(car, at: moved).resources
          == [car: PolicyFacts.ResourceFacts(organization: other.id, attributes: ["doors": 3])])
      #expect(try await facts(car, at: gone).resources == [car: nil])
      let account = try await facts(ResourceName(type: "purchasing-account", id: purchasing.id.text), at: inside)
      #expect(account.resources.count == 2)
      #expect(account.resources[ResourceName(type: "agreement", id: agreement.id.text)]??.organization == settled.organization.id)
    },
    Promise("the past knows applications as principals, and roles as they were defined") { bench in
      let settled = try await bench.settle()
      let (organization, application) = (settled.organization.id, settled.application.id)
      let role = bench.samples.definedRole(organization)
      let held = bench.samples.assignment(role.role.id, of: .application(application), in: organization)
      try await bench.store.write { tx throws in
        try tx.seed(role)
        try tx.seed(held)
      }
      let defined = bench.tick()
      let wider = DefinedRole(
        role: Role(
          id: role.role.id, name: role.role.name, permissions: .listed([.orderView, .licenseView]), mayGrant: .nothing,
          organizationKinds: [.customer], origin: .organization(organization)), createdAt: role.createdAt,
        definedAt: bench.samples.now, definedBy: "command:test", version: 2)
      #expect(try await bench.store.write { try $0.reseed(wider) })
      let widened = bench.tick()
      #expect(try await bench.store.write { try $0.unseed(settled.application) })
      let gone = bench.tick()
      func facts(at moment: Timestamp) async throws -> PolicyFacts {
        try await bench.past(.application(application), in: organization, at: moment)
      }
      let first = try await facts(at: defined)
      #expect(first.applications[application]??.roles(in: organization) == [role.role.id])
      #expect(first.applications[application]??.application.state == .active)
      #expect(first.catalogs?.roles[role.role.id]?.permissions == .listed([.orderView]))
      #expect(try await facts(at: widened).catalogs?.roles[role.role.id]?.permissions == .listed([.orderView, .licenseView]))
      #expect(try await facts(at: gone).applications == [application: nil])
    },
    Promise("before history begins nothing is known, and it is said since when something is") { bench in
      let begun = bench.samples.now
      let settled = try await bench.settle()
      let answer = try await bench.store.read {
        try $0.pastFacts(
          of: .account(settled.account.id), in: settled.organization.id, about: nil, at: begun - .seconds(1))
      }
      guard case .beginAt(let moment) = answer else {
        Issue.record("answered \(answer)")
        return
      }
      #expect(moment == begun)
    },
    Promise("what changes nothing that decisions depend on leaves no history, and no write that throws does") { bench in
      let settled = try await bench.settle()
      let before = try await bench.rowsOfHistory()
      try await bench.store.write { tx throws in
        _ = try tx.endGrant(settled.grant.id, as: .revoked, at: bench.samples.now)
        try tx.revokeToken("token", until: bench.samples.now)
        var renamed = settled.account
        renamed.name = bench.samples.name()
        #expect(try tx.update(renamed))
      }
      struct ChangedItsMind: Error {}
      let held = bench.samples.assignment(.reportViewer, of: .account(settled.account.id), in: settled.organization.id)
      try? await bench.store.write { tx throws in
        try tx.seed(held)
        #expect(try tx.unseed(held))
        throw ChangedItsMind()
      }
      #expect(try await bench.rowsOfHistory() == before)
      #expect(try await bench.store.read { try $0.pastRoleAssignment(held.id) } == nil)
      // Nor does what was only tried, in a transaction that changes something else.
      try await bench.store.write { tx throws in
        try tx.seed(held)
        #expect(try tx.rehearsing { try tx.unseed(held) })
      }
      #expect(try await bench.store.read { try $0.pastRoleAssignment(held.id) } == nil)
      #expect(try await bench.store.read { try $0.roleAssignment(held.id) } == held)
    },
    Promise("changes of one thing in one moment stay apart and in their order") { bench in
      let settled = try await bench.settle()
      let (organization, account) = (settled.organization.id, settled.account.id)
      let before = try await bench.rowsOfHistory()
      for index in 0..<10 {
        let assignment = bench.samples.assignment(
          .reportViewer, of: .account(account), in: organization, scope: ResourceName(type: "order", id: "\(index)"))
        try await bench.store.write { try $0.seed(assignment) }
      }
      // The portal of the tests came with the first of them.
      #expect(try await bench.rowsOfHistory() == before + 11)
      let now = bench.tick()
      let facts = try await bench.past(.account(account), in: organization, at: now)
      #expect(facts.accounts[account]??.memberships[organization]?.assignments.count == 10)
    },
    Promise("clean-up takes nothing of the history away") { bench in
      let settled = try await bench.settle()
      let held = bench.samples.assignment(.reportViewer, of: .account(settled.account.id), in: settled.organization.id)
      try await bench.store.write { try $0.seed(held) }
      #expect(try await bench.store.write { try $0.unseed(held) })
      let before = try await bench.rowsOfHistory()
      let future = bench.samples.now + .days(4_000)
      try await bench.store.write { tx throws in
        _ = try tx.deleteEndedGrants(before: future, atMost: 100)
        _ = try tx.deletePolicyChanges(before: future, atMost: 100)
        _ = try tx.deleteSessions(expiredBefore: future, atMost: 100)
        _ = try tx.thinAuditCheckpoints(sealedBefore: future, atMost: 100)
      }
      #expect(try await bench.rowsOfHistory() == before)
      #expect(try await bench.store.read { try $0.pastRoleAssignment(held.id) } != nil)
    },
  ]
}

extension Bench {
  /// Moves the clock on, so that what comes next happens later.
  ///
  /// - Returns: a moment after everything so far and before everything that comes.
  @discardableResult
  fileprivate func tick() -> Timestamp {
    now.advance(by: .seconds(60))
    let moment = samples.now
    now.advance(by: .seconds(60))
    return moment
  }

  fileprivate func past(
    _ subject: PastSubject, in organization: OrganizationID?, about resource: ResourceName? = nil, at moment: Timestamp
  ) async throws -> PolicyFacts {
    let answer = try await store.read { try $0.pastFacts(of: subject, in: organization, about: resource, at: moment) }
    guard case .known(let facts) = answer else { throw TestWorld.Missing(what: "history: \(answer)") }
    return facts
  }

  fileprivate func rowsOfHistory() async throws -> Int {
    let persistent = try #require(store as? TemporaryStore).persistent
    let count = try await persistent.lend(.reading) {
      try $0.rows("SELECT COUNT(*) FROM policy_history", []) { try $0.integer(0) }
    }
    return Int(count.first ?? 0)
  }
}
