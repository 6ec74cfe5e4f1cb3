import AccessControl
import Identity
import Localization
import Primitives
import TestKit
import Testing

/// The rule that everything about roles serves: whoever acts together, in whatever order, ends up with nothing that could not be handed out from
/// the start.
@Suite(.rule("MISSION: may grant"), .threat("ROL1", "ROL8", "ROL13")) struct NobodyGrowsBeyond {
  /// What people can come to who help each other: the roles they hold, and every role that some of these lets them hand out, and so on.
  private struct Reach {
    private(set) var roles: Set<RoleID>
    private(set) var permissions: Set<Permission> = []

    init(of held: Set<RoleID>, _ catalogs: Catalogs) {
      roles = held
      var isGrowing = true
      while isGrowing {
        let before = roles
        for role in catalogs.roles.roles(roles) {
          guard case .listed(let ways) = role.mayGrant else { continue }
          for granted in ways.values { roles.formUnion(granted) }
        }
        isGrowing = roles != before
      }
      for role in catalogs.roles.roles(roles) {
        permissions.formUnion(role.attainable(in: .customer, of: catalogs.permissions))
      }
    }
  }

  /// A customer with an administrator who does nothing, five members and two strangers who try everything.
  private struct Playground {
    let world: TestWorld
    let contoso: Organization
    let people: [Account]
    /// At home elsewhere, until somebody invites them.
    let strangers: [Account]
    let groups: [GroupID]
    let reach: Reach
    let rolesAtStart: Set<RoleID>
    /// Those that some of the people may hand out at the start.
    let handedOut: [RoleID]
  }

  private func playground() async throws -> Playground {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let admin = try await world.member(of: contoso, "admin@contoso.test", roles: [.accountAdministrator], password: nil)
    func define(
      _ name: String, _ permissions: Set<Permission>, parents: Set<RoleID> = [], _ mayGrant: [GrantWay: Set<RoleID>] = [:]
    ) async throws -> RoleID {
      let definition = RoleDefinition(
        wording: Wording(name: name), permissions: permissions, parents: parents, mayGrant: mayGrant, kinds: [])
      return try await DefineRole()(definition, in: contoso.id, world.occasion(as: admin), env: world.env).offered.role.id
    }
    // Out of reach for all of them, though it can be named, inherited from and asked for.
    let vault = try await define("Vault", [.keyView, .auditView])
    let clerk = try await define("Clerk", [.orderView])
    let definer = try await define(
      "Definer", [.roleDefine, .roleView, .roleAssign, .userInvite, .licenseView], parents: [clerk],
      [.assignment: [clerk, .accountViewer], .invitation: [clerk]])
    let keeper = try await define("Keeper", [.roleDefine, .reportView], [.assignment: [clerk]])
    // Whoever holds it may hand it on, and change it.
    let club = try await define("Club", [.roleDefine, .roleAssign])
    _ = try await RedefineRole()(
      club,
      as: RoleDefinition(
        wording: Wording(name: "Club"), permissions: [.roleDefine, .roleAssign], parents: [], mayGrant: [.assignment: [club]],
        kinds: []), in: contoso.id, seen: nil, world.occasion(as: admin), env: world.env)
    let held: [[RoleID]] = [[definer], [keeper], [club], [.userAdministrator], [.agreementAdministrator, clerk]]
    var people: [Account] = []
    for (index, roles) in held.enumerated() {
      people.append(try await world.member(of: contoso, "p\(index)@contoso.test", roles: roles, password: nil))
    }
    let fabrikam = try await world.organization(name: "Fabrikam")
    var strangers: [Account] = []
    for index in 0..<2 {
      strangers.append(try await world.member(of: fabrikam, "s\(index)@fabrikam.test", password: nil))
    }
    // One with nothing, one with what can be given, one with the vault.
    var groups: [GroupID] = []
    for roles in [[], [clerk], [vault]] {
      let group = Group(
        id: world.command.newID(), organization: contoso.id, name: "Group \(groups.count)", createdAt: world.clock.now())
      let given = roles.map { role in
        RoleAssignment(
          id: world.command.newID(), organization: contoso.id, holder: .group(group.id), role: role, grantedBy: "test",
          createdAt: world.clock.now())
      }
      try await world.store.write { tx in
        try tx.insert(group)
        for assignment in given { try tx.seed(assignment) }
      }
      groups.append(group.id)
    }
    // Few more than hold them now: the last place is soon given.
    for (role, maximum) in [(club, 2), (clerk, 3), (.accountViewer, 1)] {
      _ = try await DefineLimit()(
        of: role, to: maximum, description: "", in: contoso.id, seen: nil, world.occasion(as: admin), env: world.env)
    }
    let catalogs = try await world.store.read { try $0.catalogs() }
    return Playground(
      world: world, contoso: contoso, people: people, strangers: strangers, groups: groups,
      reach: Reach(of: Set(held.joined()), catalogs),
      rolesAtStart: Set(catalogs.roles.all.map(\.id)), handedOut: [club, clerk, .accountViewer])
  }

  @Test func `random sequences of calls lead nobody beyond what could be handed out at the start`() async throws {
    for seed in 0..<(LongTests.areAskedFor ? 200 : 6) {
      let playground = try await playground()
      #expect(!playground.reach.permissions.contains(.auditView))
      var chance = Chance(seed: UInt64(seed))
      var succeeded = 0
      for _ in 0..<120 {
        let known = try await playground.world.store.read {
          try $0.catalogs().roles.roles(heldIn: playground.contoso.facts).map(\.id)
        }
        if await act(playground, known.sorted(), &chance) { succeeded += 1 }
        try await check(playground, seed)
      }
      // A run in which nothing was allowed would prove nothing.
      #expect(succeeded > 0, "seed \(seed)")
    }
  }

  /// Somebody tries something.
  ///
  /// - Returns: whether it was allowed.
  private func act(_ playground: Playground, _ roles: [RoleID], _ chance: inout Chance) async -> Bool {
    let (world, contoso) = (playground.world, playground.contoso.id)
    let everybody = playground.people + playground.strangers
    // Half of the time what somebody may well be allowed, so that runs get somewhere.
    let actor = chance.pick(chance.next(2) == 0 ? everybody : playground.people)
    let other = chance.pick(everybody)
    let role = chance.pick(chance.next(2) == 0 ? roles : playground.handedOut)
    let occasion = world.occasion(as: actor)
    let definition = definition(roles, &chance)
    do {
      switch chance.next(18) {
      case 0, 1: _ = try await DefineRole()(definition, in: contoso, occasion, env: world.env)
      case 2, 3: _ = try await RedefineRole()(role, as: definition, in: contoso, seen: nil, occasion, env: world.env)
      case 4: try await DeleteRole()(role, in: contoso, seen: nil, occasion, env: world.env)
      case 8:
        let group = PrincipalName.group(chance.pick(playground.groups))
        _ = try await AssignRole()(role, to: group, in: contoso, occasion, env: world.env)
      case 9, 10:
        let membership = GroupMembership(
          group: chance.pick(playground.groups), organization: contoso, member: .account(other.id), addedBy: "test",
          addedAt: occasion.now)
        try await world.env.write(occasion) { tx in
          let permit = try tx.permit(.userManage, in: contoso, occasion)
          _ = try tx.insert(try tx.warrant(toAdd: membership, under: permit))
        }
      case 11:
        let narrowed = RoleAssignment(
          id: occasion.newID(), organization: contoso, holder: .account(other.id), role: role,
          scope: ResourceName(type: "order", id: "\(chance.next(3))"), endsAt: occasion.now + .hours(1), grantedBy: "test",
          createdAt: occasion.now)
        try await world.env.write(occasion) { tx in
          let permit = try tx.permit(.roleAssign, in: contoso, occasion)
          try tx.insert(try tx.warrant(toGive: narrowed, because: .permit(permit, .assignment)))
        }
      case 12:
        let stranger = chance.pick(playground.strangers)
        let request = InviteMember.Request(
          email: stranger.email, name: stranger.name, language: .english, country: nil, roles: [role, chance.pick(roles)])
        _ = try await InviteMember()(request, to: contoso, occasion, env: world.env)
        // Whoever invited may have lost the right to give it before the other accepts.
        if chance.next(2) == 0 { return true }
        _ = try await JoinByInvitation()(
          try await world.newestLink(to: stranger.email.text), as: stranger.id, world.occasion(as: stranger), env: world.env)
      case 13:
        let exclusion = ExclusionDefinition(
          name: "Exclusion", description: "", kind: RoleExclusion.Kind.allCases[chance.next(2)],
          roles: Set([role, chance.pick(roles), chance.pick(roles)]), cardinality: 2, kinds: [])
        _ = try await DefineExclusion()(exclusion, in: contoso, occasion, env: world.env)
      case 14:
        _ = try await DefineLimit()(
          of: role, to: 1 + chance.next(3), description: "", in: contoso, seen: nil, occasion, env: world.env)
      case 15: try await DeleteLimit()(of: role, in: contoso, seen: nil, occasion, env: world.env)
      case 16:
        let held = try await world.store.read { try $0.roleAssignments(of: .account(other.id), in: contoso) }
        guard !held.isEmpty else { return false }
        let scope = chance.next(2) == 0 ? nil : ResourceName(type: "order", id: "\(chance.next(3))")
        let terms = AssignmentTerms(
          scope: scope, startsAt: nil, endsAt: chance.next(2) == 0 ? nil : occasion.now + .hours(1), reason: "")
        _ = try await ReplaceAssignment()(chance.pick(held).id, on: terms, in: contoso, occasion, env: world.env)
      case 17:
        try await RemoveFromGroup()(
          .account(other.id), from: chance.pick(playground.groups), in: contoso, occasion, env: world.env)
      case 5, 6: _ = try await AssignRole()(role, to: .account(other.id), in: contoso, occasion, env: world.env)
      default:
        try await ChangeRoles()(
          of: other.id, to: Set([role, chance.pick(roles)]), in: contoso, ifStill: nil, occasion, env: world.env)
      }
      return true
    } catch {
      return false
    }
  }

  private func definition(_ roles: [RoleID], _ chance: inout Chance) -> RoleDefinition {
    let all: [Permission] = [
      .orderView, .keyView, .licenseView, .reportView, .auditView, .roleDefine, .roleAssign, .roleView, .userInvite, .userManage,
      .agreementView,
    ]
    let permissions = Set((0..<chance.next(3)).map { _ in chance.pick(all) })
    let conditions = (0..<chance.next(2)).map { _ in (chance.pick(all), Self.condition) }
    let parents = Set((0..<chance.next(2)).map { _ in chance.pick(roles) })
    let ways = (0..<chance.next(2)).map { _ in (GrantWay.allCases[chance.next(3)], Set([chance.pick(roles)])) }
    return RoleDefinition(
      wording: Wording(name: "Role \(chance.next(1_000_000))"), permissions: permissions,
      conditions: Dictionary(conditions) { first, _ in first }, parents: parents,
      mayGrant: Dictionary(ways) { first, _ in first }, kinds: [])
  }

  /// Whoever asks can meet it.
  private static let condition = { () -> Condition in
    guard let condition = try? Condition("context.open == true") else { preconditionFailure("a condition") }
    return condition
  }()

  /// That nowhere more hold a role than may, counted by looking at everybody.
  private func checkLimits(_ playground: Playground, _ seed: Int) async throws {
    let now = playground.world.clock.now()
    let (contoso, everybody) = (playground.contoso.id, playground.people + playground.strangers)
    let (holders, catalogs) = try await playground.world.store.read { tx in
      let catalogs = try tx.catalogs()
      var holders: [RoleID: Int] = [:]
      for person in everybody {
        let held = try tx.roleAssignments(reaching: .account(person.id)).filter { assignment in
          assignment.organization == contoso && assignment.endsAt.map { $0 > now } ?? true
        }
        for role in catalogs.roles.withAncestors(held.map(\.role)) { holders[role, default: 0] += 1 }
      }
      return (holders, catalogs)
    }
    for limit in catalogs.limits.values.joined() {
      #expect(holders[limit.role, default: 0] <= limit.maximum, "seed \(seed)")
    }
  }

  private func check(_ playground: Playground, _ seed: Int) async throws {
    let contoso = playground.contoso.id
    try await checkLimits(playground, seed)
    for person in playground.people + playground.strangers {
      let (held, catalogs) = try await playground.world.store.read { tx in
        let reaching = try tx.roleAssignments(reaching: .account(person.id)).filter { $0.organization == contoso }
        return (reaching.map(\.role), try tx.catalogs())
      }
      let having = catalogs.roles.withAncestors(held)
      for exclusion in catalogs.exclusions(.static, in: playground.contoso.facts) {
        #expect(!exclusion.isBroken(by: having), "seed \(seed)")
      }
      let roles = catalogs.roles.roles(held)
      let permissions = roles.reduce(into: Set<Permission>()) { all, role in
        all.formUnion(role.attainable(in: .customer, of: catalogs.permissions))
      }
      #expect(permissions.isSubset(of: playground.reach.permissions), "seed \(seed)")
      // Neither do they hold a role of the start that nobody could give them, nor could they hand one out.
      let grantable = Reach(of: Set(held), catalogs).roles
      #expect(
        grantable.intersection(playground.rolesAtStart).isSubset(of: playground.reach.roles), "seed \(seed)")
    }
  }
}

extension Role {
  /// What its holder has where every condition is met.
  fileprivate func attainable(in kind: OrganizationKind, of catalog: PermissionCatalog) -> Set<Permission> {
    effective.permissions(in: kind, of: catalog).union(conditionalGrants.keys.filter { catalog.has($0, in: kind) })
  }
}

/// Choices that a run makes again when it has the same seed.
private struct Chance {
  private let source: CountedRandomness

  init(seed: UInt64) { source = CountedRandomness(seed: seed &+ 77) }

  mutating func next(_ bound: Int) -> Int { source.bytes(4).reduce(0) { $0 << 8 | Int($1) } % bound }
  mutating func pick<Item>(_ items: [Item]) -> Item { items[next(items.count)] }
}
