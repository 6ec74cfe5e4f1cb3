import AccessControl
import Identity
import Primitives
import TestKit
import Testing

/// How much may come together, on each of the engines.
@Suite(.threat("HTP4")) struct HoldingNoMoreThanMay {
  /// Contoso, where a limit is nearly reached.
  private struct Place {
    let world: TestWorld
    let contoso: Organization

    init(on engine: TestEngine) async throws {
      world = try await TestWorld.make(on: engine)
      contoso = try await world.organization()
    }

    func assignment(_ number: Int, of holder: RoleHolder) -> RoleAssignment {
      RoleAssignment(
        id: world.command.newID(), organization: contoso.id, holder: holder, role: .reportViewer, scope: project(number),
        grantedBy: "command:test", createdAt: world.clock.now())
    }

    func project(_ number: Int) -> ResourceName { ResourceName(type: "project", id: "\(number)") }

    func assign(_ number: Int, to person: Account) async throws -> SeenAssignment {
      try await AssignRole()(
        .reportViewer, to: .account(person.id),
        on: AssignmentTerms(scope: project(number), startsAt: nil, endsAt: nil, reason: ""), in: contoso.id, world.command,
        env: world.env)
    }

    func group(_ number: Int) -> Group {
      Group(id: world.command.newID(), organization: contoso.id, name: "Group \(number)", createdAt: world.clock.now())
    }

    func subject(_ number: Int) -> RegisteredSubject {
      RegisteredSubject(
        id: world.command.newID(), organization: contoso.id, type: "robot", name: "r-\(number)", createdAt: world.clock.now())
    }

    func membership(of member: GroupMember, in group: Group) -> GroupMembership {
      GroupMembership(
        group: group.id, organization: contoso.id, member: member, addedBy: "command:test", addedAt: world.clock.now())
    }

    func add(_ name: PrincipalName, to group: Group) async throws -> Bool {
      try await AddToGroup()(name, to: group.id, in: contoso.id, world.command, env: world.env).isNew
    }

    /// What comes of adding several at the same time: whether each was new, or why it was not done.
    func atOnce(_ adds: [@Sendable () async throws -> Bool]) async throws -> [Result<Bool, HoldingLimits.Reached>] {
      try await withThrowingTaskGroup(of: Result<Bool, HoldingLimits.Reached>.self) { tasks in
        for add in adds {
          tasks.addTask {
            do { return .success(try await add()) } catch let reached as HoldingLimits.Reached { return .failure(reached) }
          }
        }
        return try await tasks.reduce(into: []) { $0.append($1) }
      }
    }
  }

  private static let engines = [TestEngine.sqlite, .postgresql]

  @Test(arguments: engines) func `somebody holds as many roles in an organization as they may, and not one more`(
    _ engine: TestEngine
  )
    async throws
  {
    let place = try await Place(on: engine)
    let person = try await place.world.member(of: place.contoso, password: nil)
    let held = (1..<HoldingLimits.assignments).map { place.assignment($0, of: .account(person.id)) }
    try await place.world.store.write { tx in for assignment in held { try tx.seed(assignment) } }
    let last = try await place.assign(0, to: person)
    await #expect(throws: HoldingLimits.Reached.assignments) { try await place.assign(-1, to: person) }
    // What is held already is given again, and replaced, all the same.
    #expect(try await place.assign(0, to: person).assignment == last.assignment)
    let terms = AssignmentTerms(scope: place.project(-1), startsAt: nil, endsAt: nil, reason: "")
    _ = try await ReplaceAssignment()(
      last.assignment.id, on: terms, in: place.contoso.id, place.world.command, env: place.world.env)
    await #expect(throws: HoldingLimits.Reached.assignments) {
      try await ChangeRoles()(
        of: person.id, to: [.accountViewer], in: place.contoso.id, ifStill: nil, place.world.command, env: place.world.env)
    }
    let counted = try await place.world.store.read { tx in
      try tx.roleAssignments(of: .account(person.id), in: place.contoso.id).count
    }
    #expect(counted == HoldingLimits.assignments)
  }

  @Test(arguments: engines)
  func `what is held is counted at the end of a change, so that whoever holds all they may can swap roles`(
    _ engine: TestEngine
  ) async throws {
    let place = try await Place(on: engine)
    let (world, contoso) = (place.world, place.contoso)
    let person = try await world.member(of: contoso, password: nil)
    func change(to roles: Set<RoleID>) async throws {
      try await ChangeRoles()(of: person.id, to: roles, in: contoso.id, ifStill: nil, world.command, env: world.env)
    }
    func shorten(_ assignment: RoleAssignmentID, to hours: Int64) async throws -> RoleAssignmentID {
      let terms = AssignmentTerms(scope: place.project(1), startsAt: nil, endsAt: world.clock.now() + .hours(hours), reason: "")
      return try await ReplaceAssignment()(assignment, on: terms, in: contoso.id, world.command, env: world.env).assignment.id
    }
    func held() async throws -> Int {
      try await world.store.read { tx in try tx.roleAssignments(of: .account(person.id), in: contoso.id).count }
    }
    try await change(to: [.accountViewer])
    let given = (1..<HoldingLimits.assignments).map { place.assignment($0, of: .account(person.id)) }
    try await world.store.write { tx in for assignment in given { try tx.seed(assignment) } }
    try await change(to: [.accountManager])
    await #expect(throws: HoldingLimits.Reached.assignments) { try await change(to: [.accountManager, .accountViewer]) }
    #expect(try await held() == HoldingLimits.assignments)
    // A program of before knew no limit: what is held above it may be other, and less, and not more.
    let above = (0..<2).map { place.assignment(-$0, of: .account(person.id)) }
    try await world.store.write { tx in for assignment in above { try tx.seed(assignment) } }
    let shorter = try await shorten(given[0].id, to: 2)
    _ = try await shorten(shorter, to: 1)
    try await change(to: [.accountViewer])
    await #expect(throws: HoldingLimits.Reached.assignments) { try await place.assign(-2, to: person) }
    #expect(try await held() == HoldingLimits.assignments + 2)
    try await change(to: [])
    await #expect(throws: HoldingLimits.Reached.assignments) { try await change(to: [.accountViewer]) }
  }

  @Test(arguments: engines) func `somebody belongs to as many groups of an organization as they may, and not one more`(
    _ engine: TestEngine
  ) async throws {
    let place = try await Place(on: engine)
    let person = try await place.world.member(of: place.contoso, password: nil)
    let groups = (0...HoldingLimits.groups).map { place.group($0) }
    try await place.world.store.write { tx in
      for group in groups { try tx.insert(group) }
      for group in groups.dropFirst(2) { try tx.seed(place.membership(of: .account(person.id), in: group)) }
    }
    let came = try await place.atOnce(groups.prefix(2).map { group in { try await place.add(.account(person.id), to: group) } })
    #expect(Set(came) == [.success(true), .failure(.groups)])
    #expect(try await !place.add(.account(person.id), to: groups[2]))
    // Elsewhere they belong to others.
    let fabrikam = try await place.world.organization(name: "Fabrikam")
    try await place.world.join(person, fabrikam, roles: [])
    let other = try await DefineGroup()(
      name: "Guests", description: "", in: fabrikam.id, place.world.command, env: place.world.env)
    #expect(
      try await AddToGroup()(.account(person.id), to: other.id, in: fabrikam.id, place.world.command, env: place.world.env).isNew)
  }

  @Test(arguments: engines) func `as many belong to a group as may, and not one more`(_ engine: TestEngine) async throws {
    let place = try await Place(on: engine)
    let group = place.group(0)
    let subjects = (0...HoldingLimits.members).map { place.subject($0) }
    try await place.world.store.write { tx in
      try tx.insert(group)
      let permit = try tx.permit(.userManage, in: place.contoso.id, place.world.command)
      for subject in subjects { try tx.insert(subject) }
      for subject in subjects.dropFirst(2) {
        _ = try tx.insert(try tx.warrant(toAdd: place.membership(of: .subject(subject.id), in: group), under: permit))
      }
    }
    @Sendable func addBoth() async throws -> [Result<Bool, HoldingLimits.Reached>] {
      try await place.atOnce(
        subjects.prefix(2).map { subject in { try await place.add(.subject(type: "robot", name: subject.name), to: group) } })
    }
    #expect(Set(try await addBoth()) == [.success(true), .failure(.members)])
    #expect(try await place.world.store.read { tx in try tx.memberCount(of: group.id) } == HoldingLimits.members)
    // Whoever goes makes room.
    try await RemoveFromGroup()(
      .subject(type: "robot", name: subjects[2].name), from: group.id, in: place.contoso.id, place.world.command,
      env: place.world.env)
    #expect(Set(try await addBoth()) == [.success(false), .success(true)])
  }
}
