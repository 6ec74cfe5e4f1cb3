internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

private struct ChangedItsMind: Error {}

extension Promise {
  static let definitions = [
    Promise("a defined role comes back as it was, of the portal and of an organization, and is in the catalog") { bench in
      let contoso = try await bench.settle().organization
      let roles = [bench.role(of: nil), bench.role(of: contoso.id), bench.role(of: contoso.id, plain: true)]
      try await bench.store.write { tx throws in for role in roles { try tx.seed(role) } }
      try await bench.store.read { tx throws in
        for role in roles {
          #expect(try tx.definedRole(role.role.id) == role)
          #expect(role.role.conditions.count == (role == roles[2] ? 0 : 1))
          #expect(try tx.roleVersions(role.role.id) == [PastVersion(role, validUntil: nil)])
        }
        #expect(try tx.definedRole(bench.samples.id()) == nil)
        #expect(try tx.definedRole(.operator) == nil)
        #expect(try Set(tx.catalogs().roles.defined.map(\.id)) == Set(roles.map(\.role.id)))
      }
    },
    Promise("a role changes only from the version that was seen, and every version is kept with its time") { bench in
      let contoso = try await bench.settle().organization
      let first = bench.role(of: contoso.id)
      try await bench.store.write { try $0.seed(first) }
      let second = bench.version(2, of: first, permissions: [.keyView])
      #expect(try await bench.store.write { try $0.reseed(second) })
      #expect(try await !bench.store.write { try $0.reseed(second) })
      let third = bench.version(3, of: first, permissions: [])
      let tries = try await atOnce(20) { _ in try await bench.store.write { try $0.reseed(third) } }
      #expect(tries.count { $0 } == 1)
      let end = third.definedAt + .minutes(5)
      #expect(try await !bench.store.write { try $0.unseed(second, at: end) })
      #expect(try await bench.store.write { try $0.unseed(third, at: end) })
      try await bench.store.read { tx throws in
        #expect(try tx.definedRole(first.role.id) == nil)
        #expect(
          try tx.roleVersions(first.role.id) == [
            PastVersion(first, validUntil: second.definedAt), PastVersion(second, validUntil: third.definedAt),
            PastVersion(third, validUntil: end),
          ])
        #expect(try tx.catalogs().roles.defined.isEmpty)
      }
    },
    Promise(
      "a permission is defined once, described anew from the version that was seen, and goes on counting when it comes again"
    ) {
      bench in
      let first = bench.permission()
      try await bench.store.write { try $0.seed(first) }
      await #expect(throws: StoreError.taken(.permission)) { try await bench.store.write { try $0.seed(first) } }
      let second = bench.version(2, of: first)
      #expect(try await bench.store.write { try $0.reseed(second) })
      #expect(try await !bench.store.write { try $0.reseed(second) })
      #expect(try await bench.store.read { try $0.definedPermission(first.definition.permission) } == second)
      let found = try await bench.store.read { try $0.catalogs().permissions.definition(of: first.definition.permission) }
      #expect(found == second.definition)
      let end = second.definedAt + .minutes(5)
      #expect(try await bench.store.write { try $0.unseed(second, at: end) })
      #expect(try await bench.store.read { try $0.definedPermission(first.definition.permission) } == nil)
      let again = bench.version(3, of: first)
      try await bench.store.write { try $0.seed(again) }
      #expect(
        try await bench.store.read { try $0.permissionVersions(first.definition.permission) } == [
          PastVersion(first, validUntil: second.definedAt), PastVersion(second, validUntil: end),
          PastVersion(again, validUntil: nil),
        ])
    },
    Promise("a transaction sees in its catalogs what it changed itself, and what it takes back is seen by nobody") { bench in
      let contoso = try await bench.settle().organization
      let role = bench.role(of: contoso.id)
      try? await bench.store.write { tx throws in
        #expect(try tx.catalogs().roles[role.role.id] == nil)
        try tx.seed(role)
        #expect(try tx.catalogs().roles[role.role.id] != nil)
        throw ChangedItsMind()
      }
      #expect(try await bench.store.read { try $0.catalogs().roles[role.role.id] } == nil)
      // The same count of changes, another role: what was remembered of the one taken back must not come up.
      let other = bench.role(of: contoso.id)
      try await bench.store.write { try $0.seed(other) }
      #expect(try await bench.store.read { try $0.catalogs().roles.defined.map(\.id) } == [other.role.id])
      #expect(try await bench.store.write { try $0.catalogs().roles.defined.map(\.id) } == [other.role.id])
    },
    Promise("every change of a role or a permission brings the observers of all processes the whole catalogs") { bench in
      let contoso = try await bench.settle().organization
      let other = try await bench.store.openAnother(observer: nil)
      let role = bench.role(of: contoso.id)
      try await bench.store.write { try $0.seed(role) }
      #expect(bench.policy.last?.catalogs?.roles.defined.map(\.id) == [role.role.id])
      let permission = bench.permission()
      try await other.write { try $0.seed(permission) }
      try await bench.store.catchUp()
      #expect(bench.policy.sum.catalogs?.permissions.definition(of: permission.definition.permission) == permission.definition)
      #expect(try await other.write { try $0.unseed(role, at: role.definedAt + .minutes(1)) })
      try await bench.store.catchUp()
      #expect(bench.policy.sum.catalogs?.roles.defined.isEmpty == true)
      try await bench.store.write { try $0.insert(bench.samples.organization()) }
      if let last = bench.policy.last { #expect(last.catalogs == nil) }
    },
    Promise("an exclusion of roles comes back as it was, changes only from the version that was seen, and keeps every version") {
      bench in
      let contoso = try await bench.settle().organization
      for owner in [nil, contoso.id] {
        let first = bench.exclusion(of: owner, cardinality: 2)
        try await bench.store.write { try $0.seed(first) }
        #expect(try await bench.store.read { try $0.roleExclusion(first.exclusion.id) } == first)
        #expect(try await bench.store.read { try $0.catalogs().exclusions } == [first.exclusion])
        #expect(bench.policy.last?.catalogs?.exclusions == [first.exclusion])
        let second = bench.exclusion(of: owner, cardinality: 3, after: first)
        #expect(try await bench.store.write { try $0.reseed(second) })
        #expect(try await !bench.store.write { try $0.reseed(second) })
        let end = second.definedAt + .minutes(5)
        #expect(try await bench.store.write { try $0.unseed(second, at: end) })
        try await bench.store.read { tx throws in
          #expect(try tx.roleExclusion(first.exclusion.id) == nil)
          #expect(try tx.catalogs().exclusions.isEmpty)
          #expect(
            try tx.roleExclusionVersions(first.exclusion.id) == [
              PastVersion(first, validUntil: second.definedAt), PastVersion(second, validUntil: end),
            ])
        }
      }
    },
    Promise("who holds one of some roles is found, with what they hold for a resource or for a time that has not passed") {
      bench in
      let settled = try await bench.settle()
      let group = Group(id: bench.samples.id(), organization: settled.organization.id, name: "Team", createdAt: bench.samples.now)
      @Sendable func assignment(_ role: RoleID, _ holder: RoleHolder, until: Timestamp? = nil, scope: ResourceName? = nil)
        -> RoleAssignment
      {
        RoleAssignment(
          id: bench.samples.id(), organization: settled.organization.id, holder: holder, role: role, scope: scope, endsAt: until,
          grantedBy: "command:test", createdAt: bench.samples.now)
      }
      let account = RoleHolder.account(settled.account.id)
      let now = bench.samples.now
      let scope = ResourceName(type: "order", id: "1")
      try await bench.store.write { tx throws in
        try tx.insert(group)
        try tx.seed(assignment(.reportViewer, account))
        try tx.seed(assignment(.accountViewer, account, scope: scope))
        try tx.seed(assignment(.accountManager, account, until: now))
        try tx.seed(assignment(.accountManager, .group(group.id), until: now + .minutes(1)))
        try tx.seed(assignment(.reportViewer, .application(settled.application.id)))
      }
      @Sendable func holding(_ role: RoleID, _ holder: RoleHolder) -> RoleHolding {
        RoleHolding(organization: settled.organization.id, holder: holder, role: role)
      }
      try await bench.store.read { tx throws in
        #expect(try tx.roleHoldings(ofAny: [], at: now).isEmpty)
        #expect(
          try Set(tx.roleHoldings(ofAny: [.reportViewer, .accountViewer, .accountManager], at: now)) == [
            holding(.reportViewer, account), holding(.accountViewer, account), holding(.accountManager, .group(group.id)),
            holding(.reportViewer, .application(settled.application.id)),
          ])
        #expect(
          try Set(tx.roleHolders(ofAny: [.reportViewer, .accountManager], atMost: 10)) == [
            account, .group(group.id), .application(settled.application.id),
          ])
        #expect(try tx.roleHolders(ofAny: [.reportViewer, .accountManager], atMost: 2).count == 2)
      }
    },
    Promise("who holds a role and who is promised it is counted, in whichever organization") { bench in
      let settled = try await bench.settle()
      let portal = bench.role(of: nil)
      let unused = bench.role(of: nil)
      let holders = [RoleHolder.account(settled.account.id), .application(settled.application.id)]
      try await bench.store.write { tx throws in
        for role in [portal, unused] { try tx.seed(role) }
        for holder in holders {
          try tx.seed(bench.samples.assignment(portal.role.id, of: holder, in: settled.organization.id))
        }
        for state in [Invitation.State.pending, .withdrawn] {
          var invitation = Invitation(
            id: bench.samples.id(), organization: settled.organization.id, purpose: .operation(by: nil),
            email: bench.samples.email(), name: bench.samples.name(), language: .english, country: nil,
            roles: [.accountViewer, portal.role.id], createdAt: bench.samples.now)
          invitation.state = state
          try tx.insert(invitation)
        }
      }
      try await bench.store.read { tx throws in
        #expect(try tx.uses(of: portal.role.id) == RoleUses(assignments: 2, invitations: 1))
        #expect(try tx.uses(of: unused.role.id) == RoleUses(assignments: 0, invitations: 0))
      }
    },
  ]
}

