internal import Primitives

/// One state of the policy as decisions see it. Never changes; asking it takes no lock and allocates nothing.
///
/// `@unchecked Sendable`: the raw tables are written once, here, and point into pages that `index` keeps alive and that nobody changes while it does.
package final class PolicyView: @unchecked Sendable {
  /// A yes or no, and what it rests on.
  package struct Verdict: Sendable {
    package let isAllowed: Bool
    /// The assignment that grants it, by what it says; meaningless for a denial.
    package let grant: Grant
    package let reason: VerdictReason
  }

  /// One of the assignments by which a principal has a permission. No two assignments agree in all of it.
  package struct Grant: Hashable, Sendable {
    static let none = Grant(role: .max, holder: .max, scope: .max)

    package let role: UInt32
    /// The principal, or the group it belongs to.
    package let holder: UInt32
    /// The one resource it counts for, with what lies below that; `UInt32.max`: everything in the organization.
    package let scope: UInt32
  }

  let index: PolicyIndex
  let organizations: RegistryView
  let permissions: RegistryView
  let roles: RegistryView
  let resources: RegistryView
  let principals: RegistryView
  /// For each kind of organization three words of `words` each: see `PolicyIndex`.
  let meaningful: UnsafeMutablePointer<UInt64>
  let everything: UnsafeMutablePointer<UInt64>
  let words: Int
  let matrix: UnsafeMutablePointer<UnsafePointer<UInt64>>
  /// How many permissions and roles the matrix has room for.
  let rows: UInt32
  let columns: UInt32

  init(_ index: PolicyIndex, hash: SeededHash) {
    self.index = index
    organizations = RegistryView(index.organizations, hash: hash)
    permissions = RegistryView(index.permissions, hash: hash)
    roles = RegistryView(index.roles, hash: hash)
    resources = RegistryView(index.resources, hash: hash)
    principals = RegistryView(index.principals, hash: hash)
    words = max(1, (index.meaningful + index.everything).map(\.count).max() ?? 0)
    matrix = index.matrix.makeView()
    rows = UInt32(index.matrix.rows)
    columns = index.matrix.blockCount * RoleMatrix.rolesPerBlock
    meaningful = Self.table(index.meaningful, words)
    everything = Self.table(index.everything, words)
  }

  deinit {
    for registry in [organizations, permissions, roles, resources, principals] { registry.deallocate() }
    matrix.deallocate()
    meaningful.deallocate()
    everything.deallocate()
  }

  private static func table(_ kinds: [[UInt64]], _ words: Int) -> UnsafeMutablePointer<UInt64> {
    let table = UnsafeMutablePointer<UInt64>.allocate(capacity: kinds.count * words)
    table.initialize(repeating: 0, count: kinds.count * words)
    for (kind, bits) in kinds.enumerated() { for (word, value) in bits.enumerated() { table[kind * words + word] = value } }
    return table
  }

  // MARK: names

  /// The number of an organization, by its name as it came.
  @inline(__always)
  package func organization(_ id: UnsafeRawBufferPointer) -> UInt32? {
    organizations.number(of: NameKey(space: 0, type: UnsafeRawBufferPointer(start: nil, count: 0), id: id))
  }

  @inline(__always)
  package func permission(_ type: UnsafeRawBufferPointer, _ action: UnsafeRawBufferPointer) -> UInt32? {
    permissions.number(of: NameKey(space: 0, type: type, id: action))
  }

  @inline(__always)
  package func resource(_ type: UnsafeRawBufferPointer, _ id: UnsafeRawBufferPointer) -> UInt32? {
    resources.number(of: NameKey(space: 0, type: type, id: id))
  }

  /// - Parameter organization: whose own it is, for groups and registered subjects.
  @inline(__always)
  package func principal(_ type: UnsafeRawBufferPointer, _ id: UnsafeRawBufferPointer, of organization: UInt32? = nil) -> UInt32?
  {
    principals.number(of: NameKey(type: type, id: id, of: organization))
  }

  // MARK: deciding

  /// Whether the principal has the permission in the organization, for the resource, at the moment.
  ///
  /// - Parameters:
  ///   - resource: nil for one that is neither registered nor named by any scope.
  ///   - now: microseconds since 1970.
  ///   - holds: whether a condition holds; asked for roles that give the permission under one.
  @inline(__always)
  package func decide(
    _ principal: UInt32, _ permission: UInt32, in organization: UInt32, on resource: UInt32?, at now: Int64,
    where holds: (UInt32) -> Bool = { _ in false }
  ) -> Verdict {
    guard let target = organizations[organization]?.load(as: PolicyIndex.OrganizationHead.self), target.isKnown else {
      return .denied(.organizationUnknown)
    }
    guard let held = principals[principal] else { return .denied(.subjectUnknown) }
    let head = held.load(as: PolicyIndex.PrincipalHead.self)
    guard head.isKnown else { return .denied(.subjectUnknown) }
    guard let place = place(in: organization, of: held, head) else { return .denied(.notAMember) }
    guard head.isActive else { return .denied(.subjectSuspended) }
    guard place.isActive else { return .denied(.membershipSuspended) }
    guard target.isOpen else { return .denied(.organizationClosed) }
    let kind = Int(target.kind)
    guard bit(permission, meaningful + kind * words), permission < rows else { return .denied(.noRoleGrantsPermission) }
    let question = Question(permission: permission, organization: organization, kind: kind, resource: resource, now: now)
    return find(place, of: held, principal, question, holds) ?? .denied(.noRoleGrantsPermission)
  }

  /// One question of many, by numbers; `UInt32.max` stands for what has none.
  package struct NumberedQuestion: Sendable {
    package var principal: UInt32
    package var permission: UInt32
    package var organization: UInt32
    package var resource: UInt32

    package init(principal: UInt32, permission: UInt32, organization: UInt32, resource: UInt32 = .max) {
      self.principal = principal
      self.permission = permission
      self.organization = organization
      self.resource = resource
    }
  }

  /// How many questions are asked together at most: what they wait for fits into the nearest memory.
  package static let together = 32

  /// Decides many questions. What one waits for in memory another asks for meanwhile.
  ///
  /// - Parameter answer: gets each verdict, in the order of the questions.
  @inline(__always)
  package func decide(
    _ questions: UnsafeBufferPointer<NumberedQuestion>, at now: Int64, where holds: (UInt32) -> Bool = { _ in false },
    _ answer: (Int, Verdict) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.together) { numbers in
      guard let numbers = numbers.baseAddress else { return }
      var first = 0
      while first < questions.count {
        let count = min(Self.together, questions.count - first)
        for index in 0..<count { numbers[index] = questions[first + index].principal }
        principals.touch(numbers, count)
        for index in first..<first + count {
          let question = questions[index]
          answer(
            index,
            decide(
              question.principal, question.permission, in: question.organization,
              on: question.resource == .max ? nil : question.resource, at: now, where: holds))
        }
        first += count
      }
    }
  }

  /// Looks many subjects up together, by type and id as they came.
  package func principals(_ keys: UnsafeBufferPointer<NameKey>, into numbers: UnsafeMutablePointer<UInt32>) {
    principals.numbers(of: keys, into: numbers)
  }

  /// What the principal holds in the organization.
  @inline(__always)
  func place(
    in organization: UInt32, of held: UnsafeRawPointer, _ head: PolicyIndex.PrincipalHead
  ) -> PolicyIndex.Place? {
    var at = held + MemoryLayout<PolicyIndex.PrincipalHead>.stride
    for _ in 0..<Int(head.places) {
      if at.load(as: UInt32.self) == organization { return at.load(as: PolicyIndex.Place.self) }
      at += MemoryLayout<PolicyIndex.Place>.stride
    }
    return nil
  }

  /// The first of what is held in a place that grants the permission.
  @inline(__always)
  private func find(
    _ place: PolicyIndex.Place, of held: UnsafeRawPointer, _ holder: UInt32, _ question: Question, _ holds: (UInt32) -> Bool
  ) -> Verdict? {
    let numbers = (held + Int(place.numbers)).assumingMemoryBound(to: UInt32.self)
    let (roles, limited) = (Int(place.roles), Int(place.limited))
    for index in 0..<roles + limited {
      let role = numbers[index]
      guard role < columns, RoleMatrix.gives(role, question.permission, in: matrix) else { continue }
      var scope = PolicyIndex.Limit.anyResource
      if index >= roles {
        let limit = Registry.rest(ofPayload: held) + Int(place.limits) + (index - roles) * MemoryLayout<PolicyIndex.Limit>.stride
        guard applies(limit.load(as: PolicyIndex.Limit.self), question) else { continue }
        scope = limit.load(as: PolicyIndex.Limit.self).resource
      }
      guard grants(role, question, holds) else { continue }
      return Verdict(
        isAllowed: true, grant: Grant(role: role, holder: holder, scope: scope), reason: .permissionGranted)
    }
    guard place.groups > 0 else { return nil }
    return findInGroups(numbers + roles + limited, Int(place.groups), question, holds)
  }

  /// What a group holds counts for its members.
  private func findInGroups(
    _ groups: UnsafePointer<UInt32>, _ count: Int, _ question: Question, _ holds: (UInt32) -> Bool
  ) -> Verdict? {
    for index in 0..<count {
      guard let held = principals[groups[index]] else { continue }
      let head = held.load(as: PolicyIndex.PrincipalHead.self)
      guard head.isActive, let place = place(in: question.organization, of: held, head), place.isActive, place.groups == 0 else {
        continue
      }
      if let found = find(place, of: held, groups[index], question, holds) { return found }
    }
    return nil
  }

  struct Question {
    let permission: UInt32
    let organization: UInt32
    let kind: Int
    let resource: UInt32?
    let now: Int64
  }

  /// Whether a role that gives the permission somewhere gives it here.
  func grants(_ role: UInt32, _ question: Question, _ holds: (UInt32) -> Bool) -> Bool {
    guard let role = roles[role] else { return false }
    let head = role.load(as: PolicyIndex.RoleHead.self)
    guard head.kinds >> UInt8(question.kind) & 1 == 1 else { return false }
    guard head.owner == PolicyIndex.RoleHead.anyOwner || head.owner == question.organization else { return false }
    if head.hasEverything, bit(question.permission, everything + question.kind * words) { return true }
    let bits = (role + MemoryLayout<PolicyIndex.RoleHead>.stride).assumingMemoryBound(to: UInt64.self)
    let word = Int(question.permission / 64)
    if word < Int(head.words), bits[word] >> UInt64(question.permission % 64) & 1 == 1 { return true }
    guard head.conditions > 0 else { return false }
    return isGrantedConditionally(head, UnsafeRawPointer(bits + Int(head.words)), question.permission, holds)
  }

  private func isGrantedConditionally(
    _ head: PolicyIndex.RoleHead, _ pairs: UnsafeRawPointer, _ permission: UInt32, _ holds: (UInt32) -> Bool
  ) -> Bool {
    for index in 0..<Int(head.conditions) {
      guard pairs.load(fromByteOffset: index * 8, as: UInt32.self) == permission else { continue }
      if holds(pairs.load(fromByteOffset: index * 8 + 4, as: UInt32.self)) { return true }
    }
    return false
  }

  /// How far a resource may lie below the one an assignment names.
  package static let deepestResource = 16

  /// Whether an assignment counts for this resource at this moment.
  func applies(_ limit: PolicyIndex.Limit, _ question: Question) -> Bool {
    guard limit.from <= question.now, question.now < limit.until else { return false }
    guard limit.resource != PolicyIndex.Limit.anyResource else { return true }
    var resource = question.resource ?? PolicyIndex.ResourceHead.none
    for _ in 0...Self.deepestResource {
      if resource == limit.resource { return true }
      guard resource != PolicyIndex.ResourceHead.none,
        let head = resources[resource]?.load(as: PolicyIndex.ResourceHead.self),
        head.organization == question.organization
      else { return false }
      resource = head.parent
    }
    return false
  }

  @inline(__always)
  func bit(_ bit: UInt32, _ bits: UnsafePointer<UInt64>) -> Bool {
    let word = Int(bit / 64)
    return word < words && bits[word] >> UInt64(bit % 64) & 1 == 1
  }

  // MARK: what searches go along

  func name(ofPrincipal number: UInt32) -> NameKey? { principals.name(of: number) }
  func name(ofResource number: UInt32) -> NameKey? { resources.name(of: number) }
  func name(ofPermission number: UInt32) -> NameKey? { permissions.name(of: number) }

  func number(ofType type: UnsafeRawBufferPointer) -> UInt32? {
    index.types.number(of: NameKey(space: 0, type: UnsafeRawBufferPointer(start: nil, count: 0), id: type))
  }

  func permissions(ofType type: UInt32) -> [UInt32] { index.permissionsOfType[type] ?? [] }

  /// The roles that may give a permission in an organization, under a condition or without.
  func rolesGiving(_ permission: UInt32, in organization: UInt32) -> [UInt32] {
    guard permission < rows, let target = organizations[organization]?.load(as: PolicyIndex.OrganizationHead.self),
      target.isKnown,
      bit(permission, meaningful + Int(target.kind) * words)
    else { return [] }
    let question = Question(
      permission: permission, organization: organization, kind: Int(target.kind), resource: nil, now: 0)
    return index.matrix.roles(giving: permission).filter { grants($0, question) { _ in true } }
  }

  /// The resource above a resource in the organization.
  func parent(of resource: UInt32, in organization: UInt32) -> UInt32? {
    guard let head = resources[resource]?.load(as: PolicyIndex.ResourceHead.self), head.organization == organization,
      head.parent != PolicyIndex.ResourceHead.none
    else { return nil }
    return head.parent
  }

  /// The groups among those behind a key.
  func groups(in set: PairSet, _ key: UInt64) -> [UInt32] {
    var found: [UInt32] = []
    set.forEach(key) { member in
      let number = UInt32(truncatingIfNeeded: member)
      if let name = principals.name(of: number), name.type.isExactly(IndexedPrincipal.groupType) { found.append(number) }
      return true
    }
    return found
  }

  /// How far a principal's permission may reach at a moment, whether or not conditions hold.
  func reach(of principal: UInt32, _ permission: UInt32, in organization: UInt32, at now: Int64) -> (
    isEverywhere: Bool, scopes: [UInt32]
  ) {
    guard permission < rows, let target = organizations[organization]?.load(as: PolicyIndex.OrganizationHead.self),
      target.isKnown,
      let held = principals[principal]
    else { return (false, []) }
    let question = Question(
      permission: permission, organization: organization, kind: Int(target.kind), resource: nil, now: now)
    var (isEverywhere, scopes): (Bool, Set<UInt32>) = (false, [])
    func add(_ held: UnsafeRawPointer, _ depth: Int) {
      guard let place = place(in: organization, of: held, held.load(as: PolicyIndex.PrincipalHead.self)) else { return }
      let numbers = (held + Int(place.numbers)).assumingMemoryBound(to: UInt32.self)
      let limits = (Registry.rest(ofPayload: held) + Int(place.limits)).assumingMemoryBound(to: PolicyIndex.Limit.self)
      let (roles, limited) = (Int(place.roles), Int(place.limited))
      for index in 0..<roles + limited {
        guard numbers[index] < columns, RoleMatrix.gives(numbers[index], permission, in: matrix),
          grants(numbers[index], question, { _ in true })
        else { continue }
        if index < roles {
          isEverywhere = true
        } else {
          let limit = limits[index - roles]
          guard limit.from <= now, now < limit.until else { continue }
          if limit.resource == PolicyIndex.Limit.anyResource { isEverywhere = true } else { scopes.insert(limit.resource) }
        }
      }
      guard depth == 0 else { return }
      for index in 0..<Int(place.groups) {
        if let held = principals[numbers[roles + limited + index]] { add(held, 1) }
      }
    }
    add(held, 0)
    return (isEverywhere, scopes.sorted())
  }
}

/// Why a decision came out as it did.
package enum VerdictReason: UInt8, Sendable {
  case permissionGranted
  case noRoleGrantsPermission
  case organizationUnknown
  case organizationClosed
  case subjectUnknown
  case notAMember
  case subjectSuspended
  case membershipSuspended
}

extension PolicyView.Verdict {
  @inline(__always)
  fileprivate static func denied(_ reason: VerdictReason) -> Self {
    Self(isAllowed: false, grant: .none, reason: reason)
  }
}
