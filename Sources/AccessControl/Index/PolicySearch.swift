// Searches (Authorization API 1.0 §8): who, to what, and how. They go along the indexes from what grants the permission, so that their time grows with
// what they find; every candidate is decided like a question of its own.

extension PolicyView {
  /// Where a search stopped: it goes on behind this.
  package struct Position: Sendable, Hashable {
    /// A place in the order of names that all instances share. Some few names have the same; they come in the order of their ids.
    package let order: UInt32
    /// The one of that place who was told or looked at last; empty when nobody was.
    package let id: String

    package init(order: UInt32, id: String) {
      self.order = order
      self.id = id
    }
  }

  package struct Found: Sendable {
    /// The ids of those found, in the order of the search.
    package let ids: [String]
    /// Where to go on; nil when that was all.
    package let next: Position?
    /// How many entries of the index were read for it.
    let read: Int
  }

  /// Who of a type may do this to that.
  ///
  /// - Parameters:
  ///   - type: of the subjects looked for, in bytes.
  ///   - after: where the search before stopped.
  ///   - limit: how many are looked for, at least one.
  ///   - examining: how many are looked at, at least one: where most are refused, a search stops early.
  ///   - goesOn: asked before each that is looked at; where it says no the search stops there. Of the first it must say yes.
  ///   - holds: whether a condition holds for a subject.
  ///   - isFound: whether a subject that may is found.
  package func subjects(
    ofType type: UnsafeRawBufferPointer, havingPermission permission: UInt32, in organization: UInt32, on resource: UInt32?,
    at now: Int64, after: Position? = nil, limit: Int, examining: Int = .max, while goesOn: () -> Bool = { true },
    where holds: (_ principal: UInt32, _ condition: UInt32) -> Bool = { _, _ in false },
    and isFound: (_ principal: UInt32) -> Bool = { _ in true }
  ) -> Found {
    var sources: [Cursor.Source] = []
    // Everybody who holds a role that gives it, for everything in the organization, and the members of groups that do.
    for role in rolesGiving(permission, in: organization) {
      addHolders(.holders, PolicyIndex.pair(organization, role), to: &sources)
    }
    // Those who hold some role for this very resource or for one above it.
    var place = resource
    for _ in 0...Self.deepestResource {
      guard let resource = place else { break }
      addHolders(.assignees, UInt64(resource), to: &sources)
      place = parent(of: resource, in: organization)
    }
    return collect(
      sources, after: after, limit: limit, examining: examining, while: goesOn,
      // Another organization may call somebody of its own just so, and may give them a role for a resource of that name.
      named: { principal in
        name(ofPrincipal: principal).flatMap { name in
          (name.space == NameKey.space(of: nil) || name.space == NameKey.space(of: organization))
            && name.type.elementsEqual(type) ? name : nil
        }
      },
      where: { principal in
        decide(principal, permission, in: organization, on: resource, at: now) { holds(principal, $0) }.isAllowed
          && isFound(principal)
      })
  }

  /// To which registered resources of a type the subject may do this; and to which others that a role names which the subject holds for one resource.
  /// What is registered in another organization is none of them.
  package func resources(
    ofType type: UnsafeRawBufferPointer, for principal: UInt32, having permission: UInt32, in organization: UInt32, at now: Int64,
    after: Position? = nil, limit: Int, examining: Int = .max, while goesOn: () -> Bool = { true },
    where holds: (_ resource: UInt32, _ condition: UInt32) -> Bool = { _, _ in false },
    and isFound: (_ resource: UInt32) -> Bool = { _ in true }
  ) -> Found {
    guard let number = number(ofType: type) else { return Found(ids: [], next: nil, read: 0) }
    let reach = reach(of: principal, permission, in: organization, at: now)
    // What is named itself, also where it is registered nowhere; and everything there, or what lies below.
    let named = reach.scopes.compactMap { scope in
      name(ofResource: scope).flatMap { $0.type.elementsEqual(type) ? PolicyIndex.member(scope, named: $0) : nil }
    }
    var sources: [Cursor.Source] = named.isEmpty ? [] : [.list(named.sorted())]
    if reach.isEverywhere {
      sources.append(.set(.resourcesOfType, PolicyIndex.pair(organization, number)))
    } else {
      sources += reach.scopes.map { .set(.descendants, ResourceTree.key($0, type: number)) }
    }
    return collect(
      sources, after: after, limit: limit, examining: examining, while: goesOn,
      named: { resource in name(ofResource: resource).flatMap { $0.type.elementsEqual(type) ? $0 : nil } },
      where: { resource in
        (self.organization(ofResource: resource).map { $0 == organization } ?? true)
          && decide(principal, permission, in: organization, on: resource, at: now) { holds(resource, $0) }.isAllowed
          && isFound(resource)
      })
  }

