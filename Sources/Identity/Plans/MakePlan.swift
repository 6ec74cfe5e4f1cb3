internal import AccessControl
internal import Primitives

extension Transaction {
  /// Finds out what a change would do: makes it, looks at what became of everybody's rights, takes it back, and looks at what they are.
  ///
  /// - Parameters:
  ///   - change: the change as a use case makes it. It runs once, or twice where it takes somebody out of a group that goes with it; nothing of it
  ///     stays.
  /// - Throws: whatever the change throws: what would be refused is refused in a plan too.
  func plan(_ request: PlannedRequest, _ occasion: Occasion, _ change: () throws -> Void) throws -> Plan {
    let catalogsBefore = try catalogs()
    let (touched, after) = try rehearsing {
      try change()
      try keepRoleRules(at: occasion.now)
      let touched = try Touched(self, catalogsBefore)
      return (touched, try look(at: touched.holders, touched, occasion))
    }
    let earlier = try holders(touchedBy: touched.change, touched.roles)
    let before = try look(at: touched.holders.union(earlier.prefix(Plan.mostExamined)), touched, occasion)
    let missing = Set(before.rights.keys).subtracting(after.rights.keys)
    let rest =
      missing.isEmpty
      ? Outlook()
      : try rehearsing {
        try change()
        return try look(at: missing, touched, occasion)
      }
    var effects = effects(before, after.joined(with: rest), touched)
    effects.isComplete = touched.isComplete && earlier.count <= Plan.mostExamined && before.isComplete && after.isComplete
    return try Plan(effects, of: request, restsOn: try basis(before, touched)) { try mayKnowRights(in: $0, occasion) }
  }

  private func effects(_ before: Outlook, _ after: Outlook, _ touched: Touched) -> Plan.Effects {
    var effects = Plan.Effects()
    for holder in before.rights.keys {
      let (had, has) = (before.rights[holder, default: []], after.rights[holder, default: []])
      effects.gains += has.subtracting(had)
      effects.losses += had.subtracting(has)
      let (open, stillOpen) = (before.sessions[holder, default: []], after.sessions[holder, default: []])
      if had != has || open != stillOpen { effects.sessions += open.count }
      effects.endedSessions += open.subtracting(stillOpen).count
    }
    effects.gains.sort()
    effects.losses.sort()
    effects.endedGrants = touched.change.endedGrants.count
    for (id, promise) in before.promises {
      let then = after.promises[id]?.roles ?? []
      let changed = then.intersection(promise.roles).intersection(touched.roles)
      guard then != promise.roles || !changed.isEmpty else { continue }
      effects.invitations.append(
        Plan.TouchedInvitation(
          id: id, organization: promise.organization, withheld: promise.roles.subtracting(then).sorted(),
          restored: then.subtracting(promise.roles).sorted(), changed: changed.sorted()))
    }
    effects.invitations.sort { $0.id < $1.id }
    effects.examined = before.rights.count
    return effects
  }

  /// What makes this plan another when it was different before, though the effects are the same.
  private func basis(_ before: Outlook, _ touched: Touched) throws -> JSON {
    var basis = JSONObject()
    let subjects = try subjects(touched.change.subjects)
    for holder in before.rights.keys.sorted(by: { $0.auditName < $1.auditName }) {
      // One that the change registers has another id each time, and held nothing.
      if case .subject(let id) = holder, touched.change.subjects.contains(id), subjects[id] == nil { continue }
      var parts = try roleAssignments(reaching: holder).map(\.id.text).sorted()
      if case .account(let id) = holder {
        parts += try account(id).map { ["\($0.version)"] } ?? []
        parts += try memberships(of: id).map { "\($0.organization.text) \($0.version)" }.sorted()
      }
      basis[holder.auditName] = .array(parts.map { .string($0) })
    }
    for id in touched.roles.sorted() { basis[id.auditName] = try definedRole(id).map { .integer($0.version) } }
    for permission in touched.permissions.sorted() {
      basis[permission.auditName] = try definedPermission(permission).map { .integer($0.version) }
    }
    let resources = try resources(touched.change.resources)
    for resource in resources.values.sorted(by: { ($0.type, $0.id) < ($1.type, $1.id) }) {
      basis[resource.auditName] = .integer(resource.version)
    }
    for id in touched.change.organizations.sorted() { basis[id.auditName] = try organization(id).map { .integer($0.version) } }
    for id in touched.change.groups.sorted() { basis[id.auditName] = try group(id).map { .integer($0.version) } }
    for subject in subjects.values.sorted(by: { $0.id < $1.id }) {
      basis["\(subject.id.auditName) itself"] = .integer(subject.version)
    }
    return .object(basis)
  }

  /// Whether the actor may learn who may do what in an organization: a plan is told to whoever may make the change, and only so far.
  private func mayKnowRights(in id: OrganizationID, _ occasion: Occasion) throws -> Bool {
    guard let organization = try organization(id) else { return false }
    let authority = try authority(of: occasion.actor, at: occasion.now)
    let target = Authority.Target(organization.facts)
    return [Permission.roleView, .roleAssign, .roleDefine, .userManage].contains { authority.decide($0, at: target).allowed }
  }
}

// MARK: what a change touches

/// What one change touched of what rights depend on.
private struct Touched {
  let change: PolicyChange
  /// Those defined otherwise after the change, and those that inherit from them; and those who have everything where that is more or less.
  let roles: Set<RoleID>
  let permissions: Set<Permission>
  /// Whoever may have other rights then, as seen after the change.
  let holders: Set<RoleHolder>
  let isComplete: Bool

