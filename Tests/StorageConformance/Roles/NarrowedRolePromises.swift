internal import AccessControl
internal import Identity
internal import Primitives
internal import Storage
internal import TestKit
internal import Testing

extension Promise {
  static let narrowedRoles = [
    Promise("an assignment comes back as it was given, whoever holds it, for one resource or for a time, and why") { bench in
      let settled = try await bench.settle()
      let organization = settled.organization.id
      let (now, holders) = (bench.samples.now, try await bench.holders(in: settled))
      let scope = ResourceName(type: "purchasing account", id: "P \"7\"")
      var expected: [RoleAssignment] = []
      for holder in holders {
        expected += [
          bench.samples.assignment(.reportViewer, of: holder, in: organization, reason: "asked for by Ada"),
          bench.samples.assignment(.accountViewer, of: holder, in: organization, scope: scope),
          bench.samples.assignment(
            .accountViewer, of: holder, in: organization, startsAt: now + .hours(1), endsAt: now + .days(1), reason: "holiday"),
          bench.samples.assignment(.accountManager, of: holder, in: organization, scope: scope, endsAt: now + .hours(2)),
        ]
      }
      let given = expected
      try await bench.store.write { tx in for assignment in given { try tx.seed(assignment) } }
      try await bench.store.read { tx throws in
        for assignment in given { #expect(try tx.roleAssignment(assignment.id) == assignment) }
        for holder in holders {
          let own = given.filter { $0.holder == holder }.sorted { $0.id < $1.id }
          #expect(try tx.roleAssignments(of: holder) == own)
          #expect(try tx.roleAssignments(of: holder, in: organization) == own)
          #expect(try tx.roleAssignments(of: holder, in: bench.samples.id()).isEmpty)
        }
        var listed: [RoleAssignment] = []
        var request: PageRequest? = PageRequest(limit: 3)
        while let asked = request {
          let page = try tx.roleAssignments(in: organization, .all, asked)
          listed += page.items
          request = page.next.map { PageRequest(limit: 3, after: $0) }
        }
        #expect(listed == given.sorted { $0.id < $1.id })
      }
      for assignment in given {
        let deleted = try await atOnce(5) { _ in try await bench.store.write { try $0.unseed(assignment) } }
        #expect(deleted.count { $0 } == 1)
      }
      #expect(try await bench.store.read { try $0.roleAssignments(in: organization, .all, PageRequest()).items }.isEmpty)
    },
    Promise("a role is held once for each resource, and once for everything: for good or for a time") { bench in
      let settled = try await bench.settle()
      let organization = settled.organization.id
      let end = bench.samples.now + .days(1)
      for holder in try await bench.holders(in: settled) {
        @Sendable func assignment(scope id: String? = nil, endsAt: Timestamp? = nil) -> RoleAssignment {
          bench.samples.assignment(
            .reportViewer, of: holder, in: organization, scope: id.map { ResourceName(type: "order", id: $0) }, endsAt: endsAt)
        }
        let first = assignment()
        try await bench.store.write { tx throws in
          try tx.seed(first)
          for id in ["1", "2"] { try tx.seed(assignment(scope: id)) }
        }
        for second in [assignment(), assignment(endsAt: end), assignment(scope: "1"), assignment(scope: "2", endsAt: end)] {
          await #expect(throws: StoreError.taken(.roleAssignment)) { try await bench.store.write { try $0.seed(second) } }
        }
        let limited = assignment(endsAt: end)
        try await bench.store.write { tx throws in
          #expect(try tx.unseed(first))
          try tx.seed(limited)
        }
        await #expect(throws: StoreError.taken(.roleAssignment)) {
          try await bench.store.write { try $0.seed(assignment()) }
        }
      }
    },
    Promise("of many who give the same for good and for a time at once, one does") { bench in
      let settled = try await bench.settle()
      let holder = RoleHolder.account(settled.account.id)
      try await bench.store.write { try $0.insert(bench.samples.organization(.portal)) }
      let given = try await atOnce(20) { index in
        let assignment = bench.samples.assignment(
          .reportViewer, of: holder, in: settled.organization.id,
          endsAt: index.isMultiple(of: 2) ? bench.samples.now + .days(1) : nil)
        do {
          try await bench.store.write { try $0.seed(assignment) }
          return true
        } catch StoreError.taken(.roleAssignment) { return false }
      }
      #expect(given.count { $0 } == 1)
      #expect(try await bench.store.read { try $0.roleAssignments(of: holder) }.count == 1)
    },
    Promise("nobody who holds a role for a time, for one resource or through a group counts as the one who keeps it") { bench in
      let settled = try await bench.settle()
      let organization = settled.organization.id
      let others = [try await bench.join(settled.organization), try await bench.join(settled.organization)]
      let group = bench.samples.group(organization)
      let role = RoleID.accountAdministrator
      try await bench.store.write { tx throws in
        try tx.insert(group)
        try tx.seed(bench.samples.membership(of: .account(others[0].id), in: group))
        try tx.seed(bench.samples.assignment(role, of: .group(group.id), in: organization))
        try tx.seed(
          bench.samples.assignment(role, of: .account(others[0].id), in: organization, endsAt: bench.samples.now + .days(1)))
        try tx.seed(
          bench.samples.assignment(
            role, of: .account(others[1].id), in: organization, scope: ResourceName(type: "order", id: "1")))
        #expect(try tx.activeHolders(ofAny: [role], in: organization) == 0)
        try tx.seed(bench.samples.assignment(role, of: .account(settled.account.id), in: organization))
        #expect(try tx.activeHolders(ofAny: [role], in: organization) == 1)
      }
    },
    Promise("the policy tells of every assignment with its limits, of a group's once and of who belongs to it") { bench in
      let settled = try await bench.settle()
      let organization = settled.organization.id
      let group = bench.samples.group(organization)
      let limited = bench.samples.assignment(
        .reportViewer, of: .account(settled.account.id), in: organization, scope: ResourceName(type: "order", id: "1"),
        startsAt: bench.samples.now, endsAt: bench.samples.now + .days(1))
      try await bench.store.write { tx throws in
        try tx.insert(group)
        try tx.seed(limited)
      }
      let membership = bench.policy.sum.accounts[settled.account.id]??.memberships[organization]
      #expect(
        membership?.assignments == [
          PolicyFacts.AssignmentFacts(
            id: limited.id, role: .reportViewer, scope: limited.scope, from: limited.startsAt, until: limited.endsAt)
        ])
      // What is narrowed is no role for whoever asks for roles alone.
      #expect(membership?.roles == [])
      _ = try await bench.store.write {
        try $0.seed(bench.samples.membership(of: .account(settled.account.id), in: group))
      }
      #expect(bench.policy.last?.groups.isEmpty == true)
      #expect(bench.policy.last?.accounts[settled.account.id]??.memberships[organization]?.groups == [group.id])
      let held = bench.samples.assignment(.accountViewer, of: .group(group.id), in: organization)
      try await bench.store.write { try $0.seed(held) }
      #expect(bench.policy.last?.accounts.isEmpty == true)
      #expect(bench.policy.last?.groups[group.id]??.assignments.map(\.id) == [held.id])
    },
    Promise("what another process changes of groups, subjects and resources reaches the observer") { bench in
      let settled = try await bench.settle()
      let other = try await bench.store.openAnother(observer: nil)
      let (group, subject) = (bench.samples.group(settled.organization.id), bench.samples.subject(settled.organization.id))
      let resource = bench.samples.resource(settled.organization.id)
      let held = bench.samples.assignment(.reportViewer, of: .group(group.id), in: settled.organization.id)
      try await other.write { tx throws in
        try tx.insert(group)
        try tx.insert(subject)
        try tx.insert(resource)
        try tx.seed(held)
        try tx.seed(bench.samples.membership(of: .subject(subject.id), in: group))
      }
      try await bench.store.catchUp()
      #expect(bench.policy.sum.groups[group.id]??.assignments.map(\.id) == [held.id])
      #expect(bench.policy.sum.subjects[subject.id]??.groups == [group.id])
      #expect(bench.policy.sum.resources[resource.name]??.organization == settled.organization.id)
      try await other.write { tx throws in
        #expect(try tx.unseed(group))
        #expect(try tx.unseed(subject))
        #expect(try tx.deleteResource(type: resource.type, id: resource.id))
      }
      try await bench.store.catchUp()
      let whole = try await bench.store.read { try $0.policyFacts(.everything(endedSince: bench.samples.now)) }
      #expect(ComparablePolicy(bench.policy.sum) == ComparablePolicy(whole))
      #expect(whole.groups.isEmpty && whole.subjects.isEmpty)
    },
    Promise("what an older program writes beside this one is read whole, and what it reads is never narrowed") { bench in
      let settled = try await bench.settle()
      let (organization, now) = (settled.organization.id, bench.samples.now)
      let persistent = try #require(bench.store as? TemporaryStore).persistent
      let old = bench.samples.assignment(.reportViewer, of: .account(settled.account.id), in: organization)
      let narrowed = bench.samples.assignment(
        .accountManager, of: .account(settled.account.id), in: organization, scope: ResourceName(type: "order", id: "1"))
      try await bench.store.write { try $0.seed(narrowed) }
      // The statements of schema 11.
      let seen = try await persistent.lend(.writing) { connection in
        _ = try connection.execute(
          """
          INSERT INTO role_assignments (id, organization_id, account_id, role_id, granted_by, created_at)
          VALUES ($1, $2, $3, $4, $5, $6)
          """,
          [
            .id(old.id), .id(organization), .id(settled.account.id), .id(old.role), .text(old.grantedBy), .time(old.createdAt),
          ])
        _ = try connection.execute(
          "INSERT INTO resources (type, id, organization_id, created_at, version) VALUES ($1, $2, $3, $4, $5)",
          [.text("order"), .text("1"), .id(organization), .time(now), .integer(1)])
        return try connection.rows("SELECT id FROM role_assignments WHERE account_id = $1", [.id(settled.account.id)]) {
          try $0.text(0)
        }
      }
      #expect(seen == [old.id.text])
      let stored = try await bench.store.read { tx throws in
        try (tx.roleAssignment(old.id), tx.resource(type: "order", id: "1"))
      }
      #expect(stored.0 == old)
      #expect(stored.1 == RegisteredResource(type: "order", id: "1", organization: organization, createdAt: now))
      // What it deletes takes along what it does not know.
      _ = try await persistent.lend(.writing) { connection in
        try connection.execute(
          "DELETE FROM memberships WHERE account_id = $1 AND organization_id = $2",
          [.id(settled.account.id), .id(organization)])
      }
      #expect(try await bench.store.read { try $0.roleAssignments(of: .account(settled.account.id)) }.isEmpty)
    },
  ]
}

extension Bench {
  /// One of each kind.
  func holders(in settled: Settled) async throws -> [RoleHolder] {
    let (group, subject) = (samples.group(settled.organization.id), samples.subject(settled.organization.id))
    try await store.write { tx throws in
      try tx.insert(group)
      try tx.insert(subject)
    }
    return [.account(settled.account.id), .application(settled.application.id), .group(group.id), .subject(subject.id)]
  }
}