  /// What the subject may do to a resource of the type: the actions, in their order.
  ///
  /// - Parameter after: the action that was told or looked at last.
  package func actions(
    onType type: UnsafeRawBufferPointer, _ resource: UInt32?, for principal: UInt32, in organization: UInt32, at now: Int64,
    after: Position? = nil, limit: Int = .max, while goesOn: () -> Bool = { true },
    where holds: (_ permission: UInt32, _ condition: UInt32) -> Bool = { _, _ in false },
    and isFound: (_ permission: UInt32) -> Bool = { _ in true }
  ) -> Found {
    guard let number = number(ofType: type) else { return Found(ids: [], next: nil, read: 0) }
    let named = permissions(ofType: number).compactMap { permission in action(ofPermission: permission).map { ($0, permission) } }
    var ids: [String] = []
    var last = after
    for (action, permission) in named.sorted(by: { $0.0 < $1.0 }) where after.map({ $0.id < action }) ?? true {
      guard goesOn() else { return Found(ids: ids, next: last, read: named.count) }
      let verdict = decide(principal, permission, in: organization, on: resource, at: now) { holds(permission, $0) }
      if verdict.isAllowed, isFound(permission) {
        guard ids.count < limit else { return Found(ids: ids, next: last, read: named.count) }
        ids.append(action)
      }
      last = Position(order: 0, id: action)
    }
    return Found(ids: ids, next: nil, read: named.count)
  }

  // MARK: names of what a condition is asked about

  package func id(ofPrincipal number: UInt32) -> String? { name(ofPrincipal: number).map(Self.text) }

  package func id(ofResource number: UInt32) -> String? { name(ofResource: number).map(Self.text) }

  package func action(ofPermission number: UInt32) -> String? { name(ofPermission: number).map(Self.text) }

  private static func text(_ name: NameKey) -> String { String(decoding: name.id, as: UTF8.self) }

  // MARK: where to look

  /// The members of a set under a key, and those who belong to the groups among them.
  private func addHolders(_ set: Cursor.Set, _ key: UInt64, to sources: inout [Cursor.Source]) {
    sources.append(.set(set, key))
    for group in groups(in: self.set(set), key) { sources.append(.set(.members, UInt64(group))) }
  }

  /// - Parameters:
  ///   - name: the name of a number; nil for what is not of the type that is looked for.
  ///   - isFound: whether that one is told.
  private func collect(
    _ sources: [Cursor.Source], after: Position?, limit: Int, examining: Int, while goesOn: () -> Bool,
    named name: (UInt32) -> NameKey?, where isFound: (UInt32) -> Bool
  ) -> Found {
    var cursor = Cursor(self, sources, from: after.map { UInt64($0.order) << 32 } ?? 0)
    var ids: [String] = []
    var last: Position?
    var examined = 0
    var neighbours: [(number: UInt32, name: NameKey)] = []
    while let (order, count) = cursor.next(into: &neighbours, named: name) {
      guard examined < examining, goesOn() else {
        return Found(ids: ids, next: Position(order: order, id: ""), read: cursor.count)
      }
      examined += count - neighbours.count
      if let after, after.order == order { neighbours.removeAll { !after.id.utf8.lexicographicallyPrecedes($0.name.id) } }
      for (place, neighbour) in neighbours.enumerated() {
        guard place == 0 || (examined < examining && goesOn()) else {
          return Found(ids: ids, next: Position(order: order, id: Self.text(neighbours[place - 1].name)), read: cursor.count)
        }
        examined += 1
        guard isFound(neighbour.number) else { continue }
        // There is one more than asked for.
        guard ids.count < limit else { return Found(ids: ids, next: last, read: cursor.count) }
        let id = Self.text(neighbour.name)
        ids.append(id)
        last = Position(order: order, id: id)
      }
    }
    return Found(ids: ids, next: nil, read: cursor.count)
  }
}

