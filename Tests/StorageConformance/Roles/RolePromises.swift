internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

extension Promise {
  static let roles = [
    Promise("a membership is one per account and organization, and changes only from the version that was seen") { bench in
      let settled = try await bench.settle()
      await #expect(throws: StoreError.taken(.membership)) { try await bench.store.write { try $0.insert(settled.membership) } }
      var suspended = settled.membership
      suspended.state = .suspended
      let changed = suspended
      #expect(try await bench.store.write { try $0.update(changed) })
      #expect(try await !bench.store.write { try $0.update(changed) })
      suspended.version += 1
      let stored = try await bench.store.read { tx throws in
        (
          try tx.membership(settled.account.id, in: settled.organization.id), try tx.memberships(of: settled.account.id),
          try tx.membership(settled.account.id, in: bench.samples.id())
        )
      }
      #expect(stored.0 == suspended && stored.1 == [suspended] && stored.2 == nil)
    },
    Promise("a role is held once by a holder in an organization, and given back once") { bench in
      let settled = try await bench.settle()
      let guest = bench.samples.organization()
      let holders = [RoleHolder.account(settled.account.id), .application(settled.application.id)]
      try await bench.store.write { tx throws in
        try tx.insert(guest)
        try tx.insert(Membership(account: settled.account.id, organization: guest.id, createdAt: bench.samples.now))
      }
      for holder in holders {
        let assignment = bench.samples.assignment(.reportViewer, of: holder, in: settled.organization.id)
        let elsewhere = bench.samples.assignment(.reportViewer, of: holder, in: guest.id)
        try await bench.store.write { tx throws in
          try tx.seed(assignment)
          try tx.seed(elsewhere)
        }
        await #expect(throws: StoreError.taken(.roleAssignment)) {
          try await bench.store.write {
            try $0.seed(bench.samples.assignment(.reportViewer, of: holder, in: settled.organization.id))
          }
        }
        try await bench.store.read { tx throws in
          #expect(try tx.roleAssignment(assignment.id) == assignment)
          #expect(try tx.roleAssignments(of: holder, in: settled.organization.id) == [assignment])
          #expect(try Set(tx.roleAssignments(of: holder)) == [assignment, elsewhere])
        }
        let deleted = try await atOnce { _ in try await bench.store.write { try $0.unseed(assignment) } }
        #expect(deleted.count { $0 } == 1)
      }
      let left = try await bench.store.read { try $0.roleAssignments(in: guest.id, .all, PageRequest()).items.map(\.holder) }
      #expect(Set(left) == Set(holders))
    },
    Promise("the assignments of an organization are found by holder, role and resource, in pages") { bench in
      let settled = try await bench.settle()
      let organization = settled.organization.id
      let group = Group(id: bench.samples.id(), organization: organization, name: "Readers", createdAt: bench.samples.now)
      let scope = ResourceName(type: "project", id: "1")
      func narrowed(_ role: RoleID, _ holder: RoleHolder, scope: ResourceName?, until end: Timestamp? = nil) -> RoleAssignment {
        RoleAssignment(
          id: bench.samples.id(), organization: organization, holder: holder, role: role, scope: scope, endsAt: end,
          grantedBy: "command:test", createdAt: bench.samples.now)
      }
      let account = RoleHolder.account(settled.account.id)
      let all = [
        bench.samples.assignment(.reportViewer, of: account, in: organization), narrowed(.reportViewer, account, scope: scope),
        narrowed(.accountViewer, account, scope: nil, until: bench.samples.now + .days(1)),
        narrowed(.reportViewer, .group(group.id), scope: nil), narrowed(.accountViewer, .group(group.id), scope: scope),
        bench.samples.assignment(.accountViewer, of: .application(settled.application.id), in: organization),
      ]
      try await bench.store.write { tx throws in
        try tx.insert(group)
        for assignment in all { try tx.seed(assignment) }
      }
      let filters: [(AssignmentQuery, (RoleAssignment) -> Bool)] = [
        (.all, { _ in true }), (AssignmentQuery(holder: account), { $0.holder == account }),
        (AssignmentQuery(holder: .group(group.id)), { $0.holder == .group(group.id) }),
        (AssignmentQuery(roles: [.reportViewer]), { $0.role == .reportViewer }),
        (AssignmentQuery(roles: [.reportViewer, .accountViewer], scope: scope), { $0.scope == scope }),
        (AssignmentQuery(holder: account, roles: [.reportViewer], scope: scope), { $0 == all[1] }),
        (AssignmentQuery(roles: []), { _ in false }),
        (AssignmentQuery(scope: ResourceName(type: "project", id: "2")), { _ in false }),
      ]
      for (filter, isMeant) in filters {
        var found: [RoleAssignment] = []
        var request: PageRequest? = PageRequest(limit: 2)
        while let asked = request {
          let page = try await bench.store.read { try $0.roleAssignments(in: organization, filter, asked) }
          found += page.items
          request = page.next.map { PageRequest(limit: 2, after: $0) }
        }
        #expect(found == all.filter(isMeant).sorted { $0.id < $1.id }, "\(filter)")
      }
    },
    Promise("members come in pages with their roles in that organization alone") { bench in
      let settled = try await bench.settle()
      let elsewhere = bench.samples.organization()
      try await bench.store.write { try $0.insert(elsewhere) }
      var expected = [settled.account.id: Set<RoleID>()]
      for index in 0..<7 {
        let account = try await bench.join(settled.organization)
        let roles: [RoleID] = index.isMultiple(of: 2) ? [.accountViewer, .reportViewer] : []
        expected[account.id] = Set(roles)
        try await bench.store.write { tx throws in
          try tx.insert(Membership(account: account.id, organization: elsewhere.id, createdAt: bench.samples.now))
          try tx.seed(bench.samples.assignment(.accountAdministrator, of: .account(account.id), in: elsewhere.id))
          for role in roles {
            try tx.seed(bench.samples.assignment(role, of: .account(account.id), in: settled.organization.id))
          }
        }
      }
      var found: [Member] = []
      var request: PageRequest? = PageRequest(limit: 3)
      while let asked = request {
        let page = try await bench.store.read { try $0.members(of: settled.organization.id, asked) }
        found += page.items
        request = page.next.map { PageRequest(limit: 3, after: $0) }
      }
      #expect(found.map(\.account.id) == expected.keys.sorted())
      #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.account.id, Set($0.roles)) }) == expected)
      #expect(
        found.allSatisfy { $0.membership.account == $0.account.id && $0.membership.organization == settled.organization.id })
    },
    Promise("a membership that is deleted takes its roles along, and being a member again brings none back") { bench in
      let settled = try await bench.settle()
      let holder = RoleHolder.account(settled.account.id)
      try await bench.store.write { tx throws in
        try tx.seed(bench.samples.assignment(.accountAdministrator, of: holder, in: settled.organization.id))
      }
      #expect(try await bench.store.write { try $0.unseedMembership(settled.account.id, in: settled.organization.id) })
      #expect(try await !bench.store.write { try $0.unseedMembership(settled.account.id, in: settled.organization.id) })
      try await bench.store.write { try $0.insert(settled.membership) }
      #expect(try await bench.store.read { try $0.roleAssignments(of: holder) }.isEmpty)
      #expect(bench.policy.sum.accounts[settled.account.id]??.memberships[settled.organization.id]?.roles == [])
    },
    Promise("the active holders of roles are counted as persons: once each, who can act, in this organization") { bench in
      let settled = try await bench.settle()
      let organization = settled.organization
      let people = try await (0..<4).async { _ in try await bench.join(organization) }
      let elsewhere = try await bench.settle()
      try await bench.store.write { tx throws in
        for person in people {
          try tx.seed(bench.samples.assignment(.accountAdministrator, of: .account(person.id), in: organization.id))
        }
        // Both roles: still one person.
        try tx.seed(bench.samples.assignment(.userAdministrator, of: .account(people[0].id), in: organization.id))
        // Only the other role.
        try tx.seed(bench.samples.assignment(.userAdministrator, of: .account(settled.account.id), in: organization.id))
        try tx.seed(
          bench.samples.assignment(.accountAdministrator, of: .application(settled.application.id), in: organization.id))
        try tx.seed(
          bench.samples.assignment(.accountAdministrator, of: .account(elsewhere.account.id), in: elsewhere.organization.id))
      }
      @Sendable func count(_ roles: Set<RoleID>) async throws -> Int {
        try await bench.store.read { try $0.activeHolders(ofAny: roles, in: organization.id) }
      }
      #expect(try await count([.accountAdministrator]) == 4)
      #expect(try await count([.accountAdministrator, .userAdministrator]) == 5)
      #expect(try await count([.operator]) == 0)
      #expect(try await count([]) == 0)
      try await bench.store.write { tx throws in
        var account = people[1]
        account.state = .suspended
        #expect(try tx.update(account))
        var membership = Membership(account: people[2].id, organization: organization.id, createdAt: bench.samples.now)
        membership.state = .suspended
        #expect(try tx.update(membership))
        // Exact within the transaction.
        #expect(try tx.activeHolders(ofAny: [.accountAdministrator], in: organization.id) == 2)
      }
      #expect(try await count([.accountAdministrator]) == 2)
    },
    Promise("of fifty who each leave only while another administrator stays, the last one stays") { bench in
      let settled = try await bench.settle()
      let organization = settled.organization.id
      let assignments = try await (0..<20).async { _ in
        let account = try await bench.join(settled.organization)
        return bench.samples.assignment(.accountAdministrator, of: .account(account.id), in: organization)
      }
      try await bench.store.write { tx in for assignment in assignments { try tx.seed(assignment) } }
      let left = try await atOnce(20) { index in
        try await bench.store.write { tx throws in
          guard try tx.activeHolders(ofAny: [.accountAdministrator], in: organization) > 1 else { return false }
          return try tx.unseed(assignments[index])
        }
      }
      #expect(left.count { $0 } == 19)
      #expect(try await bench.store.read { try $0.activeHolders(ofAny: [.accountAdministrator], in: organization) } == 1)
    },
  ]
}

extension Range<Int> {
  /// One after the other.
  fileprivate func async<Value>(_ make: (Int) async throws -> Value) async rethrows -> [Value] {
    var values: [Value] = []
    for index in self { values.append(try await make(index)) }
    return values
  }
}
