import AccessControl
import Identity
import Localization
import Primitives
import TestKit
import Testing

@Suite(.rule("ANSI INCITS 359: static separation of duty"), .threat("ROL8")) struct SeparatingDuties {
  /// Contoso, where whoever orders does not pay.
  private struct Duties {
    let world: TestWorld
    let contoso: Organization
    let admin: Account
    let orders: RoleID
    let pays: RoleID
    let person: Account

    func define(_ name: String, parents: Set<RoleID> = [], permissions: Set<Permission> = []) async throws -> RoleID {
      try await Duties.define(name, permissions, parents, contoso, admin, world)
    }

    static func define(
      _ name: String, _ permissions: Set<Permission>, _ parents: Set<RoleID>, _ contoso: Organization, _ admin: Account,
      _ world: TestWorld
    ) async throws -> RoleID {
      let definition = RoleDefinition(
        wording: Wording(name: name), permissions: permissions, parents: parents, mayGrant: [:], kinds: [])
      return try await DefineRole()(definition, in: contoso.id, world.occasion(as: admin), env: world.env).offered.role.id
    }

    func exclude(
      _ roles: Set<RoleID>, cardinality: Int = 2, kind: RoleExclusion.Kind = .static
    ) async throws -> DefinedExclusion {
      try await DefineExclusion()(
        ExclusionDefinition(name: "Four eyes", description: "", kind: kind, roles: roles, cardinality: cardinality, kinds: []),
        in: contoso.id, world.occasion(as: admin), env: world.env)
    }

    func assign(_ role: RoleID, to holder: PrincipalName? = nil) async throws {
      _ = try await AssignRole()(
        role, to: holder ?? .account(person.id), in: contoso.id, world.occasion(as: admin), env: world.env)
    }

    func assignment(
      _ role: RoleID, of holder: RoleHolder, scope: ResourceName? = nil, from: Timestamp? = nil, until: Timestamp? = nil
    ) -> RoleAssignment {
      RoleAssignment(
        id: world.command.newID(), organization: contoso.id, holder: holder, role: role, scope: scope, startsAt: from,
        endsAt: until, grantedBy: "test", createdAt: world.clock.now())
    }

    /// As a use case writes, and so held to the exclusions.
    func seed(_ assignment: RoleAssignment) async throws {
      try await world.env.store.write { tx in try tx.seed(assignment) }
    }

    func group(_ name: String) async throws -> GroupID {
      let group = Group(id: world.command.newID(), organization: contoso.id, name: name, createdAt: world.clock.now())
      try await world.env.store.write { tx in try tx.insert(group) }
      return group.id
    }

    func put(_ account: Account, into group: GroupID) async throws {
      let membership = GroupMembership(
        group: group, organization: contoso.id, member: .account(account.id), addedBy: "test", addedAt: world.clock.now())
      try await world.env.store.write { tx in _ = try tx.seed(membership) }
    }

    func held(by account: Account) async throws -> Set<RoleID> {
      Set(try await world.store.read { tx in try tx.roleAssignments(reaching: .account(account.id)).map(\.role) })
    }
  }

  private func duties() async throws -> Duties {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let admin = try await world.member(of: contoso, "admin@contoso.test", roles: [.accountAdministrator], password: nil)
    let orders = try await Duties.define("Orders", [.orderView], [], contoso, admin, world)
    let pays = try await Duties.define("Pays", [.reportView], [], contoso, admin, world)
    let person = try await world.member(of: contoso, "pat@contoso.test", password: nil)
    return Duties(world: world, contoso: contoso, admin: admin, orders: orders, pays: pays, person: person)
  }

  private func refused(_ duties: Duties, _ body: () async throws -> Void) async throws {
    let before = try await duties.world.store.read { try $0.policyRevision() }
    await #expect(throws: DutiesNotSeparated.self) { try await body() }
    #expect(try await duties.world.store.read { try $0.policyRevision() } == before)
  }

  @Test func `the second role is refused whichever comes first, and given once the first is taken`() async throws {
    let duties = try await duties()
    _ = try await duties.exclude([duties.orders, duties.pays])
    for (first, second) in [(duties.orders, duties.pays), (duties.pays, duties.orders)] {
      try await duties.assign(first)
      try await refused(duties) { try await duties.assign(second) }
      #expect(try await duties.held(by: duties.person) == [first])
      // Given before the other is taken, in one step.
      try await ChangeRoles()(
        of: duties.person.id, to: [second], in: duties.contoso.id, ifStill: nil, duties.world.occasion(as: duties.admin),
        env: duties.world.env)
      try await refused(duties) {
        try await ChangeRoles()(
          of: duties.person.id, to: [first, second], in: duties.contoso.id, ifStill: nil,
          duties.world.occasion(as: duties.admin), env: duties.world.env)
      }
      try await ChangeRoles()(
        of: duties.person.id, to: [], in: duties.contoso.id, ifStill: nil, duties.world.occasion(as: duties.admin),
        env: duties.world.env)
    }
  }

  @Test func `of three roles two may be held where three are too many`() async throws {
    let duties = try await duties()
    let third = try await duties.define("Third")
    _ = try await duties.exclude([duties.orders, duties.pays, third], cardinality: 3)
    try await duties.assign(duties.orders)
    try await duties.assign(duties.pays)
    try await refused(duties) { try await duties.assign(third) }
  }

  @Test func `a role of another organization, or an exclusion of use alone, keeps nobody from anything`() async throws {
    let duties = try await duties()
    _ = try await duties.exclude([duties.orders, duties.pays], kind: .dynamic)
    try await duties.assign(duties.orders)
    try await duties.assign(duties.pays)
    #expect(try await duties.held(by: duties.person).count == 2)
    let fabrikam = try await duties.world.organization(name: "Fabrikam")
    _ = try await duties.exclude([.accountViewer, .reportViewer])
    try await duties.assign(.accountViewer)
    try await duties.world.join(duties.person, fabrikam, roles: [.reportViewer])
    #expect(try await duties.held(by: duties.person).count == 4)
  }

  @Test func `what comes through a group counts, whoever joins, and whatever the group is given`() async throws {
    let duties = try await duties()
    _ = try await duties.exclude([duties.orders, duties.pays])
    let group = try await duties.group("Payers")
    try await duties.seed(duties.assignment(duties.pays, of: .group(group)))
    try await duties.assign(duties.orders)
    try await refused(duties) { try await duties.put(duties.person, into: group) }
    let other = try await duties.group("Others")
    try await duties.put(duties.person, into: other)
    try await refused(duties) { try await duties.seed(duties.assignment(duties.pays, of: .group(other))) }
    let colleague = try await duties.world.member(of: duties.contoso, "col@contoso.test", password: nil)
    try await duties.put(colleague, into: group)
    try await refused(duties) { try await duties.assign(duties.orders, to: .account(colleague.id)) }
    // A group that holds both could have nobody in it.
    try await duties.seed(duties.assignment(duties.orders, of: .group(try await duties.group("Empty"))))
    #expect(try await duties.held(by: duties.person) == [duties.orders])
  }

  @Test func `a role for one resource or for a time to come is held, one whose time has passed is not`() async throws {
    let duties = try await duties()
    _ = try await duties.exclude([duties.orders, duties.pays])
    let now = duties.world.clock.now()
    try await duties.seed(duties.assignment(duties.orders, of: .account(duties.person.id), until: now))
    try await duties.assign(duties.pays)
    let scope = ResourceName(type: "order", id: "1")
    try await refused(duties) {
      try await duties.seed(duties.assignment(duties.orders, of: .account(duties.person.id), scope: scope))
    }
    let colleague = try await duties.world.member(of: duties.contoso, "col@contoso.test", password: nil)
    try await duties.seed(
      duties.assignment(duties.orders, of: .account(colleague.id), from: now + .hours(1), until: now + .hours(2)))
    try await refused(duties) { try await duties.assign(duties.pays, to: .account(colleague.id)) }
  }

  @Test func `a role that inherits from one counts as that one, also when it is defined so later`() async throws {
    let duties = try await duties()
    _ = try await duties.exclude([duties.orders, duties.pays])
    let both = try await duties.define("Both", parents: [duties.orders, duties.pays])
    try await refused(duties) { try await duties.assign(both) }
    let buyer = try await duties.define("Buyer")
    try await duties.assign(buyer)
    try await duties.assign(duties.pays)
    let definition = RoleDefinition(
      wording: Wording(name: "Buyer"), permissions: [], parents: [duties.orders], mayGrant: [:], kinds: [])
    try await refused(duties) {
      _ = try await RedefineRole()(
        buyer, as: definition, in: duties.contoso.id, seen: nil, duties.world.occasion(as: duties.admin), env: duties.world.env)
    }
  }

  @Test func `an exclusion that somebody breaks already is refused with who, and nothing changes`() async throws {
    let duties = try await duties()
    try await duties.assign(duties.orders)
    try await duties.assign(duties.pays)
    try await refused(duties) {
      do {
        _ = try await duties.exclude([duties.orders, duties.pays])
      } catch let broken as DutiesNotSeparated {
        #expect(broken.holders == [.account(duties.person.id)])
        #expect(broken.count == 1)
        #expect(broken.organization == duties.contoso.id)
        throw broken
      }
    }
    #expect(try await duties.world.audit(.exclusionDefined).isEmpty)
    let third = try await duties.define("Third")
    let fine = try await duties.exclude([duties.orders, third])
    let wider = ExclusionDefinition(
      name: "Four eyes", description: "", kind: .static, roles: [duties.orders, duties.pays, third], cardinality: 2, kinds: [])
    try await refused(duties) {
      _ = try await RedefineExclusion()(
        fine.exclusion.id, as: wider, in: duties.contoso.id, seen: nil, duties.world.occasion(as: duties.admin),
        env: duties.world.env)
    }
  }

  @Test func `what takes or suspends never fails by an exclusion that was broken by a program that did not know it`() async throws
  {
    let duties = try await duties()
    let third = try await duties.define("Third")
    _ = try await duties.exclude([duties.orders, duties.pays, third])
    // Past the use cases, as a program of before would.
    let given = [duties.orders, duties.pays, third].map { duties.assignment($0, of: .account(duties.person.id)) }
    try await duties.world.store.write { tx in for assignment in given { try tx.seed(assignment) } }
    let occasion = duties.world.occasion(as: duties.admin)
    let hour = AssignmentTerms(scope: nil, startsAt: nil, endsAt: duties.world.clock.now() + .hours(1), reason: "")
    _ = try await ReplaceAssignment()(given[1].id, on: hour, in: duties.contoso.id, occasion, env: duties.world.env)
    try await RemoveRole()(given[0].id, in: duties.contoso.id, occasion, env: duties.world.env)
    try await SuspendMembership()(duties.person.id, in: duties.contoso.id, occasion, env: duties.world.env)
    try await RestoreMembership()(duties.person.id, in: duties.contoso.id, occasion, env: duties.world.env)
    try await refused(duties) { try await duties.assign(.accountViewer) }
  }

  @Test func `what a program that did not know an exclusion left behind concerns only who lays down that exclusion anew`()
    async throws
  {
    let duties = try await duties()
    let world = duties.world
    _ = try await duties.exclude([duties.orders, duties.pays])
    let given = [duties.orders, duties.pays].map { duties.assignment($0, of: .account(duties.person.id)) }
    try await world.store.write { tx in for assignment in given { try tx.seed(assignment) } }
    let fabrikam = try await world.organization(name: "Fabrikam")
    let occasion = world.occasion(as: try await world.member(of: fabrikam, "boss@fabrikam.test", roles: [.accountAdministrator]))
    _ = try await DefineLimit()(
      of: .reportViewer, to: 5, description: "", in: fabrikam.id, seen: nil, occasion, env: world.env)
    _ = try await DefineExclusion()(
      ExclusionDefinition(
        name: "Theirs", description: "", kind: .static, roles: [.reportViewer, .accountManager], cardinality: 2, kinds: []),
      in: fabrikam.id, occasion, env: world.env)
    let other = try await duties.define("Other")
    _ = try await duties.exclude([duties.orders, other])
    try await refused(duties) { _ = try await duties.exclude([duties.orders, duties.pays, other]) }
  }

  @Test func `what was broken before a role or an exclusion is defined anew holds up only what lets it be broken by more`()
    async throws
  {
    let duties = try await duties()
    let world = duties.world
    let third = try await duties.define("Third")
    let clerks = try await duties.define("Clerks", parents: [duties.orders])
    let rule = try await duties.exclude([duties.orders, duties.pays])
    // Past the use cases, as a program of before would.
    let col = try await world.member(of: duties.contoso, "col@contoso.test", password: nil)
    let given =
      [clerks, duties.orders, duties.pays].map { duties.assignment($0, of: .account(duties.person.id)) }
      + [third, duties.pays].map { duties.assignment($0, of: .account(col.id)) }
    try await world.store.write { tx in for assignment in given { try tx.seed(assignment) } }
    let occasion = world.occasion(as: duties.admin)
    func inherit(_ role: RoleID, from parents: Set<RoleID>) async throws {
      let definition = RoleDefinition(
        wording: Wording(name: "Again \(role)"), permissions: [], parents: parents, mayGrant: [:], kinds: [])
      _ = try await RedefineRole()(
        role, as: definition, in: duties.contoso.id, seen: nil, occasion, env: world.env)
    }
    func exclude(_ roles: Set<RoleID>, _ name: String, cardinality: Int = 2, kind: RoleExclusion.Kind = .static) async throws {
      _ = try await RedefineExclusion()(
        rule.exclusion.id,
        as: ExclusionDefinition(name: name, description: "", kind: kind, roles: roles, cardinality: cardinality, kinds: []),
        in: duties.contoso.id, seen: nil, occasion, env: world.env)
    }
    // She breaks it whether or not clerks order.
    try await inherit(clerks, from: [])
    try await inherit(clerks, from: [duties.orders])
    try await refused(duties) { try await inherit(third, from: [duties.orders]) }
    try await exclude([duties.orders, duties.pays], "By another name")
    try await exclude([duties.orders, duties.pays, third], "Of three all", cardinality: 3)
    try await exclude([duties.orders, duties.pays], "In use alone", kind: .dynamic)
    try await refused(duties) { try await exclude([duties.orders, duties.pays], "Again") }
  }

  @Test func `an invitation promises no two roles that exclude each other, and gives none beside what excludes it`()
    async throws
  {
    let duties = try await duties()
    let (world, contoso) = (duties.world, duties.contoso)
    _ = try await duties.exclude([duties.orders, duties.pays])
    func invite(_ email: String, _ roles: [RoleID]) async throws {
      let request = InviteMember.Request(
        email: EmailAddress(stored: email), name: PersonName(storedFirst: "Gina", last: "Moss"), language: .english, country: nil,
        roles: roles)
      _ = try await InviteMember()(request, to: contoso.id, world.occasion(as: duties.admin), env: world.env)
    }
    try await refused(duties) { try await invite("eve@contoso.test", [duties.orders, duties.pays]) }
    let fabrikam = try await world.organization(name: "Fabrikam")
    let guest = try await world.member(of: fabrikam, "gina@fabrikam.test", roles: [.accountViewer], password: nil)
    try await invite("gina@fabrikam.test", [duties.orders, .accountViewer])
    try await world.join(guest, contoso, roles: [duties.pays])
    let secret = try await world.newestLink(to: "gina@fabrikam.test")
    _ = try await JoinByInvitation()(secret, as: guest.id, world.occasion(as: guest), env: world.env)
    let held = try await world.store.read { tx in
      Set(try tx.roleAssignments(of: .account(guest.id), in: contoso.id).map(\.role))
    }
    #expect(held == [duties.pays, .accountViewer])
    #expect(try await world.audit(.invitationRoleWithheld).count == 1)
  }

  @Test func `of two requests at the same moment that give one person both roles, one is refused`() async throws {
    for round in 0..<8 {
      let duties = try await duties()
      _ = try await duties.exclude([duties.orders, duties.pays])
      let group = try await duties.group("Payers")
      try await duties.seed(duties.assignment(duties.pays, of: .group(group)))
      let outcomes = await withTaskGroup(of: Result<Void, any Error>.self) { tasks in
        tasks.addTask { await Self.outcome { try await duties.assign(duties.orders) } }
        tasks.addTask {
          await Self.outcome {
            if round.isMultiple(of: 2) {
              try await duties.assign(duties.pays)
            } else {
              try await duties.put(duties.person, into: group)
            }
          }
        }
        return await tasks.reduce(into: []) { $0.append($1) }
      }
      let refusals = outcomes.compactMap { outcome in if case .failure(let error) = outcome { error } else { nil } }
      #expect(refusals.count == 1 && refusals.allSatisfy { $0 is DutiesNotSeparated }, "\(refusals)")
      #expect(try await duties.held(by: duties.person).count == 1)
    }
  }

  @Test func `an exclusion and a role that would break it, at the same moment: one is refused`() async throws {
    for _ in 0..<4 {
      let duties = try await duties()
      try await duties.assign(duties.orders)
      let outcomes = await withTaskGroup(of: Result<Void, any Error>.self) { tasks in
        tasks.addTask { await Self.outcome { _ = try await duties.exclude([duties.orders, duties.pays]) } }
        tasks.addTask { await Self.outcome { try await duties.assign(duties.pays) } }
        return await tasks.reduce(into: []) { $0.append($1) }
      }
      let refusals = outcomes.compactMap { outcome in if case .failure(let error) = outcome { error } else { nil } }
      #expect(refusals.count == 1 && refusals.allSatisfy { $0 is DutiesNotSeparated }, "\(refusals)")
    }
  }

  private static func outcome(_ body: () async throws -> Void) async -> Result<Void, any Error> {
    do { return .success(try await body()) } catch { return .failure(error) }
  }

  @Test func `who may not hand out a role neither excludes it nor frees it, and a role that is named is not deleted`()
    async throws
  {
    let duties = try await duties()
    let definer = try await duties.define("Definer", permissions: [.roleDefine, .roleView])
    let dora = try await duties.world.member(of: duties.contoso, "dora@contoso.test", roles: [definer], password: nil)
    let defined = try await duties.exclude([duties.orders, duties.pays])
    let occasion = duties.world.occasion(as: dora)
    await #expect(throws: AccessDenied.self) {
      try await DeleteExclusion()(
        defined.exclusion.id, in: duties.contoso.id, seen: nil, occasion, env: duties.world.env)
    }
    await #expect(throws: AccessDenied.self) {
      _ = try await DefineExclusion()(
        ExclusionDefinition(
          name: "Mine", description: "", kind: .static, roles: [.accountAdministrator, duties.pays], cardinality: 2, kinds: []),
        in: duties.contoso.id, occasion, env: duties.world.env)
    }
    let admin = duties.world.occasion(as: duties.admin)
    await #expect(throws: RoleDefinitionRefusal.self) {
      try await DeleteRole()(duties.orders, in: duties.contoso.id, seen: nil, admin, env: duties.world.env)
    }
    try await DeleteExclusion()(defined.exclusion.id, in: duties.contoso.id, seen: 1, admin, env: duties.world.env)
    try await duties.assign(duties.orders)
    try await duties.assign(duties.pays)
    #expect(try await duties.world.audit(.exclusionDeleted).count == 1)
  }

  @Test func `an exclusion names two to fifty roles that can be held where it counts, at its limits`() async throws {
    let duties = try await duties()
    func refusal(_ roles: Set<RoleID>, _ cardinality: Int) async throws -> ExclusionRefusal? {
      do {
        _ = try await duties.exclude(roles, cardinality: cardinality)
        return nil
      } catch let refusal as ExclusionRefusal {
        return refusal
      }
    }
    #expect(try await refusal([duties.orders], 2) == .numbersRefused)
    #expect(try await refusal([duties.orders, duties.pays], 1) == .numbersRefused)
    #expect(try await refusal([duties.orders, duties.pays], 3) == .numbersRefused)
    let missing = RoleID(trusted: "missing")
    #expect(try await refusal([duties.orders, missing, .operator], 2) == .rolesUnknown([missing, .operator]))
    var many: Set<RoleID> = []
    for number in 0...RoleExclusion.maximumRoles { many.insert(try await duties.define("Role \(number)")) }
    #expect(try await refusal(many, 2) == .numbersRefused)
    #expect(try await refusal(Set(many.dropFirst()), RoleExclusion.maximumRoles) == nil)
    for _ in 1..<DefineExclusion.maximum { _ = try await duties.exclude([duties.orders, duties.pays]) }
    #expect(try await refusal([duties.orders, duties.pays], 2) == .tooMany)
  }
}
