// What is held, beyond the first grant that a decision looks for: for tokens, for Usher's own operations, for reasons.

extension PolicyView {
  /// What is known of a principal by itself.
  package struct Standing: Sendable {
    package let isActive: Bool
    /// The organization a work account is at home in, by number.
    package let home: UInt32?
  }

  package func standing(of principal: UInt32) -> Standing? {
    guard let head = head(of: principal) else { return nil }
    return Standing(isActive: head.isActive, home: head.home == PolicyIndex.PrincipalHead.noHome ? nil : head.home)
  }

  /// What a principal holds in one organization of which it is a member.
  package struct Holding: Sendable {
    package let organization: UInt32
    package let isActive: Bool
    /// The roles that count for everything there at the moment, its own and those of its groups. Each once, in no order.
    package let roles: Set<UInt32>
  }

  /// What a principal holds, in every organization of which it is a member.
  ///
  /// - Parameter now: microseconds since 1970.
  package func holdings(of principal: UInt32, at now: Int64) -> [Holding] {
    guard let held = principals[principal] else { return [] }
    return HeldPlace.places(of: held).map { place in
      Holding(
        organization: place.organization, isActive: place.isActive, roles: roles(of: principal, in: place.organization, at: now))
    }
  }

  /// The roles that a principal holds in an organization at a moment, itself or through its groups, for everything or for some resource.
  ///
  /// - Parameter now: microseconds since 1970.
  package func heldRoles(of principal: UInt32, in organization: UInt32, at now: Int64) -> Set<UInt32> {
    var roles: Set<UInt32> = []
    forEachAssignment(of: principal, in: organization) { grant, limit in
      if limit.map({ $0.from <= now && now < $0.until }) ?? true { roles.insert(grant.role) }
    }
    return roles
  }

  /// The organizations of which a principal is a member, and whether the membership is active.
  package func memberships(of principal: UInt32) -> [(organization: UInt32, isActive: Bool)] {
    guard let held = principals[principal] else { return [] }
    return HeldPlace.places(of: held).map { ($0.organization, $0.isActive) }
  }

  /// Why the principal can do nothing at all in the organization; nil for an active member of one that is open.
  package func refusal(of principal: UInt32?, in organization: UInt32?) -> VerdictReason? {
    guard let target = organization.flatMap({ organizations[$0] })?.load(as: PolicyIndex.OrganizationHead.self), target.isKnown
    else { return .organizationUnknown }
    guard let organization, let held = principal.flatMap({ principals[$0] }) else { return .subjectUnknown }
    let head = held.load(as: PolicyIndex.PrincipalHead.self)
    guard head.isKnown else { return .subjectUnknown }
    guard let place = place(in: organization, of: held, head) else { return .notAMember }
    guard head.isActive else { return .subjectSuspended }
    guard place.isActive else { return .membershipSuspended }
    return target.isOpen ? nil : .organizationClosed
  }

  /// Everything by which the principal has the permission, where `decide` ends at the first: its own, then that of its groups.
  ///
  /// - Parameter counts: whether a role is looked at. Of the others no condition is asked.
  package func grants(
    of principal: UInt32, _ permission: UInt32, in organization: UInt32, on resource: UInt32?, at now: Int64,
    ofRoles counts: (_ role: UInt32) -> Bool = { _ in true }, where holds: (_ condition: UInt32) -> Bool = { _ in false }
  ) -> [Grant] {
    guard refusal(of: principal, in: organization) == nil, permission < rows,
      let target = organizations[organization]?.load(as: PolicyIndex.OrganizationHead.self),
      bit(permission, meaningful + Int(target.kind) * words)
    else { return [] }
    let question = Question(
      permission: permission, organization: organization, kind: Int(target.kind), resource: resource, now: now)
    var found: [Grant] = []
    forEachAssignment(of: principal, in: organization) { grant, limit in
      guard gives(grant.role, permission), limit.map({ applies($0, question) }) ?? true, counts(grant.role),
        grants(grant.role, question, holds)
      else { return }
      found.append(grant)
    }
    return found
  }

