/// How resources lie in one another: what lies below each, over however many steps count, so that a search goes along it in order from any place on.
///
/// It takes as many entries for a resource as there are others above it. A change of one costs what lies below it, and a page of a search what is on
/// the page: there are many searches for each move.
struct ResourceTree: Sendable {
  /// What lies directly below a resource.
  private var children = PairSet()
  /// What lies below a resource, by its type (`key`).
  private(set) var descendants = PairSet()
  private var isLoading = false

  /// A resource whose way up may change, and what was above it.
  struct Moving {
    let member: UInt64
    let type: UInt32
    let above: [UInt32]
  }

  static func key(_ resource: UInt32, type: UInt32) -> UInt64 { UInt64(resource) << 32 | UInt64(type) }

  var bytes: Int { children.bytes + descendants.bytes }

  // MARK: changes

  /// A resource is about to become something else: what lies below it may lose what is above it.
  ///
  /// - Parameters:
  ///   - member: the resource (`PolicyIndex.member`).
  ///   - old: nil for one of which nothing is known.
  ///   - resources: as they are before.
  /// - Returns: what `finish` wants to know.
  mutating func begin(
    _ member: UInt64, from old: PolicyIndex.ResourceHead?, to new: PolicyIndex.ResourceHead, in resources: Registry,
    types: Registry
  ) -> [Moving] {
    if let old, old.parent != PolicyIndex.ResourceHead.none { children.remove(UInt64(old.parent), member) }
    if new.parent != PolicyIndex.ResourceHead.none { children.insert(UInt64(new.parent), member) }
    guard !isLoading else { return [] }
    // A way goes on through a resource of the same organization alone.
    let organizations = Set([old?.organization, new.organization].compactMap(\.self))
    return ([member] + below(member, of: organizations, in: resources)).compactMap { member in
      let number = UInt32(truncatingIfNeeded: member)
      guard let record = resources[number] else { return nil }
      let type = NameKey(space: 0, type: UnsafeRawBufferPointer(start: nil, count: 0), id: Registry.name(of: record).type)
      return types.number(of: type).map { Moving(member: member, type: $0, above: Self.above(number, in: resources)) }
    }
  }

  /// It has become that.
  ///
  /// - Parameter resources: as they are now.
  mutating func finish(_ moved: [Moving], in resources: Registry) {
    for moved in moved {
      let now = Set(Self.above(UInt32(truncatingIfNeeded: moved.member), in: resources))
      for resource in moved.above where !now.contains(resource) {
        descendants.remove(Self.key(resource, type: moved.type), moved.member)
      }
      for resource in now where !moved.above.contains(resource) {
        descendants.insert(Self.key(resource, type: moved.type), moved.member)
      }
    }
  }

  /// From now to `endLoading` it is only written down what lies directly below what.
  mutating func beginLoading() {
    isLoading = true
    children.beginLoading()
  }

  /// - Parameter ofTypes: all registered resources, by organization and type (`PolicyIndex.pair`).
  mutating func endLoading(_ ofTypes: PairSet, in resources: Registry) {
    isLoading = false
    children.endLoading()
    descendants = PairSet()
    descendants.beginLoading()
    ofTypes.forEachPair { key, member in
      for resource in Self.above(UInt32(truncatingIfNeeded: member), in: resources) {
        descendants.insert(Self.key(resource, type: UInt32(truncatingIfNeeded: key)), member)
      }
    }
    descendants.endLoading()
  }

  // MARK: ways

  /// What a registered resource lies in, as far as that counts, nearest first. Where the ways lead in a circle some come twice.
  private static func above(_ resource: UInt32, in resources: Registry) -> [UInt32] {
    guard var head = head(of: resource, in: resources) else { return [] }
    let organization = head.organization
    var found: [UInt32] = []
    while found.count < PolicyView.deepestResource, head.organization == organization,
      head.parent != PolicyIndex.ResourceHead.none
    {
      found.append(head.parent)
      guard let next = Self.head(of: head.parent, in: resources) else { break }
      head = next
    }
    return found
  }

  private static func head(of resource: UInt32, in resources: Registry) -> PolicyIndex.ResourceHead? {
    resources[resource].map { Registry.payload(of: $0).load(as: PolicyIndex.ResourceHead.self) }
  }

  /// What has its way up through a resource, without that.
  private func below(_ member: UInt64, of organizations: Set<UInt32>, in resources: Registry) -> [UInt64] {
    var found: [UInt64] = []
    var seen: Set<UInt64> = [member]
    var level = [(member, organizations)]
    for _ in 0..<PolicyView.deepestResource where !level.isEmpty {
      var deeper: [(UInt64, Set<UInt32>)] = []
      for (parent, organizations) in level {
        children.forEach(UInt64(UInt32(truncatingIfNeeded: parent))) { child in
          guard let head = Self.head(of: UInt32(truncatingIfNeeded: child), in: resources),
            organizations.contains(head.organization), seen.insert(child).inserted
          else { return true }
          found.append(child)
          deeper.append((child, [head.organization]))
          return true
        }
      }
      level = deeper
    }
    return found
  }
}
