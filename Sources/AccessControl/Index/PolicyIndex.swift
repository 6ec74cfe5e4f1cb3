package import Primitives

/// What decisions depend on, by number and in pages: organizations, permissions, roles, resources and principals with what they hold.
///
/// A value: a copy shares everything that neither changes, and a change of one assignment copies some pages, whether there are a thousand or a
/// million. Readers ask a `PolicyView` of it.
package struct PolicyIndex: Sendable {
  // What a principal holds stands in memory like this: the head; a `Place` for each organization; for each place the numbers of its roles, those without
  // a limit first, then of the limited ones, then of its groups. Behind the name what is read only of a role that grants something: for each place the
  // limits of the limited ones, in the same order.

  struct PrincipalHead {
    static let noHome = UInt32.max

    let isKnown: Bool
    let isActive: Bool
    let places: UInt16
    /// The organization of a work account.
    let home: UInt32

    /// Of a group that is only spoken of.
    static let unknown = PrincipalHead(isKnown: false, isActive: false, places: 0, home: noHome)
  }

  /// What a principal holds in one organization.
  struct Place {
    let organization: UInt32
    let isActive: Bool
    let padding: UInt8 = 0
    /// How many roles count everywhere and always, how many have a limit, and how many groups there are.
    let roles: UInt16
    let limited: UInt16
    let groups: UInt16
    /// Where the numbers of roles begin, in bytes from the head; where the limits, in bytes from the rest.
    let numbers: UInt32
    let limits: UInt32
  }

  /// Scope and times of an assignment.
  struct Limit {
    static let anyResource = UInt32.max

    let from: Int64
    let until: Int64
    let resource: UInt32
    let padding: UInt32 = 0
  }

  struct OrganizationHead {
    let isKnown: Bool
    let kind: UInt8
    let isOpen: Bool

    /// Of an organization that is only spoken of.
    static let unknown = OrganizationHead(isKnown: false, kind: 0, isOpen: false)
  }

  struct ResourceHead {
    static let none = UInt32.max

    /// `none` where the name is only spoken of: as a scope or a parent.
    let organization: UInt32
    let parent: UInt32

    static let unknown = ResourceHead(organization: none, parent: none)
  }

  /// Followed by as many words of permissions as it says, and pairs of permission and condition.
  struct RoleHead {
    static let anyOwner = UInt32.max

    let owner: UInt32
    let kinds: UInt8
    let hasEverything: Bool
    let words: UInt16
    let conditions: UInt32
    let padding: UInt32 = 0

    /// Of a role that is only spoken of.
    static let unknown = RoleHead(owner: anyOwner, kinds: 0, hasEverything: false, words: 0, conditions: 0)
  }

  private let hash: SeededHash

  private(set) var organizations: Registry
  private(set) var permissions: Registry
  private(set) var roles: Registry
  private(set) var resources: Registry
  private(set) var principals: Registry
  /// The permissions each role gives somewhere: by itself, by what it inherits, where a condition holds.
  private(set) var matrix = RoleMatrix()
  /// The roles that have everything, by number; and the kinds of organization of each.
  private var unlimited: [UInt32: UInt8] = [:]
  /// For each kind of organization, the permissions that mean something there and those that "everything" comes to.
  private(set) var meaningful: [[UInt64]] = [[], [], []]
  private(set) var everything: [[UInt64]] = [[], [], []]

  // What searches go along. A member is a name's place in the order above its number (`member(_:named:)`).

  /// Who holds a role in an organization (`pair`), for everything there.
  private(set) var holders = PairSet()
  /// Who holds some role for one resource.
  private(set) var assignees = PairSet()
  /// Who belongs to a group.
  private(set) var members = PairSet()
  /// The resources of a type in an organization (`pair`).
  private(set) var resourcesOfType = PairSet()
  /// What lies below a resource.
  private(set) var tree = ResourceTree()
  /// The types of resources, and the permissions that begin with each.
  private(set) var types: Registry
  private(set) var permissionsOfType: [UInt32: [UInt32]] = [:]

  /// - Parameter random: seeds the hash of names.
  package init(seededBy random: any RandomSource) { self.init(hash: SeededHash(seededBy: random)) }

  init(hash: SeededHash) {
    self.hash = hash
    organizations = Registry(hash: hash)
    permissions = Registry(hash: hash)
    roles = Registry(hash: hash)
    resources = Registry(hash: hash)
    principals = Registry(hash: hash)
    types = Registry(hash: hash)
  }

  static func pair(_ organization: UInt32, _ other: UInt32) -> UInt64 { UInt64(organization) << 32 | UInt64(other) }

  static func member(_ number: UInt32, named key: NameKey) -> UInt64 { UInt64(place(of: key)) << 32 | UInt64(number) }

  /// Where a name stands in an order that is the same in every instance, so that a search can be continued anywhere. Numbers are each instance's own, that of
  /// the organization whose name it is no less: none goes into it. By a digest, since everybody knows how it is made: names of one place have to be
  /// sought one by one.
  static func place(of key: NameKey) -> UInt32 {
    SHA256Digest.of(Array(key.type) + [0] + Array(key.id)).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// How much memory it takes, in bytes.
  package var bytes: Int {
    [organizations, permissions, roles, resources, principals, types].reduce(matrix.bytes) { $0 + $1.bytes }
      + [holders, assignees, members, resourcesOfType].reduce(tree.bytes) { $0 + $1.bytes }
  }

  package func makeView() -> PolicyView { PolicyView(self, hash: hash) }

  // MARK: changing it

  /// Says what is known of an organization.
  ///
  /// - Parameter kind: 0, 1 or 2: a bit of `kinds` elsewhere.
  package mutating func setOrganization(_ id: String, kind: Int, isOpen: Bool) {
    Self.withName("", id) {
      organizations.set($0, to: Self.bytes(of: OrganizationHead(isKnown: true, kind: UInt8(kind), isOpen: isOpen)))
    }
  }

  /// What others refer to by number keeps it, so that nothing else ever gets it.
  package mutating func removeOrganization(_ id: String) {
    Self.withName("", id) { organizations.forget($0, as: Self.bytes(of: OrganizationHead.unknown)) }
  }

  /// Says in which kinds of organization a permission means something (`kinds`), and in which "everything" includes it.
  package mutating func setPermission(_ type: String, _ action: String, kinds: Set<Int>, includedIn included: Set<Int>) {
    let number = Self.withName(type, action) { permissions.set($0, to: []) }
    let known = permissionsOfType[self.number(ofType: type), default: []]
    if !known.contains(number) { permissionsOfType[self.number(ofType: type)] = known + [number] }
    for kind in 0..<3 {
      meaningful[kind].setBit(number, to: kinds.contains(kind))
      everything[kind].setBit(number, to: included.contains(kind))
    }
    for (role, kinds) in unlimited { giveEverything(to: role, in: kinds) }
  }

  package mutating func removePermission(_ type: String, _ action: String) {
    guard let number = Self.withName(type, action, permissions.number) else { return }
    for kind in 0..<3 {
      meaningful[kind].setBit(number, to: false)
      everything[kind].setBit(number, to: false)
    }
    for (role, kinds) in unlimited { giveEverything(to: role, in: kinds) }
  }

  private mutating func giveEverything(to role: UInt32, in kinds: UInt8) {
    let bits = Set((0..<3).filter { kinds >> UInt8($0) & 1 == 1 }.flatMap { everything[$0].bits })
    matrix.set(role, to: bits)
  }

  /// Says what a role comes to: the permissions it gives by itself and by what it inherits.
  ///
  /// - Parameters:
  ///   - owner: the organization that defined it for itself.
  ///   - kinds: the kinds of organization in which it can be held.
  ///   - granted: nil for everything there is where it is held.
  ///   - conditional: permissions it gives where a condition holds, with the number of the condition.
  /// - Returns: the role's number, which it keeps.
  @discardableResult
  package mutating func setRole(
    _ id: String, owner: String?, kinds: Set<Int>, granted: [(type: String, action: String)]?,
    conditional: [(type: String, action: String, condition: UInt32)] = []
  ) -> UInt32 {
    var words: [UInt64] = []
    for permission in granted ?? [] {
      if let number = Self.withName(permission.type, permission.action, permissions.number) { words.setBit(number, to: true) }
    }
    let conditions = conditional.compactMap { rule in
      Self.withName(rule.type, rule.action, permissions.number).map { ($0, rule.condition) }
    }
    let ownerNumber = owner.map { self.number(ofOrganization: $0) }
    let mask = kinds.reduce(UInt8(0)) { $0 | 1 << UInt8($1) }
    var payload = Self.bytes(
      of: RoleHead(
        owner: ownerNumber ?? RoleHead.anyOwner, kinds: mask, hasEverything: granted == nil, words: UInt16(words.count),
        conditions: UInt32(conditions.count)))
    for word in words { payload += Self.bytes(of: word) }
    for (permission, condition) in conditions { payload += Self.bytes(of: permission) + Self.bytes(of: condition) }
    let number = Self.withName("", id) { roles.set($0, to: payload) }
    if granted == nil {
      unlimited[number] = mask
      giveEverything(to: number, in: mask)
    } else {
      unlimited[number] = nil
      matrix.set(number, to: words.bits + conditions.map(\.0))
    }
    return number
  }

  package mutating func removeRole(_ id: String) {
    guard let number = Self.withName("", id, roles.number) else { return }
    Self.withName("", id) { roles.forget($0, as: Self.bytes(of: RoleHead.unknown)) }
    unlimited[number] = nil
    matrix.set(number, to: [])
  }

  /// A resource that is registered.
  ///
  /// - Returns: its number, which it keeps.
  @discardableResult
  package mutating func setResource(
    _ name: (type: String, id: String), in organization: String, below parent: (type: String, id: String)? = nil
  ) -> UInt32 {
    let head = ResourceHead(
      organization: number(ofOrganization: organization), parent: parent.map { number(ofResource: $0) } ?? ResourceHead.none)
    return changeResource(name, to: head)
  }

  /// A resource that is registered no more; the scopes that name it stay.
  ///
  /// - Returns: the number it had.
  @discardableResult
  package mutating func removeResource(_ name: (type: String, id: String)) -> UInt32? {
    guard Self.withName(name.type, name.id, resources.number) != nil else { return nil }
    return changeResource(name, to: .unknown)
  }

  private mutating func changeResource(_ name: (type: String, id: String), to head: ResourceHead) -> UInt32 {
    let number = self.number(ofResource: name)
    let type = self.number(ofType: name.type)
    let member = Self.withName(name.type, name.id) { Self.member(number, named: $0) }
    let old = resources[number].map { Registry.payload(of: $0).load(as: ResourceHead.self) }
    guard old?.organization != head.organization || old?.parent != head.parent else { return number }
    if let old, old.organization != ResourceHead.none { resourcesOfType.remove(Self.pair(old.organization, type), member) }
    if head.organization != ResourceHead.none { resourcesOfType.insert(Self.pair(head.organization, type), member) }
    let moved = tree.begin(member, from: old, to: head, in: resources, types: types)
    Self.withName(name.type, name.id) { resources.set($0, to: Self.bytes(of: head)) }
    tree.finish(moved, in: resources)
    return number
  }

  private mutating func number(ofType type: String) -> UInt32 { Self.withName("", type) { types.intern($0, as: []) } }

  private mutating func number(ofResource name: (type: String, id: String)) -> UInt32 {
    Self.withName(name.type, name.id) { resources.intern($0, as: Self.bytes(of: ResourceHead.unknown)) }
  }

  /// Says who a principal is and everything they hold. What they hold where they are no member counts for nothing.
  ///
  /// - Returns: the principal's number, until it is removed.
  @discardableResult
  package mutating func setPrincipal(_ principal: IndexedPrincipal) -> UInt32 {
    let places = principal.memberships.map { membership in
      let organization = number(ofOrganization: membership.organization)
      return HeldPlace(
        organization: organization, isActive: membership.isActive,
        assignments: principal.assignments.filter { $0.organization == membership.organization }.map { held($0) },
        groups: principal.groups.filter { $0.organization == membership.organization }.map { group in
          Self.withName(IndexedPrincipal.groupType, group.id, space: NameKey.space(of: organization)) {
            principals.intern($0, as: Self.bytes(of: PrincipalHead.unknown))
          }
        })
    }
    let space = NameKey.space(of: principal.organization.map { number(ofOrganization: $0) })
    let home = principal.home.map { number(ofOrganization: $0) } ?? PrincipalHead.noHome
    let (payload, rest) = HeldPlace.payload(isActive: principal.isActive, home: home, places)
    return Self.withName(principal.type, principal.id, space: space) { key in
      let old = principals.number(of: key).map { self.links(of: $0) } ?? []
      let number = principals.set(key, to: payload, besides: rest)
      relink(Self.member(number, named: key), from: old, to: links(of: number))
      return number
    }
  }

  private mutating func held(_ assignment: IndexedPrincipal.Assignment) -> HeldPlace.Assignment {
    let role = Self.withName("", assignment.role) { roles.intern($0, as: Self.bytes(of: RoleHead.unknown)) }
    // So that there is a block for it, if only of zeros.
    if role / RoleMatrix.rolesPerBlock >= matrix.blockCount { matrix.set(role, to: []) }
    let scope = assignment.scope.map { number(ofResource: $0) }
    let isLimited = scope != nil || assignment.from != nil || assignment.until != nil
    return HeldPlace.Assignment(
      role: role,
      limit: isLimited
        ? Limit(from: assignment.from ?? .min, until: assignment.until ?? .max, resource: scope ?? Limit.anyResource) : nil)
  }

  /// - Returns: the number it had.
  @discardableResult
  package mutating func removePrincipal(type: String, id: String, of organization: String?) -> UInt32? {
    let space = NameKey.space(of: organization.map { number(ofOrganization: $0) })
    return Self.withName(type, id, space: space) { key in
      guard let number = principals.number(of: key) else { return nil }
      relink(Self.member(number, named: key), from: links(of: number), to: [])
      if type == IndexedPrincipal.groupType {
        principals.forget(key, as: Self.bytes(of: PrincipalHead.unknown))
      } else {
        principals.remove(key)
      }
      return number
    }
  }

  /// Where a principal is found by what they hold.
  private enum Link: Hashable {
    case holder(UInt64)
    case assignee(UInt64)
    case member(UInt64)
  }

  /// Where a principal stands in the indexes; some may come twice.
  private func links(of principal: UInt32) -> [Link] {
    guard let record = principals[principal] else { return [] }
    let held = Registry.payload(of: record)
    var links: [Link] = []
    for place in HeldPlace.places(of: held) {
      let numbers = (held + Int(place.numbers)).assumingMemoryBound(to: UInt32.self)
      let limits = (Registry.rest(ofPayload: held) + Int(place.limits)).assumingMemoryBound(to: Limit.self)
      let (roles, limited, groups) = (Int(place.roles), Int(place.limited), Int(place.groups))
      for index in 0..<roles + limited {
        if index >= roles, limits[index - roles].resource != Limit.anyResource {
          links.append(.assignee(UInt64(limits[index - roles].resource)))
        } else {
          links.append(.holder(Self.pair(place.organization, numbers[index])))
        }
      }
      for index in 0..<groups { links.append(.member(UInt64(numbers[roles + limited + index]))) }
    }
    return links
  }

  private mutating func relink(_ member: UInt64, from old: [Link], to new: [Link]) {
    guard !old.isEmpty else { return new.forEach { link(member, $0) } }
    let (before, after) = (Set(old), Set(new))
    for link in before.subtracting(after) {
      switch link {
      case .holder(let key): holders.remove(key, member)
      case .assignee(let key): assignees.remove(key, member)
      case .member(let key): members.remove(key, member)
      }
    }
    for link in after.subtracting(before) { self.link(member, link) }
  }

  private mutating func link(_ member: UInt64, _ link: Link) {
    switch link {
    case .holder(let key): holders.insert(key, member)
    case .assignee(let key): assignees.insert(key, member)
    case .member(let key): members.insert(key, member)
    }
  }

  private static var sets: [WritableKeyPath<PolicyIndex, PairSet>] {
    [\.holders, \.assignees, \.members, \.resourcesOfType]
  }

  /// Begins changes that make much of the policy, as a start does: what searches go along is put in order at their end, in a fraction of the time.
  package mutating func beginLoading() {
    for set in Self.sets { self[keyPath: set].beginLoading() }
    tree.beginLoading()
  }

  package mutating func endLoading() {
    for set in Self.sets { self[keyPath: set].endLoading() }
    tree.endLoading(resourcesOfType, in: resources)
  }

  private mutating func number(ofOrganization id: String) -> UInt32 {
    Self.withName("", id) { organizations.intern($0, as: Self.bytes(of: OrganizationHead.unknown)) }
  }

  // MARK: bytes

  @discardableResult
  private static func withName<Value>(
    _ type: String, _ id: String, space: UInt32 = 0, _ body: (NameKey) -> Value
  ) -> Value {
    var (type, id) = (type, id)
    return type.withUTF8 { type in
      id.withUTF8 { id in body(NameKey(space: space, type: UnsafeRawBufferPointer(type), id: UnsafeRawBufferPointer(id))) }
    }
  }

  private static func bytes<Value: BitwiseCopyable>(of value: Value) -> [UInt8] { withUnsafeBytes(of: value) { Array($0) } }
}

/// A principal as the index takes it.
package struct IndexedPrincipal: Sendable {
  /// The type under which groups are named.
  package static let groupType = "group"

  package struct Membership: Sendable {
    package let organization: String
    package let isActive: Bool
    package init(organization: String, isActive: Bool) {
      self.organization = organization
      self.isActive = isActive
    }
  }

  package struct Assignment: Sendable {
    package let role: String
    package let organization: String
    package let scope: (type: String, id: String)?
    /// Microseconds since 1970.
    package let from: Int64?
    package let until: Int64?

    package init(
      role: String, organization: String, scope: (type: String, id: String)? = nil, from: Int64? = nil, until: Int64? = nil
    ) {
      self.role = role
      self.organization = organization
      self.scope = scope
      self.from = from
      self.until = until
    }
  }

  package let type: String
  package let id: String
  /// Whose own it is: of groups and registered subjects.
  package let organization: String?
  /// Where a work account is at home.
  package let home: String?
  package let isActive: Bool
  package let memberships: [Membership]
  package let groups: [(organization: String, id: String)]
  package let assignments: [Assignment]

  package init(
    type: String, id: String, organization: String?, home: String? = nil, isActive: Bool, memberships: [Membership],
    groups: [(organization: String, id: String)] = [], assignments: [Assignment]
  ) {
    self.type = type
    self.id = id
    self.organization = organization
    self.home = home
    self.isActive = isActive
    self.memberships = memberships
    self.groups = groups
    self.assignments = assignments
  }
}

/// What a principal holds in one organization, by numbers, on its way into memory.
struct HeldPlace {
  struct Assignment {
    let role: UInt32
    let limit: PolicyIndex.Limit?
  }

  let organization: UInt32
  let isActive: Bool
  let assignments: [Assignment]
  let groups: [UInt32]

  /// What stands in memory.
  static func places(of held: UnsafeRawPointer) -> UnsafeBufferPointer<PolicyIndex.Place> {
    let head = held.load(as: PolicyIndex.PrincipalHead.self)
    let first = (held + MemoryLayout<PolicyIndex.PrincipalHead>.stride).assumingMemoryBound(to: PolicyIndex.Place.self)
    return UnsafeBufferPointer(start: first, count: Int(head.places))
  }

  static func payload(isActive: Bool, home: UInt32, _ places: [HeldPlace]) -> (payload: [UInt8], rest: [UInt8]) {
    let start =
      MemoryLayout<PolicyIndex.PrincipalHead>.stride + places.count * MemoryLayout<PolicyIndex.Place>.stride
    var (numbers, limits): ([UInt32], [PolicyIndex.Limit]) = ([], [])
    var heads: [PolicyIndex.Place] = []
    for place in places {
      let limited = place.assignments.filter { $0.limit != nil }
      let whole = place.assignments.filter { $0.limit == nil }
      heads.append(
        PolicyIndex.Place(
          organization: place.organization, isActive: place.isActive, roles: UInt16(whole.count), limited: UInt16(limited.count),
          groups: UInt16(place.groups.count), numbers: UInt32(start + numbers.count * 4),
          limits: UInt32(limits.count * MemoryLayout<PolicyIndex.Limit>.stride)))
      numbers += whole.map(\.role) + limited.map(\.role) + place.groups
      limits += limited.compactMap(\.limit)
    }
    var payload: [UInt8] = []
    payload.reserveCapacity(start + numbers.count * 4)
    append(
      PolicyIndex.PrincipalHead(isKnown: true, isActive: isActive, places: UInt16(places.count), home: home), to: &payload)
    for head in heads { append(head, to: &payload) }
    numbers.withUnsafeBytes { payload.append(contentsOf: $0) }
    var rest: [UInt8] = []
    limits.withUnsafeBytes { rest.append(contentsOf: $0) }
    return (payload, rest)
  }

  private static func append<Value: BitwiseCopyable>(_ value: Value, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
  }
}

extension [UInt64] {
  /// The numbers of the bits that are set.
  fileprivate var bits: [UInt32] {
    enumerated().flatMap { word, value in (0..<64).filter { value >> UInt64($0) & 1 == 1 }.map { UInt32(word * 64 + $0) } }
  }

  fileprivate mutating func setBit(_ bit: UInt32, to value: Bool) {
    let word = Int(bit / 64)
    if word >= count {
      guard value else { return }
      append(contentsOf: repeatElement(0, count: word + 1 - count))
    }
    if value { self[word] |= 1 << UInt64(bit % 64) } else { self[word] &= ~(1 << UInt64(bit % 64)) }
  }
}
