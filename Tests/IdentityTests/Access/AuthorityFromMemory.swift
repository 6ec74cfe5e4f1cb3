import AccessControl
import Identity
import Primitives
import TestKit
import Testing

/// What somebody may do in Usher is found out twice: by pages from memory, and by use cases in the transaction that acts.
@Suite struct AuthorityFromMemory {
  private static let roles: [RoleID] = [
    .accountAdministrator, .userAdministrator, .accountManager, .reportViewer, .accountViewer,
  ]
  private static let order = ResourceName(type: "order", id: "1")

  @Test(arguments: [1, 2, 3] as [UInt64]) func `is what the transaction finds, whatever changes and at every moment`(seed: UInt64)
    async throws
  {
    let world = try await TestWorld.make()
    var dice = Dice(seed)
    let places = [
      try await world.organization(name: "Contoso"), try await world.organization(.partner, name: "Partner"), world.portal,
    ]
    var actors: [Actor.Who] = []
    var holders: [[GroupMember]] = [[], [], []]
    for number in 0..<4 {
      let person = try await world.member(of: places[number % 3], "person\(number)@contoso.test", password: nil)
      holders[number % 3].append(.account(person.id))
      if dice.happens(oneIn: 2) {
        try await world.join(person, places[(number + 1) % 3], roles: [])
        holders[(number + 1) % 3].append(.account(person.id))
      }
      actors.append(.account(person.id, via: nil))
    }
    let machine = try await world.application(
      Application(
        id: world.command.newID(), name: "Machine", authentication: .basic, grantTypes: [], scopes: [],
        createdAt: world.clock.now()))
    actors.append(.application(machine.id))
    for place in 0..<3 { holders[place].append(.application(machine.id)) }
    let groups = places.map { Group(id: world.command.newID(), organization: $0.id, name: "Group", createdAt: world.clock.now()) }
    try await world.store.write { tx in for group in groups { try tx.insert(group) } }

    for _ in 0..<40 {
      let place = dice.below(3)
      let member = holders[place][dice.below(holders[place].count)]
      let (group, organization, now) = (groups[place], places[place].id, world.clock.now())
      let holder = dice.happens(oneIn: 3) ? RoleHolder.group(group.id) : member.holder
      let start = dice.happens(oneIn: 3) ? now + .minutes(Int64(dice.below(4))) : nil
      let assignment = RoleAssignment(
        id: world.command.newID(), organization: organization, holder: holder,
        role: place == 1 ? .accountAdministrator : Self.roles[dice.below(Self.roles.count)],
        scope: dice.happens(oneIn: 4) ? Self.order : nil, startsAt: start,
        endsAt: dice.happens(oneIn: 3) ? (start ?? now) + .minutes(2) : nil, grantedBy: "command:test", createdAt: now)
      let membership = GroupMembership(
        group: group.id, organization: organization, member: member, addedBy: "command:test", addedAt: now)
      switch dice.below(5) {
      case 0, 1: try? await world.store.write { try $0.seed(assignment) }
      case 2: try await world.store.write { _ = try $0.seed(membership) }
      case 3: try await world.store.write { _ = try $0.unseed(membership) }
      default:
        try await world.store.write { tx in
          guard case .account(let id) = member, var found = try tx.membership(id, in: organization) else { return }
          found.state = found.state == .active ? .suspended : .active
          _ = try tx.update(found)
        }
      }
      world.clock.advance(by: .seconds(40))
      for who in actors {
        for moment in [world.clock.now(), world.clock.now() + .minutes(1), world.clock.now() + .days(1)] {
          let found = try await world.store.read { tx in
            try tx.authority(of: Actor(who, address: nil, requestID: nil), at: moment)
          }
          let known = world.env.policy.state.authority(of: who, at: moment)
          #expect(known.subject == found.subject)
          #expect(Self.holdings(known) == Self.holdings(found), "\(who) at \(moment)")
        }
      }
    }
  }

  /// By organization; where nothing is held an application has no place at all, or one without roles.
  private static func holdings(_ authority: Authority) -> [OrganizationID: Facts.Membership] {
    Dictionary(authority.holdings.map { ($0.organization.id, $0.membership) }) { _, last in last }.filter {
      $0.value != .active([])
    }
  }
}