extension Bench {
  /// A role of the portal, or of an organization, with something of everything that one can have, or with nothing.
  fileprivate func role(of owner: OrganizationID?, plain: Bool = false) -> DefinedRole {
    let condition = try? Condition(
      "resource.properties.note == \"\\\"ü\\\"\" // said\n|| subject.id == resource.properties.owner")
    let wording = Wording(
      name: "Einkäufer \(samples.number())", description: plain ? "" : "Buys \"things\".",
      translations: plain ? [:] : ["ru": .init(name: "Закупщик", description: "Покупает."), "de-ch": .init(name: "Iikäufer")])
    let role = Role(
      id: samples.id(), wording: wording, permissions: .listed(plain ? [] : [.orderView, .agreementView]),
      conditions: plain ? [:] : [.keyView: condition].compactMapValues(\.self),
      parents: plain ? [] : [.accountViewer, .reportViewer],
      mayGrant: plain ? .nothing : .listed([.assignment: [.accountViewer], .invitation: [.accountViewer, .reportViewer]]),
      organizationKinds: [.customer], origin: owner.map { .organization($0) } ?? .portal)
    return DefinedRole(role: role, createdAt: samples.now, definedAt: samples.now, definedBy: "command:test")
  }

  fileprivate func exclusion(
    of owner: OrganizationID?, cardinality: Int, after first: DefinedExclusion? = nil
  ) -> DefinedExclusion {
    DefinedExclusion(
      exclusion: RoleExclusion(
        id: first?.exclusion.id ?? samples.id(), name: "Four \"eyes\"", description: "Who orders does not pay.", kind: .static,
        roles: [.accountViewer, .reportViewer, .accountManager], cardinality: cardinality,
        origin: owner.map { .organization($0) } ?? .portal, organizationKinds: [.customer]),
      createdAt: first?.createdAt ?? samples.now, definedAt: first.map { $0.definedAt + .minutes(1) } ?? samples.now,
      definedBy: "command:test", version: (first?.version ?? 0) + 1)
  }

  fileprivate func version(_ number: Int64, of first: DefinedRole, permissions: Set<Permission>) -> DefinedRole {
    let role = Role(
      id: first.role.id, wording: first.role.wording, permissions: .listed(permissions), mayGrant: .nothing,
      organizationKinds: first.role.organizationKinds, origin: first.role.origin)
    return DefinedRole(
      role: role, createdAt: first.createdAt, definedAt: samples.now + .minutes(number), definedBy: "command:other",
      version: number)
  }

  fileprivate func permission() -> DefinedPermission {
    DefinedPermission(
      definition: PermissionDefinition(
        Permission("order", "pack-\(samples.number())"), "Pack orders.", translations: ["ru": "Упаковывать заказы."],
        kinds: [.customer, .partner], isCustomerData: true), createdAt: samples.now, definedAt: samples.now,
      definedBy: "command:test")
  }

  fileprivate func version(_ number: Int64, of first: DefinedPermission) -> DefinedPermission {
    DefinedPermission(
      definition: PermissionDefinition(
        first.definition.permission, "Pack orders, \(number).", kinds: first.definition.kinds, isCustomerData: true),
      createdAt: first.createdAt, definedAt: samples.now + .minutes(number), definedBy: "command:other", version: number)
  }
}