/// Goes through several ordered sources as if they were one, and names nobody twice.
fileprivate struct Cursor {
  enum Set { case holders, assignees, members, resourcesOfType, descendants }

  enum Source {
    case set(Set, UInt64)
    /// In order.
    case list([UInt64])
  }

  /// How many are read ahead of each set.
  private static let readAhead = 64

  private struct Stream {
    let source: Source
    var read: [UInt64]
    var place = 0
    var isAtEnd: Bool
  }

  private let view: PolicyView
  private var streams: [Stream] = []
  /// Read already, being of the next place.
  private var ahead: UInt64?
  /// How many entries were read so far.
  private(set) var count = 0

  init(_ view: PolicyView, _ sources: [Source], from first: UInt64) {
    self.view = view
    streams = sources.map { source in
      switch source {
      case .set: Stream(source: source, read: [], isAtEnd: false)
      case .list(let members): Stream(source: source, read: members.filter { $0 >= first }, isAtEnd: true)
      }
    }
    count = streams.reduce(0) { $0 + $1.read.count }
    for index in streams.indices where !streams[index].isAtEnd { fill(index, from: first) }
    streams.removeAll { $0.read.isEmpty }
  }

  private mutating func fill(_ index: Int, from first: UInt64) {
    guard case .set(let set, let key) = streams[index].source else { return }
    streams[index].read = view.members(of: set, key, from: first, atMost: Self.readAhead)
    streams[index].place = 0
    count += streams[index].read.count
    streams[index].isAtEnd = streams[index].read.count < Self.readAhead
  }

  /// The next place in the order, with those who have it and a name that is wanted, in the order of their ids.
  ///
  /// - Returns: the place, and how many have it.
  mutating func next(
    into neighbours: inout [(number: UInt32, name: NameKey)], named name: (UInt32) -> NameKey?
  ) -> (order: UInt32, count: Int)? {
    guard let first = ahead ?? next() else { return nil }
    neighbours.removeAll(keepingCapacity: true)
    var (member, count): (UInt64?, Int) = (first, 0)
    while let one = member, one >> 32 == first >> 32 {
      let number = UInt32(truncatingIfNeeded: one)
      if let name = name(number) { neighbours.append((number, name)) }
      count += 1
      member = next()
    }
    ahead = member
    if neighbours.count > 1 { neighbours.sort { $0.name.id.lexicographicallyPrecedes($1.name.id) } }
    return (UInt32(first >> 32), count)
  }

  /// The next in order.
  private mutating func next() -> UInt64? {
    guard let next = streams.lazy.map({ $0.read[$0.place] }).min() else { return nil }
    for index in streams.indices where streams[index].read[streams[index].place] == next {
      streams[index].place += 1
      if streams[index].place == streams[index].read.count, !streams[index].isAtEnd { fill(index, from: next + 1) }
    }
    streams.removeAll { $0.place >= $0.read.count }
    return next
  }
}

extension PolicyView {
  fileprivate func members(of set: Cursor.Set, _ key: UInt64, from first: UInt64, atMost count: Int) -> [UInt64] {
    var found: [UInt64] = []
    self.set(set).forEach(key, from: first) { member in
      found.append(member)
      return found.count < count
    }
    return found
  }

  fileprivate func set(_ set: Cursor.Set) -> PairSet {
    switch set {
    case .holders: index.holders
    case .assignees: index.assignees
    case .members: index.members
    case .resourcesOfType: index.resourcesOfType
    case .descendants: index.tree.descendants
    }
  }
}
