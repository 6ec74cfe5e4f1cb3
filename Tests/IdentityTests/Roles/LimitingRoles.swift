import AccessControl
import Identity
import Localization
import Primitives
import TestKit
import Testing

@Suite(.rule("ANSI INCITS 359: the cardinality of a role"), .threat("ROL13")) struct LimitingRoles {
  /// Contoso, where few sign.
  private struct Seats {
    let world: TestWorld
    let contoso: Organization
    let admin: Account
    let operatorOfPortal: Account
    let signs: RoleID
    let people: [Account]

    func define(_ name: String, parents: Set<RoleID> = [], permissions: Set<Permission> = []) async throws -> RoleID {
      try await Seats.define(name, parents, permissions, contoso, admin, world)
    }

    static func define(
      _ name: String, _ parents: Set<RoleID>, _ permissions: Set<Permission>, _ contoso: Organization, _ admin: Account,
      _ world: TestWorld
    ) async throws -> RoleID {
      let definition = RoleDefinition(
        wording: Wording(name: name), permissions: permissions, parents: parents, mayGrant: [:], kinds: [])
      return try await DefineRole()(definition, in: contoso.id, world.occasion(as: admin), env: world.env).offered.role.id
    }

    func inherit(_ role: RoleID, from parents: Set<RoleID>) async throws {
      let definition = RoleDefinition(
        wording: Wording(name: "Again"), permissions: [], parents: parents, mayGrant: [:], kinds: [])
      _ = try await RedefineRole()(
        role, as: definition, in: contoso.id, seen: nil, world.occasion(as: admin), env: world.env)
    }

    @discardableResult
    func limit(_ role: RoleID? = nil, to maximum: Int, seen: Int64? = nil) async throws -> DefineLimit.Defined {
      try await DefineLimit()(
        of: role ?? signs, to: maximum, description: "", in: contoso.id, seen: seen, world.occasion(as: admin), env: world.env)
    }

    @discardableResult
    func limitEverywhere(_ role: RoleID, to maximum: Int) async throws -> DefineLimit.Defined {
      try await DefineLimit()(
        of: role, to: maximum, description: "", in: nil, seen: nil, world.occasion(as: operatorOfPortal), env: world.env)
    }

    @discardableResult
    func assign(_ role: RoleID? = nil, to person: Int, on terms: AssignmentTerms = .whole) async throws -> RoleAssignment {
      try await AssignRole()(
        role ?? signs, to: .account(people[person].id), on: terms, in: contoso.id, world.occasion(as: admin), env: world.env
      ).assignment
    }

    func scoped() -> AssignmentTerms {
      AssignmentTerms(scope: ResourceName(type: "order", id: "1"), startsAt: nil, endsAt: nil, reason: "")
    }

    func group(_ name: String, members: Int...) async throws -> GroupID {
      let group = Group(id: world.command.newID(), organization: contoso.id, name: name, createdAt: world.clock.now())
      try await world.env.store.write { tx in try tx.insert(group) }
      for person in members { try await put(person, into: group.id) }
      return group.id
    }

    func put(_ person: Int, into group: GroupID) async throws {
      _ = try await AddToGroup()(
        .account(people[person].id), to: group, in: contoso.id, world.occasion(as: admin), env: world.env)
    }

    func assign(_ role: RoleID? = nil, to group: GroupID) async throws {
      _ = try await AssignRole()(
        role ?? signs, to: .group(group), in: contoso.id, world.occasion(as: admin), env: world.env)
    }

    /// How many hold it in Contoso.
    func holders(_ role: RoleID? = nil) async throws -> Int {
      let now = world.clock.now()
      return try await world.store.read { tx in
        let roles = try tx.catalogs().roles.withDescendants([role ?? signs])
        return try tx.holders(ofAny: roles, countedIn: contoso.id, ifMoreThan: 0, at: now)[contoso.id] ?? 0
      }
    }
  }

  private func seats() async throws -> Seats {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let admin = try await world.member(of: contoso, "admin@contoso.test", roles: [.accountAdministrator], password: nil)
    let olga = try await world.member(of: world.portal, "olga@usher.test", roles: [.operator], password: nil)
    let signs = try await Seats.define("Signs", [], [.orderView], contoso, admin, world)
    var people: [Account] = []
    for number in 0..<4 {
      people.append(try await world.member(of: contoso, "p\(number)@contoso.test", password: nil))
    }
    return Seats(world: world, contoso: contoso, admin: admin, operatorOfPortal: olga, signs: signs, people: people)
  }

  /// - Returns: how it was refused; nothing was changed by it.
  @discardableResult
  private func refused(_ seats: Seats, _ body: () async throws -> Void) async throws -> RoleLimitExceeded? {
    let before = try await seats.world.store.read { try $0.policyRevision() }
    let refusal = await #expect(throws: RoleLimitExceeded.self) { try await body() }
    #expect(try await seats.world.store.read { try $0.policyRevision() } == before)
    return refusal
  }

  @Test func `as many hold a role as may and not one more, and a place that is left can be given again`() async throws {
    let seats = try await seats()
    try await seats.limit(to: 2)
    let first = try await seats.assign(to: 0)
    try await seats.assign(to: 1)
    let refusal = try await refused(seats) { try await seats.assign(to: 2) }
    #expect(refusal?.limit.role == seats.signs)
    #expect(refusal?.holders == [seats.contoso.id: 3])
    // Who has it already may have it again.
    try await seats.assign(to: 1, on: seats.scoped())
    #expect(try await seats.holders() == 2)
    try await RemoveRole()(first.id, in: seats.contoso.id, seats.world.occasion(as: seats.admin), env: seats.world.env)
    try await seats.assign(to: 2)
    try await refused(seats) {
      try await ChangeRoles()(
        of: seats.people[3].id, to: [seats.signs], in: seats.contoso.id, ifStill: nil, seats.world.occasion(as: seats.admin),
        env: seats.world.env)
    }
    #expect(try await seats.holders() == 2)
  }

  @Test
  func `a role for one resource, for a time to come or of a suspended member takes a place, one whose time has passed none`()
    async throws
  {
    let seats = try await seats()
    try await seats.limit(to: 3)
    let now = seats.world.clock.now()
    try await seats.assign(to: 0, on: seats.scoped())
    try await seats.assign(
      to: 1, on: AssignmentTerms(scope: nil, startsAt: now + .hours(1), endsAt: now + .hours(2), reason: ""))
    try await seats.assign(to: 2)
    let occasion = seats.world.occasion(as: seats.admin)
    try await SuspendMembership()(seats.people[2].id, in: seats.contoso.id, occasion, env: seats.world.env)
    try await refused(seats) { try await seats.assign(to: 3) }
    try await RestoreMembership()(seats.people[2].id, in: seats.contoso.id, occasion, env: seats.world.env)
    seats.world.clock.advance(by: .hours(3))
    try await seats.assign(to: 3)
    #expect(try await seats.holders() == 3)
  }

  @Test func `whoever is in a group takes a place, whether they join it or the group is given the role`() async throws {
    let seats = try await seats()
    try await seats.limit(to: 2)
    let signers = try await seats.group("Signers", members: 0)
    try await seats.assign(to: signers)
    try await seats.assign(to: 1)
    try await refused(seats) { try await seats.put(2, into: signers) }
    try await refused(seats) { try await seats.assign(to: 2) }
    // Who has it anyway takes no second place.
    try await seats.put(1, into: signers)
    let others = try await seats.group("Others", members: 2)
    try await refused(seats) { try await seats.assign(to: others) }
    try await RemoveFromGroup()(
      .account(seats.people[0].id), from: signers, in: seats.contoso.id, seats.world.occasion(as: seats.admin),
      env: seats.world.env)
    try await seats.put(2, into: signers)
    #expect(try await seats.holders() == 2)
  }

  @Test func `whoever holds a role that inherits from it takes a place, also where it is defined so later`() async throws {
    let seats = try await seats()
    try await seats.limit(to: 1)
    let heads = try await seats.define("Heads", parents: [seats.signs])
    let clerks = try await seats.define("Clerks")
    let chiefs = try await seats.define("Chiefs", parents: [clerks])
    try await seats.assign(heads, to: 0)
    try await refused(seats) { try await seats.assign(to: 1) }
    try await seats.assign(clerks, to: 0)
    try await seats.inherit(clerks, from: [seats.signs])
    try await refused(seats) { try await seats.assign(chiefs, to: 1) }
    try await seats.inherit(clerks, from: [])
    try await seats.assign(chiefs, to: 1)
    try await refused(seats) { try await seats.inherit(clerks, from: [seats.signs]) }
    #expect(try await seats.holders() == 1)
  }

  @Test func `many who are given a role at once are counted together, and none of them receives it`() async throws {
    let seats = try await seats()
    try await seats.limit(to: 3)
    let given = seats.people.map { person in
      RoleAssignment(
        id: seats.world.command.newID(), organization: seats.contoso.id, holder: .account(person.id), role: seats.signs,
        grantedBy: "test", createdAt: seats.world.clock.now())
    }
    try await refused(seats) {
      try await seats.world.env.store.write { tx in for assignment in given { try tx.seed(assignment) } }
    }
    #expect(try await seats.holders() == 0)
    try await seats.world.env.store.write { tx in for assignment in given.prefix(3) { try tx.seed(assignment) } }
    #expect(try await seats.holders() == 3)
  }

  @Test func `a limit that is exceeded already is refused with where and by how many, and so is one that is lowered`()
    async throws
  {
    let seats = try await seats()
    let fabrikam = try await seats.world.organization(name: "Fabrikam")
    for person in 0..<3 { try await seats.assign(.reportViewer, to: person) }
    try await seats.world.join(seats.people[0], fabrikam, roles: [.reportViewer])
    try await seats.world.join(seats.people[1], fabrikam, roles: [.reportViewer])
    let everywhere = try await refused(seats) { try await seats.limitEverywhere(.reportViewer, to: 1) }
    #expect(everywhere?.holders == [seats.contoso.id: 3, fabrikam.id: 2])
    #expect(everywhere?.count == 2)
    let here = try await refused(seats) { try await seats.limitEverywhere(.reportViewer, to: 2) }
    #expect(here?.holders == [seats.contoso.id: 3])
    #expect(try await seats.world.audit(.limitDefined).isEmpty)
    try await seats.limitEverywhere(.reportViewer, to: 3)
    try await refused(seats) { try await seats.limit(.reportViewer, to: 2) }
    try await refused(seats) { try await seats.limitEverywhere(.reportViewer, to: 2) }
  }

  @Test func `the portal's limit and an organization's own both count, each organization for itself`() async throws {
    let seats = try await seats()
    let fabrikam = try await seats.world.organization(name: "Fabrikam")
    let bob = try await seats.world.member(of: fabrikam, "bob@fabrikam.test", roles: [.accountAdministrator], password: nil)
    try await seats.limitEverywhere(.reportViewer, to: 2)
    try await seats.limit(.reportViewer, to: 1)
    try await seats.assign(.reportViewer, to: 0)
    let own = try await refused(seats) { try await seats.assign(.reportViewer, to: 1) }
    #expect(own?.limit.origin == .organization(seats.contoso.id))
    func assignInFabrikam(_ person: Account) async throws {
      _ = try await AssignRole()(
        .reportViewer, to: .account(person.id), in: fabrikam.id, seats.world.occasion(as: bob), env: seats.world.env)
    }
    try await assignInFabrikam(bob)
    try await seats.world.join(seats.people[0], fabrikam, roles: [])
    try await assignInFabrikam(seats.people[0])
    try await seats.world.join(seats.people[1], fabrikam, roles: [])
    let portals = try await refused(seats) { try await assignInFabrikam(seats.people[1]) }
    #expect(portals?.limit.origin == .portal)
    let listed = try await ListLimits()(in: seats.contoso.id, seats.world.occasion(as: seats.admin), env: seats.world.env)
    #expect(listed.map(\.maximum) == [2, 1])
    #expect(try await ListLimits()(in: fabrikam.id, seats.world.occasion(as: bob), env: seats.world.env).map(\.maximum) == [2])
  }

  @Test func `what takes or suspends never fails by a limit that a program of before did not know`() async throws {
    let seats = try await seats()
    try await seats.limit(to: 1)
    // Past the use cases, as a program of before would.
    let given = seats.people.prefix(3).map { person in
      RoleAssignment(
        id: seats.world.command.newID(), organization: seats.contoso.id, holder: .account(person.id), role: seats.signs,
        grantedBy: "test", createdAt: seats.world.clock.now())
    }
    try await seats.world.store.write { tx in for assignment in given { try tx.seed(assignment) } }
    let occasion = seats.world.occasion(as: seats.admin)
    try await SuspendMembership()(seats.people[0].id, in: seats.contoso.id, occasion, env: seats.world.env)
    try await RestoreMembership()(seats.people[0].id, in: seats.contoso.id, occasion, env: seats.world.env)
    let hour = AssignmentTerms(scope: nil, startsAt: nil, endsAt: seats.world.clock.now() + .hours(1), reason: "")
    let shorter = try await ReplaceAssignment()(given[1].id, on: hour, in: seats.contoso.id, occasion, env: seats.world.env)
    try await RemoveRole()(given[0].id, in: seats.contoso.id, occasion, env: seats.world.env)
    try await seats.assign(.reportViewer, to: 1)
    let refusal = try await refused(seats) { try await seats.assign(to: 3) }
    #expect(refusal?.holders == [seats.contoso.id: 3])
    try await seats.limit(to: 2)
    try await refused(seats) { try await seats.assign(to: 3) }
    // What has ended and is given again is given.
    seats.world.clock.advance(by: .hours(2))
    try await seats.assign(to: 3)
    try await refused(seats) {
      _ = try await ReplaceAssignment()(
        shorter.assignment.id, on: .whole, in: seats.contoso.id, seats.world.occasion(as: seats.admin), env: seats.world.env)
    }
  }

  @Test func `a role defined anew is held up by a limit only where more hold the limited role by it`() async throws {
    let seats = try await seats()
    let fabrikam = try await seats.world.organization(name: "Fabrikam")
    func defineEverywhere(_ name: String, inheritsFrom parents: Set<RoleID>, _ permissions: Set<Permission>, _ id: RoleID? = nil)
      async throws -> RoleID
    {
      let definition = RoleDefinition(
        wording: Wording(name: name), permissions: permissions, parents: parents, mayGrant: [:], kinds: [.customer])
      let occasion = seats.world.occasion(as: seats.operatorOfPortal)
      guard let id else {
        return try await DefineRole()(definition, in: nil, occasion, env: seats.world.env).offered.role.id
      }
      return try await RedefineRole()(id, as: definition, in: nil, seen: nil, occasion, env: seats.world.env).offered.role.id
    }
    let base = try await defineEverywhere("Base", inheritsFrom: [], [.orderView])
    let heir = try await defineEverywhere("Heir", inheritsFrom: [base], [.reportView])
    let other = try await defineEverywhere("Other", inheritsFrom: [], [])
    try await seats.limitEverywhere(base, to: 1)
    // Past the use cases, as a program of before would, or a signed agreement.
    try await seats.world.join(seats.people[3], fabrikam, roles: [])
    let now = seats.world.clock.now()
    func assignment(_ role: RoleID, _ person: Int, _ organization: Organization) -> RoleAssignment {
      RoleAssignment(
        id: seats.world.command.newID(), organization: organization.id, holder: .account(seats.people[person].id), role: role,
        grantedBy: "test", createdAt: now)
    }
    let given = [
      assignment(base, 0, seats.contoso), assignment(base, 1, seats.contoso), assignment(heir, 2, seats.contoso),
      assignment(other, 3, fabrikam), assignment(other, 0, seats.contoso),
    ]
    try await seats.world.store.write { tx in for assignment in given { try tx.seed(assignment) } }
    // Less, or other, is no more.
    _ = try await defineEverywhere("Base", inheritsFrom: [], [], base)
    _ = try await defineEverywhere("Base", inheritsFrom: [], [.reportView, .keyView], base)
    _ = try await defineEverywhere("Heir", inheritsFrom: [base], [], heir)
    // Who comes to hold it so is one alone in Fabrikam, and holds it in Contoso already.
    _ = try await defineEverywhere("Other", inheritsFrom: [base], [], other)
    _ = try await defineEverywhere("Other", inheritsFrom: [], [], other)
    _ = try await defineEverywhere("Heir", inheritsFrom: [], [], heir)
    let refusal = try await refused(seats) { _ = try await defineEverywhere("Heir", inheritsFrom: [base], [], heir) }
    #expect(refusal?.holders == [seats.contoso.id: 3])
  }

  @Test func `a limit is held up by what exceeds it and by no other, and loosening one by nothing`() async throws {
    let seats = try await seats()
    let fabrikam = try await seats.world.organization(name: "Fabrikam")
    let bob = try await seats.world.member(of: fabrikam, "bob@fabrikam.test", roles: [.accountAdministrator], password: nil)
    try await seats.limit(.reportViewer, to: 1)
    // Past the use cases, as a program of before would.
    let given = seats.people.map { person in
      RoleAssignment(
        id: seats.world.command.newID(), organization: seats.contoso.id, holder: .account(person.id), role: .reportViewer,
        grantedBy: "test", createdAt: seats.world.clock.now())
    }
    try await seats.world.store.write { tx in for assignment in given { try tx.seed(assignment) } }
    try await seats.limitEverywhere(.reportViewer, to: 5)
    try await seats.limit(.reportViewer, to: 2)
    try await refused(seats) { try await seats.limit(.reportViewer, to: 1) }
    _ = try await DefineLimit()(
      of: .reportViewer, to: 1, description: "", in: fabrikam.id, seen: nil, seats.world.occasion(as: bob), env: seats.world.env)
    let everywhere = try await refused(seats) { try await seats.limitEverywhere(.reportViewer, to: 3) }
    #expect(everywhere?.limit.origin == .portal)
    try await seats.limitEverywhere(.reportViewer, to: 4)
  }

  @Test func `a limit leaves two to administer an organization, so that one can hand it over to the other`() async throws {
    let seats = try await seats()
    await #expect(throws: LimitRefusal.tooFewAdministrators) { try await seats.limit(.accountAdministrator, to: 1) }
    await #expect(throws: LimitRefusal.tooFewAdministrators) { try await seats.limitEverywhere(.accountAdministrator, to: 1) }
    try await seats.limit(.accountAdministrator, to: 2)
  }

  @Test func `an agreement makes its administrator one though as many are as may, and nobody else becomes one`() async throws {
    let seats = try await seats()
    let (world, contoso) = (seats.world, seats.contoso)
    try await seats.limit(.accountAdministrator, to: 2)
    try await seats.assign(.accountAdministrator, to: 0)
    func agree(_ number: String, _ email: EmailAddress) async throws {
      let administrator = DesignatedAdministrator(name: PersonName(storedFirst: "Gina", last: "Moss"), email: email)
      _ = try await RegisterAgreement()(
        RegisterAgreement.Request(
          number: number, party: .existing(contoso.id), purchasingAccounts: ["PA-\(number)"], administrator: administrator,
          language: .english), world.command, env: world.env)
    }
    try await agree("A-1", seats.people[1].email)
    #expect(try await seats.holders(.accountAdministrator) == 3)
    // Invited, and accepted with an account of another organization.
    try await agree("A-2", EmailAddress(stored: "gina@fabrikam.test"))
    let fabrikam = try await world.organization(name: "Fabrikam")
    let guest = try await world.member(of: fabrikam, "gina@fabrikam.test", password: nil)
    _ = try await JoinByInvitation()(
      try await world.newestLink(to: "gina@fabrikam.test"), as: guest.id, world.occasion(as: guest), env: world.env)
    #expect(try await seats.holders(.accountAdministrator) == 4)
    await #expect(throws: RoleLimitExceeded.self) { try await seats.assign(.accountAdministrator, to: 2) }
  }

  @Test func `an invitation withholds at acceptance a role that as many hold as may, and gives the others`() async throws {
    let seats = try await seats()
    let world = seats.world
    try await seats.limit(to: 1)
    let heads = try await seats.define("Heads", parents: [seats.signs])
    let fabrikam = try await world.organization(name: "Fabrikam")
    let guest = try await world.member(of: fabrikam, "gina@fabrikam.test", password: nil)
    let request = InviteMember.Request(
      email: guest.email, name: guest.name, language: .english, country: nil, roles: [heads, .accountViewer])
    _ = try await InviteMember()(request, to: seats.contoso.id, world.occasion(as: seats.admin), env: world.env)
    try await seats.assign(to: 0)
    _ = try await JoinByInvitation()(
      try await world.newestLink(to: "gina@fabrikam.test"), as: guest.id, world.occasion(as: guest), env: world.env)
    let held = try await world.store.read { tx in
      try tx.roleAssignments(of: .account(guest.id), in: seats.contoso.id).map(\.role)
    }
    #expect(held == [.accountViewer])
    let withheld = try await world.audit(.invitationRoleWithheld)
    #expect(withheld.map { $0.details?["role"] } == [.string(heads.text)])
    #expect(try await seats.holders() == 1)
  }

  @Test func `of two requests at the same moment that give the last place, one is refused`() async throws {
    for round in 0..<8 {
      let seats = try await seats()
      try await seats.limit(to: 1)
      let group = try await seats.group("Signers")
      try await seats.assign(to: group)
      let outcomes = await withTaskGroup(of: Result<Void, any Error>.self) { tasks in
        tasks.addTask { await Self.outcome { try await seats.assign(to: 0) } }
        tasks.addTask {
          await Self.outcome {
            if round.isMultiple(of: 2) { try await seats.assign(to: 1) } else { try await seats.put(1, into: group) }
          }
        }
        return await tasks.reduce(into: []) { $0.append($1) }
      }
      expectOneRefusal(outcomes)
      #expect(try await seats.holders() == 1)
    }
  }

  @Test func `a limit and a role that would exceed it, at the same moment: one is refused`() async throws {
    for _ in 0..<4 {
      let seats = try await seats()
      try await seats.assign(to: 0)
      let outcomes = await withTaskGroup(of: Result<Void, any Error>.self) { tasks in
        tasks.addTask { await Self.outcome { try await seats.limit(to: 1) } }
        tasks.addTask { await Self.outcome { try await seats.assign(to: 1) } }
        return await tasks.reduce(into: []) { $0.append($1) }
      }
      expectOneRefusal(outcomes)
    }
  }

  private func expectOneRefusal(_ outcomes: [Result<Void, any Error>]) {
    let refusals = outcomes.compactMap { outcome in if case .failure(let error) = outcome { error } else { nil } }
    #expect(refusals.count == 1 && refusals.allSatisfy { $0 is RoleLimitExceeded }, "\(refusals)")
  }

  private static func outcome(_ body: () async throws -> Void) async -> Result<Void, any Error> {
    do { return .success(try await body()) } catch { return .failure(error) }
  }

  @Test func `who may not hand out a role neither limits it nor frees it, and a limited role is not deleted`() async throws {
    let seats = try await seats()
    let definer = try await seats.define("Definer", permissions: [.roleDefine, .roleView])
    let dora = try await seats.world.member(of: seats.contoso, "dora@contoso.test", roles: [definer], password: nil)
    try await seats.limit(to: 1)
    let occasion = seats.world.occasion(as: dora)
    for maximum in [2, 3] {
      await #expect(throws: AccessDenied.self) {
        _ = try await DefineLimit()(
          of: maximum == 2 ? .accountAdministrator : seats.signs, to: maximum, description: "", in: seats.contoso.id, seen: nil,
          occasion, env: seats.world.env)
      }
    }
    await #expect(throws: AccessDenied.self) {
      try await DeleteLimit()(of: seats.signs, in: seats.contoso.id, seen: nil, occasion, env: seats.world.env)
    }
    await #expect(throws: AccessDenied.self) {
      _ = try await DefineLimit()(
        of: .reportViewer, to: 1, description: "", in: nil, seen: nil, seats.world.occasion(as: seats.admin),
        env: seats.world.env)
    }
    let admin = seats.world.occasion(as: seats.admin)
    await #expect(throws: RoleDefinitionRefusal.self) {
      try await DeleteRole()(seats.signs, in: seats.contoso.id, seen: nil, admin, env: seats.world.env)
    }
    try await DeleteLimit()(of: seats.signs, in: seats.contoso.id, seen: 1, admin, env: seats.world.env)
    #expect(try await seats.limit(to: 1).limit.version == 2)
    try await DeleteLimit()(of: seats.signs, in: seats.contoso.id, seen: nil, admin, env: seats.world.env)
    try await DeleteRole()(seats.signs, in: seats.contoso.id, seen: nil, admin, env: seats.world.env)
    #expect(try await seats.world.audit(.limitDefined).count == 2)
    #expect(try await seats.world.audit(.limitDeleted).count == 2)
  }

  @Test func `a limit is a number from one to ten thousand of a role that can be held where it counts, at its limits`()
    async throws
  {
    let seats = try await seats()
    func refusal(_ role: RoleID, _ maximum: Int, description: String = "", everywhere: Bool = false) async throws
      -> LimitRefusal?
    {
      do {
        _ = try await DefineLimit()(
          of: role, to: maximum, description: description, in: everywhere ? nil : seats.contoso.id, seen: nil,
          seats.world.occasion(as: everywhere ? seats.operatorOfPortal : seats.admin), env: seats.world.env)
        return nil
      } catch let refusal as LimitRefusal {
        return refusal
      }
    }
    #expect(try await refusal(seats.signs, 0) == .maximumRefused)
    #expect(try await refusal(seats.signs, RoleLimit.greatest) == nil)
    #expect(try await refusal(seats.signs, RoleLimit.greatest + 1) == .maximumRefused)
    #expect(try await refusal(seats.signs, 1, description: String(repeating: "a", count: 500)) == nil)
    #expect(try await refusal(seats.signs, 1, description: String(repeating: "a", count: 501)) == .textRefused)
    #expect(try await refusal(RoleID(trusted: "missing"), 1) == .roleUnknown)
    #expect(try await refusal(.operator, 1) == .roleUnknown)
    #expect(try await refusal(seats.signs, 1, everywhere: true) == .roleUnknown)
    for number in 1..<DefineLimit.maximum { #expect(try await refusal(try await seats.define("R\(number)"), 1) == nil) }
    #expect(try await refusal(.reportViewer, 1) == .tooMany)
    #expect(try await refusal(.reportViewer, 1, everywhere: true) == nil)
  }
}