  /// Whether a role may give a permission; see `RoleMatrix`.
  func gives(_ role: UInt32, _ permission: UInt32) -> Bool {
    role < columns && permission < rows && RoleMatrix.gives(role, permission, in: matrix)
  }

  /// Whether a permission exists: means something somewhere.
  package func isKnown(permission: UInt32) -> Bool {
    index.meaningful.indices.contains { bit(permission, meaningful + $0 * words) }
  }

  /// The organization a registered resource belongs to; nil for one that is only spoken of.
  package func organization(ofResource resource: UInt32) -> UInt32? {
    guard let head = resources[resource]?.load(as: PolicyIndex.ResourceHead.self) else { return nil }
    return head.organization == PolicyIndex.ResourceHead.none ? nil : head.organization
  }

  package func id(ofOrganization number: UInt32) -> String? { organizations.name(of: number).map { Self.text($0.id) } }
  package func id(ofRole number: UInt32) -> String? { roles.name(of: number).map { Self.text($0.id) } }

  /// The type and the id of a principal that holds something.
  package func name(ofHolder number: UInt32) -> (type: String, id: String)? {
    principals.name(of: number).map { (Self.text($0.type), Self.text($0.id)) }
  }

  /// The type and the id of the resource that a grant counts for; nil for one that counts for everything.
  package func name(ofScope number: UInt32) -> (type: String, id: String)? {
    resources.name(of: number).map { (Self.text($0.type), Self.text($0.id)) }
  }

  private static func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }

  private func head(of principal: UInt32) -> PolicyIndex.PrincipalHead? {
    guard let head = principals[principal]?.load(as: PolicyIndex.PrincipalHead.self), head.isKnown else { return nil }
    return head
  }

  private func roles(of principal: UInt32, in organization: UInt32, at now: Int64) -> Set<UInt32> {
    var roles: Set<UInt32> = []
    forEachAssignment(of: principal, in: organization) { grant, limit in
      let counts = limit.map { $0.resource == PolicyIndex.Limit.anyResource && $0.from <= now && now < $0.until } ?? true
      if counts { roles.insert(grant.role) }
    }
    return roles
  }

  /// Goes through what a principal holds in an organization, and then through what its groups hold there.
  private func forEachAssignment(
    of principal: UInt32, in organization: UInt32, _ body: (_ grant: Grant, _ limit: PolicyIndex.Limit?) -> Void
  ) {
    let groups = forEachOwnAssignment(of: principal, in: organization, body)
    for group in groups {
      guard let held = principals[group], held.load(as: PolicyIndex.PrincipalHead.self).isActive,
        let place = place(in: organization, of: held, held.load(as: PolicyIndex.PrincipalHead.self)), place.isActive,
        // What is said of groups in groups counts for nothing: see `decide`.
        place.groups == 0
      else { continue }
      _ = forEachOwnAssignment(of: group, in: organization, body)
    }
  }

  /// - Returns: the groups it belongs to.
  private func forEachOwnAssignment(
    of holder: UInt32, in organization: UInt32, _ body: (_ grant: Grant, _ limit: PolicyIndex.Limit?) -> Void
  ) -> UnsafeBufferPointer<UInt32> {
    guard let held = principals[holder],
      let place = place(in: organization, of: held, held.load(as: PolicyIndex.PrincipalHead.self))
    else { return UnsafeBufferPointer(start: nil, count: 0) }
    let numbers = (held + Int(place.numbers)).assumingMemoryBound(to: UInt32.self)
    let limits = (Registry.rest(ofPayload: held) + Int(place.limits)).assumingMemoryBound(to: PolicyIndex.Limit.self)
    let (roles, limited) = (Int(place.roles), Int(place.limited))
    for index in 0..<roles + limited {
      let limit = index < roles ? nil : limits[index - roles]
      body(Grant(role: numbers[index], holder: holder, scope: limit?.resource ?? PolicyIndex.Limit.anyResource), limit)
    }
    return UnsafeBufferPointer(start: numbers + roles + limited, count: Int(place.groups))
  }
}