  /// - Parameter before: the catalogs of before the change; it was made already.
  init(_ tx: any Transaction, _ before: Catalogs) throws {
    change = tx.changed
    let after = change.catalogs ? try tx.catalogs() : before
    permissions = Self.different(before.permissions, after.permissions)
    roles = change.catalogs ? Self.different(before, after, permissions) : []
    let found = try tx.holders(touchedBy: change, roles)
    holders = Set(found.prefix(Plan.mostExamined))
    isComplete = found.count <= Plan.mostExamined
  }

  private static func different(_ before: PermissionCatalog, _ after: PermissionCatalog) -> Set<Permission> {
    Set(
      (before.definitions + after.definitions).map(\.permission).filter {
        before.definition(of: $0) != after.definition(of: $0)
      })
  }

  private static func different(_ before: Catalogs, _ after: Catalogs, _ permissions: Set<Permission>) -> Set<RoleID> {
    let ids = Set(before.roles.all.map(\.id)).union(after.roles.all.map(\.id))
    return ids.filter { id in
      before.roles[id] != after.roles[id] || !permissions.isEmpty && after.roles[id]?.permissions == .everything
    }
  }
}

extension Transaction {
  /// Everybody whose rights the change could touch, in the order of their names; one more than are looked at, where there are more.
  fileprivate func holders(touchedBy change: PolicyChange, _ roles: Set<RoleID>) throws -> [RoleHolder] {
    var found: Set<RoleHolder> = Set(change.accounts.map { .account($0) })
    found.formUnion(change.applications.map { .application($0) })
    found.formUnion(change.subjects.map { .subject($0) })
    var groups = change.groups
    func add(_ holder: RoleHolder) {
      if case .group(let id) = holder { groups.insert(id) } else { found.insert(holder) }
    }
    for holder in try roleHolders(ofAny: roles, atMost: Plan.mostExamined + 1) { add(holder) }
    for id in change.organizations.sorted() {
      var page = PageRequest(limit: PageRequest.maximumLimit)
      repeat {
        let held = try roleAssignments(in: id, .all, page)
        for assignment in held.items { add(assignment.holder) }
        guard let next = held.next else { break }
        page = PageRequest(limit: PageRequest.maximumLimit, after: next)
      } while found.count <= Plan.mostExamined
    }
    for id in groups.sorted() where found.count <= Plan.mostExamined {
      var page = try members(of: id, PageRequest(limit: PageRequest.maximumLimit))
      found.formUnion(page.items.map(\.member.holder))
      while let next = page.next, found.count <= Plan.mostExamined {
        page = try members(of: id, PageRequest(limit: PageRequest.maximumLimit, after: next))
        found.formUnion(page.items.map(\.member.holder))
      }
    }
    return found.sorted { $0.auditName < $1.auditName }
  }
}

// MARK: how things stand

/// Rights, sessions and promises at one moment.
private struct Outlook {
  struct Promise { let organization: OrganizationID, roles: Set<RoleID> }

  var rights: [RoleHolder: Set<Right>] = [:]
  var sessions: [RoleHolder: Set<SessionID>] = [:]
  var promises: [InvitationID: Promise] = [:]
  /// Whether every waiting invitation was looked at.
  var isComplete = true

  func joined(with other: Outlook) -> Outlook {
    var joined = self
    joined.rights.merge(other.rights) { first, _ in first }
    joined.sessions.merge(other.sessions) { first, _ in first }
    joined.promises.merge(other.promises) { first, _ in first }
    return joined
  }
}

extension Transaction {
  private func look(at holders: Set<RoleHolder>, _ touched: Touched, _ occasion: Occasion) throws -> Outlook {
    var outlook = Outlook()
    for holder in holders {
      outlook.rights[holder] = try rights(of: holder, at: occasion.now)
      guard case .account(let id) = holder else { continue }
      outlook.sessions[holder] = Set(try openSessions(of: id).filter { $0.expiresAt > occasion.now }.map(\.id))
    }
    let waiting = try waitingInvitations()
    outlook.isComplete = waiting.areAll
    for invitation in waiting.items where isTouched(invitation, touched) {
      guard let organization = try organization(invitation.organization) else { continue }
      // Whoever has no account yet gets one at home there.
      let home = try account(.work, email: invitation.email).map(\.home) ?? organization.id
      // Nobody joins one that is closed.
      let kept =
        organization.state == .active
        ? try keptPromises(of: invitation, in: organization, home: home, occasion).given : []
      outlook.promises[invitation.id] = Outlook.Promise(organization: organization.id, roles: Set(kept.map(\.0)))
    }
    return outlook
  }

  private func isTouched(_ invitation: Invitation, _ touched: Touched) -> Bool {
    if !touched.roles.isDisjoint(with: invitation.roles) || touched.change.organizations.contains(invitation.organization) {
      return true
    }
    return switch invitation.purpose {
    case .member(let inviter): touched.holders.contains(.account(inviter))
    case .operation(by: .some(let application)): touched.holders.contains(.application(application))
    case .operation(by: nil), .agreement: false
    }
  }

  /// No more of them than of people are looked at.
  private func waitingInvitations() throws -> (items: [Invitation], areAll: Bool) {
    var page = try invitations(organization: nil, state: .pending, PageRequest(limit: PageRequest.maximumLimit))
    var found = page.items
    while let next = page.next, found.count < Plan.mostExamined {
      page = try invitations(organization: nil, state: .pending, PageRequest(limit: PageRequest.maximumLimit, after: next))
      found += page.items
    }
    return (found, page.next == nil)
  }
}
