import Primitives
import TestKit
import Testing

@testable import AccessControl

/// The index against the plain model: after every change, and from the beginning.
@Suite struct DecidingFromTheIndex {
  @Test(arguments: 0..<8 as Range<UInt64>)
  func `it decides as the plain reading does, after each of many changes`(_ seed: UInt64) throws {
    var world = ChangingWorld(seed)
    for step in 0..<150 {
      world.change()
      if step % 10 == 9 { try world.check(questions: 60) }
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `it is the same whether it grew by changes or was made at once`(_ seed: UInt64) throws {
    var world = ChangingWorld(seed)
    for _ in 0..<150 { world.change() }
    world.index = world.rebuilt()
    let allowed = try world.check(questions: 500)
    // Neither answer is the only one.
    #expect((1..<500).contains(allowed))
    try world.checkSearches()
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `searches find exactly what a question of its own would allow, page by page and nobody twice`(_ seed: UInt64) throws {
    var world = ChangingWorld(seed)
    for _ in 0..<150 { world.change() }
    try world.checkSearches()
  }

  @Test func `a view sees nothing of changes made after it`() throws {
    var world = ChangingWorld(9)
    for _ in 0..<100 { world.change() }
    let (before, view) = (world, world.index.makeView())
    for _ in 0..<100 { world.change() }
    try before.check(questions: 200, view)
  }

  @Test func `many questions asked together are answered as each by itself`() throws {
    var world = ChangingWorld(10)
    for _ in 0..<150 { world.change() }
    let view = world.index.makeView()
    var questions: [PolicyView.NumberedQuestion] = []
    for _ in 0..<100 {
      let asked = world.question()
      guard let numbers = world.numbers(asked, view) else { continue }
      questions.append(
        .init(
          principal: numbers.principal, permission: numbers.permission, organization: numbers.organization,
          resource: numbers.resource ?? .max))
    }
    try #require(questions.count > PolicyView.together)
    var answers: [Bool?] = questions.map { _ in nil }
    questions.withUnsafeBufferPointer { questions in
      view.decide(questions, at: PolicyModel.now, where: PolicyModel.holds) { answers[$0] = $1.isAllowed }
    }
    for (question, answer) in zip(questions, answers) {
      let alone = view.decide(
        question.principal, question.permission, in: question.organization,
        on: question.resource == .max ? nil : question.resource, at: PolicyModel.now, where: PolicyModel.holds)
      #expect(answer == alone.isAllowed)
    }
  }
}

/// A small policy that changes at random, in the index and in the model alike.
private struct ChangingWorld {
  struct Question {
    let type: String
    let id: String
    let owner: String?
    let permission: String
    let organization: String
    let resource: String?
  }

  var index: PolicyIndex
  private var model = PolicyModel()
  private var dice: Dice

  private static let organizations = (0..<4).map { "organization\($0)" }
  private static let roles = (0..<9).map { "role\($0)" }
  private static let people = (0..<12).map { "person\($0)" }
  private static let things = (0..<4).map { "thing\($0)" }
  private static let groups = (0..<3).map { "group\($0)" }
  private static let resources = (0..<14).map { "type\($0 % 3):resource\($0)" }

  init(_ seed: UInt64) {
    dice = Dice(seed)
    index = PolicyIndex(seededBy: CountedRandomness())
    Self.addPermissions(to: &index)
    for organization in Self.organizations { setOrganization(organization) }
  }

  private static func addPermissions(to index: inout PolicyIndex) {
    for permission in PolicyModel.permissions {
      let (type, action) = PolicyModel.halves(permission)
      index.setPermission(
        type, action, kinds: Set((0..<3).filter { PolicyModel.means(permission, in: $0) }),
        includedIn: Set((0..<3).filter { PolicyModel.includes(permission, in: $0) }))
    }
  }

  // MARK: changes

  mutating func change() {
    switch dice.below(12) {
    case 0:
      dice.happens(oneIn: 8) ? removeOrganization(one(of: Self.organizations)) : setOrganization(one(of: Self.organizations))
    case 1, 2: dice.happens(oneIn: 5) ? removeRole(one(of: Self.roles)) : setRole(one(of: Self.roles))
    case 3, 4: dice.happens(oneIn: 4) ? removeResource(one(of: Self.resources)) : setResource(one(of: Self.resources))
    case 5: changePrincipal(IndexedPrincipal.groupType, one(of: Self.groups), of: one(of: Self.organizations))
    case 6: changePrincipal("device", one(of: Self.things), of: one(of: Self.organizations))
    default: changePrincipal("user", one(of: Self.people), of: nil)
    }
  }

  private mutating func one(of names: [String]) -> String { names[dice.below(names.count)] }

  private mutating func setOrganization(_ id: String) {
    let (kind, isOpen) = (dice.happens(oneIn: 8) ? 2 : dice.below(2), !dice.happens(oneIn: 8))
    model.organizations[id] = (kind, isOpen)
    index.setOrganization(id, kind: kind, isOpen: isOpen)
  }

  private mutating func removeOrganization(_ id: String) {
    model.organizations[id] = nil
    index.removeOrganization(id)
  }

  private mutating func setRole(_ id: String) {
    var role = PolicyModel.Role(
      owner: dice.happens(oneIn: 3) ? one(of: Self.organizations) : nil,
      kinds: Set((0..<3).filter { _ in !dice.happens(oneIn: 4) }),
      granted: dice.happens(oneIn: 6) ? nil : (0..<dice.below(8)).map { _ in one(of: PolicyModel.permissions) }, conditional: [:])
    for _ in 0..<dice.below(3) { role.conditional[one(of: PolicyModel.permissions)] = UInt32(dice.below(4)) }
    model.roles[id] = role
    Self.set(id, role, in: &index)
  }

  private static func set(_ id: String, _ role: PolicyModel.Role, in index: inout PolicyIndex) {
    index.setRole(
      id, owner: role.owner, kinds: role.kinds,
      granted: role.granted?.map {
        let halves = PolicyModel.halves($0); return (type: halves.type, action: halves.id)
      },
      conditional: role.conditional.map {
        let halves = PolicyModel.halves($0.key); return (type: halves.type, action: halves.id, condition: $0.value)
      })
  }

  private mutating func removeRole(_ id: String) {
    model.roles[id] = nil
    index.removeRole(id)
  }

  private mutating func setResource(_ name: String) {
    let resource = PolicyModel.Resource(
      organization: one(of: Self.organizations), parent: dice.happens(oneIn: 2) ? one(of: Self.resources) : nil)
    model.resources[name] = resource
    index.setResource(PolicyModel.halves(name), in: resource.organization, below: resource.parent.map(PolicyModel.halves))
  }

  private mutating func removeResource(_ name: String) {
    model.resources[name] = nil
    index.removeResource(PolicyModel.halves(name))
  }

  private mutating func changePrincipal(_ type: String, _ id: String, of owner: String?) {
    let key = PolicyModel.key(type, id, owner)
    if dice.happens(oneIn: 6) {
      model.principals[key] = nil
      index.removePrincipal(type: type, id: id, of: owner)
      return
    }
    let memberships = (owner.map { [$0] } ?? Self.organizations.filter { _ in dice.happens(oneIn: 2) }).map {
      IndexedPrincipal.Membership(organization: $0, isActive: !dice.happens(oneIn: 6))
    }
    let assignments = memberships.flatMap { membership in
      (0..<dice.below(4)).map { _ in assignment(in: membership.organization) }
    }
    let groups =
      type == IndexedPrincipal.groupType
      ? [] : memberships.filter { _ in dice.happens(oneIn: 2) }.map { (organization: $0.organization, id: one(of: Self.groups)) }
    let principal = IndexedPrincipal(
      type: type, id: id, organization: owner, isActive: !dice.happens(oneIn: 6), memberships: memberships, groups: groups,
      assignments: assignments)
    model.principals[key] = principal
    index.setPrincipal(principal)
  }

  private mutating func assignment(in organization: String) -> IndexedPrincipal.Assignment {
    return IndexedPrincipal.Assignment(
      role: one(of: Self.roles), organization: organization,
      scope: dice.happens(oneIn: 3) ? PolicyModel.halves(one(of: Self.resources)) : nil,
      from: dice.happens(oneIn: 5) ? PolicyModel.now - 1 + Int64(dice.below(3)) : nil,
      until: dice.happens(oneIn: 5) ? PolicyModel.now - 1 + Int64(dice.below(3)) : nil)
  }

  /// An index of the same policy that saw no change.
  func rebuilt() -> PolicyIndex {
    var index = PolicyIndex(seededBy: CountedRandomness())
    index.beginLoading()
    for (name, resource) in model.resources {
      index.setResource(PolicyModel.halves(name), in: resource.organization, below: resource.parent.map(PolicyModel.halves))
    }
    for principal in model.principals.values { index.setPrincipal(principal) }
    index.endLoading()
    Self.addPermissions(to: &index)
    for (id, role) in model.roles { Self.set(id, role, in: &index) }
    for (id, organization) in model.organizations {
      index.setOrganization(id, kind: organization.kind, isOpen: organization.isOpen)
    }
    return index
  }

  // MARK: questions

  mutating func question() -> Question {
    let organization = one(of: Self.organizations)
    let (type, id, owner): (String, String, String?) =
      dice.happens(oneIn: 5) ? ("device", one(of: Self.things), organization) : ("user", one(of: Self.people), nil)
    return Question(
      type: type, id: id, owner: owner, permission: one(of: PolicyModel.permissions), organization: organization,
      resource: dice.happens(oneIn: 3) ? nil : one(of: Self.resources))
  }

  func numbers(_ question: Question, _ view: PolicyView) -> (
    principal: UInt32, permission: UInt32, organization: UInt32, resource: UInt32?
  )? {
    let (type, action) = PolicyModel.halves(question.permission)
    guard let organization = bytes(question.organization, view.organization),
      let permission = bytes(type, { type in bytes(action) { view.permission(type, $0) } }),
      let principal = bytes(
        question.type, { type in bytes(question.id) { view.principal(type, $0, of: question.owner == nil ? nil : organization) } }
      )
    else { return nil }
    let resource = question.resource.flatMap { name in
      let (type, id) = PolicyModel.halves(name)
      return bytes(type) { type in bytes(id) { view.resource(type, $0) } }
    }
    return (principal, permission, organization, resource)
  }

  private func bytes<Value>(_ text: String, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    Array(text.utf8).withUnsafeBytes(body)
  }

  /// - Returns: how many were allowed.
  @discardableResult
  func check(questions: Int, _ view: PolicyView? = nil) throws -> Int {
    var allowed = 0
    var copy = self
    let view = view ?? index.makeView()
    for _ in 0..<questions {
      let question = copy.question()
      let expected = model.decide(
        PolicyModel.key(question.type, question.id, question.owner), question.permission, in: question.organization,
        on: question.resource)
      guard let numbers = numbers(question, view) else {
        #expect(expected == .subjectUnknown || expected == .organizationUnknown)
        continue
      }
      let verdict = view.decide(
        numbers.principal, numbers.permission, in: numbers.organization, on: numbers.resource, at: PolicyModel.now,
        where: PolicyModel.holds)
      #expect(verdict.reason == expected, "\(question)")
      #expect(verdict.isAllowed == (expected == .permissionGranted))
      checkHoldings(question, numbers, verdict, view)
      allowed += verdict.isAllowed ? 1 : 0
    }
    return allowed
  }

  /// What is told of holdings and grants agrees with the verdict.
  private func checkHoldings(
    _ question: Question, _ numbers: (principal: UInt32, permission: UInt32, organization: UInt32, resource: UInt32?),
    _ verdict: PolicyView.Verdict, _ view: PolicyView
  ) {
    let refusal = view.refusal(of: numbers.principal, in: numbers.organization)
    let mayHold = [.permissionGranted, .noRoleGrantsPermission].contains(verdict.reason)
    #expect(mayHold ? refusal == nil : refusal == verdict.reason)
    let grants = view.grants(
      of: numbers.principal, numbers.permission, in: numbers.organization, on: numbers.resource, at: PolicyModel.now,
      where: PolicyModel.holds)
    #expect(grants.isEmpty == !verdict.isAllowed)
    if verdict.isAllowed {
      #expect(grants.first == verdict.grant)
    }
    let holding = view.holdings(of: numbers.principal, at: PolicyModel.now).first { $0.organization == numbers.organization }
    let roles = Set(holding?.roles.compactMap { view.id(ofRole: $0) } ?? [])
    #expect(
      roles == model.roles(PolicyModel.key(question.type, question.id, question.owner), in: question.organization))
  }

  func checkSearches() throws {
    let view = index.makeView()
    for organization in Self.organizations {
      guard let place = bytes(organization, view.organization) else { continue }
      for permission in PolicyModel.permissions {
        let (type, action) = PolicyModel.halves(permission)
        let number = try #require(bytes(type) { type in bytes(action) { view.permission(type, $0) } })
        checkSubjects(permission, number, organization, place, view)
        checkResources(permission, number, organization, place, view)
      }
      checkActions(organization, place, view)
    }
  }

  private func checkSubjects(_ permission: String, _ number: UInt32, _ organization: String, _ place: UInt32, _ view: PolicyView)
  {
    for resource in Self.resources.prefix(5).map(Optional.some) + [nil] {
      let found = pages { after, examining in
        let (type, id) = resource.map(PolicyModel.halves) ?? ("", "")
        let known = bytes(type) { type in bytes(id) { view.resource(type, $0) } }
        return bytes("user") {
          view.subjects(
            ofType: $0, havingPermission: number, in: place, on: known, at: PolicyModel.now, after: after, limit: 2,
            examining: examining, where: { PolicyModel.holds($1) })
        }
      }
      let expected = Self.people.filter {
        model.decide(PolicyModel.key("user", $0, nil), permission, in: organization, on: resource) == .permissionGranted
      }
      #expect(found.sorted() == expected.sorted())
    }
  }

  private func checkResources(_ permission: String, _ number: UInt32, _ organization: String, _ place: UInt32, _ view: PolicyView)
  {
    let type = PolicyModel.halves(permission).type
    for person in Self.people.prefix(6) {
      guard let principal = bytes("user", { type in bytes(person) { view.principal(type, $0) } }) else { continue }
      let key = PolicyModel.key("user", person, nil)
      let found = pages { after, examining in
        bytes(type) {
          view.resources(
            ofType: $0, for: principal, having: number, in: place, at: PolicyModel.now, after: after, limit: 2,
            examining: examining, where: { PolicyModel.holds($1) })
        }
      }
      let scopes = model.scopes(key, permission, in: organization)
      let expected = Self.resources.filter { name in
        // What is registered nowhere is found by a scope that names it.
        let owner = model.resources[name]?.organization
        let isKnown = owner == organization || owner == nil && scopes.contains(name)
        return isKnown && PolicyModel.halves(name).type == type
          && model.decide(key, permission, in: organization, on: name) == .permissionGranted
      }
      #expect(found.sorted() == expected.map { PolicyModel.halves($0).id }.sorted())
    }
  }

  private func checkActions(_ organization: String, _ place: UInt32, _ view: PolicyView) {
    for person in Self.people {
      guard let principal = bytes("user", { type in bytes(person) { view.principal(type, $0) } }) else { continue }
      let found = bytes("type1") {
        view.actions(onType: $0, nil, for: principal, in: place, at: PolicyModel.now, where: { PolicyModel.holds($1) }).ids
      }
      let expected = PolicyModel.permissions.filter {
        PolicyModel.halves($0).type == "type1"
          && model.decide(PolicyModel.key("user", person, nil), $0, in: organization, on: nil) == .permissionGranted
      }
      #expect(found == expected.map { PolicyModel.halves($0).id }.sorted())
    }
  }

  /// What all pages hold together; none comes twice, each but the last is full, and to look at three at a time finds the same.
  private func pages(_ page: (_ after: PolicyView.Position?, _ examining: Int) -> PolicyView.Found) -> [String] {
    func walk(examining: Int) -> [String] {
      var (found, after): ([String], PolicyView.Position?) = ([], nil)
      repeat {
        let next = page(after, examining)
        #expect(next.next == nil || next.ids.count == 2 || examining < .max)
        found += next.ids
        after = next.next
      } while after != nil
      #expect(Set(found).count == found.count)
      return found
    }
    let found = walk(examining: .max)
    #expect(walk(examining: 3) == found)
    return found
  }
}
