internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

extension Promise {
  static let limits = [
    Promise("a limit of a role comes back as it was, changes only from the version that was seen, and goes on counting") {
      bench in
      let contoso = try await bench.settle().organization
      for owner in [nil, contoso.id] {
        let origin = Role.Origin(owner: owner)
        let first = bench.limit(2, origin)
        try await bench.store.write { try $0.seed(first) }
        #expect(try await bench.store.read { try $0.roleLimit(of: .accountViewer, from: origin) } == first)
        #expect(try await bench.store.read { try $0.catalogs().limits } == [.accountViewer: [first.limit]])
        #expect(bench.policy.last?.catalogs?.limits == [.accountViewer: [first.limit]])
        await #expect(throws: StoreError.taken(.roleLimit)) { try await bench.store.write { try $0.seed(first) } }
        let second = bench.limit(3, origin, after: first)
        #expect(try await bench.store.write { try $0.reseed(second) })
        #expect(try await !bench.store.write { try $0.reseed(second) })
        let end = second.definedAt + .minutes(5)
        #expect(try await !bench.store.write { try $0.unseed(first, at: end) })
        #expect(try await bench.store.write { try $0.unseed(second, at: end) })
        let third = bench.limit(4, origin, after: second)
        try await bench.store.write { try $0.seed(third) }
        #expect(try await bench.store.write { try $0.unseed(third, at: end + .minutes(5)) })
        try await bench.store.read { tx throws in
          #expect(try tx.roleLimit(of: .accountViewer, from: origin) == nil)
          #expect(try tx.catalogs().limits.isEmpty)
          #expect(
            try tx.roleLimitVersions(of: .accountViewer, from: origin) == [
              PastVersion(first, validUntil: second.definedAt), PastVersion(second, validUntil: end),
              PastVersion(third, validUntil: end + .minutes(5)),
            ])
        }
      }
    },
    Promise("the portal's limit of a role and an organization's own stand beside each other") { bench in
      let contoso = try await bench.settle().organization
      let (portals, own) = (bench.limit(5, .portal), bench.limit(2, .organization(contoso.id)))
      try await bench.store.write { tx throws in for limit in [own, portals] { try tx.seed(limit) } }
      #expect(try await bench.store.read { try $0.catalogs().limits } == [.accountViewer: [portals.limit, own.limit]])
      #expect(try await bench.store.write { try $0.unseed(portals, at: portals.definedAt + .minutes(1)) })
      #expect(try await bench.store.read { try $0.catalogs().limits } == [.accountViewer: [own.limit]])
    },
    Promise("whoever holds a role is counted once in each organization, however they hold it, as long as its time has not passed")
    {
      bench in
      let settled = try await bench.settle()
      let contoso = settled.organization
      let (fabrikam, now) = (bench.samples.organization(), bench.samples.now)
      try await bench.store.write { try $0.insert(fabrikam) }
      let guest = try await bench.join(fabrikam)
      let suspended = try await bench.join(contoso)
      let (group, subject) = (bench.samples.group(contoso.id), bench.samples.subject(contoso.id))
      let scope = ResourceName(type: "order", id: "1")
      @Sendable func give(
        _ role: RoleID, _ holder: RoleHolder, in organization: Organization? = nil, scope: ResourceName? = nil,
        from: Timestamp? = nil, until: Timestamp? = nil
      ) -> RoleAssignment {
        bench.samples.assignment(
          role, of: holder, in: (organization ?? contoso).id, scope: scope, startsAt: from, endsAt: until)
      }
      let (me, app) = (RoleHolder.account(settled.account.id), RoleHolder.application(settled.application.id))
      try await bench.store.write { tx throws in
        try tx.insert(group)
        try tx.insert(subject)
        try tx.insert(Membership(account: guest.id, organization: contoso.id, createdAt: now))
        try tx.seed(give(.reportViewer, me))
        try tx.seed(give(.reportViewer, me, scope: scope))
        try tx.seed(give(.accountViewer, me))
        try tx.seed(give(.reportViewer, app, scope: scope))
        try tx.seed(give(.reportViewer, .account(guest.id), in: fabrikam))
        try tx.seed(give(.reportViewer, .account(guest.id), until: now))
        try tx.seed(give(.reportViewer, .account(suspended.id), from: now + .hours(1), until: now + .hours(2)))
        var membership = try #require(try tx.membership(suspended.id, in: contoso.id))
        membership.state = .suspended
        #expect(try tx.update(membership))
      }
      @Sendable func count(_ roles: Set<RoleID>, in organization: Organization? = nil, over number: Int = 0) async throws
        -> [OrganizationID: Int]
      {
        try await bench.store.read { try $0.holders(ofAny: roles, countedIn: organization?.id, ifMoreThan: number, at: now) }
      }
      #expect(try await count([]).isEmpty)
      #expect(try await count([.reportViewer]) == [contoso.id: 3, fabrikam.id: 1])
      #expect(try await count([.reportViewer, .accountViewer]) == [contoso.id: 3, fabrikam.id: 1])
      #expect(try await count([.accountViewer], in: contoso) == [contoso.id: 1])
      #expect(try await count([.accountViewer], in: fabrikam).isEmpty)
      #expect(try await count([.reportViewer], over: 1) == [contoso.id: 3])
      #expect(try await count([.reportViewer], over: 3).isEmpty)
      // Now through a group, where one of its three members is counted already.
      try await bench.store.write { tx throws in
        for member in [GroupMember.account(settled.account.id), .account(guest.id), .subject(subject.id)] {
          try tx.seed(bench.samples.membership(of: member, in: group))
        }
        try tx.seed(give(.reportViewer, .group(group.id), until: now + .minutes(1)))
        try tx.seed(give(.accountViewer, .group(group.id), until: now))
      }
      #expect(try await count([.reportViewer]) == [contoso.id: 5, fabrikam.id: 1])
      #expect(try await count([.accountViewer], in: contoso) == [contoso.id: 1])
    },
  ]
}

extension Bench {
  fileprivate func limit(_ maximum: Int, _ origin: Role.Origin, after last: DefinedLimit? = nil) -> DefinedLimit {
    DefinedLimit(
      limit: RoleLimit(role: .accountViewer, maximum: maximum, description: "So \"many\" seats.", origin: origin),
      createdAt: last?.createdAt ?? samples.now, definedAt: last.map { $0.definedAt + .minutes(10) } ?? samples.now,
      definedBy: "command:test", version: (last?.version ?? 0) + 1)
  }
}
