package import AccessControl
package import Primitives

/// Proof that somebody may do something in one organization: the only way to make one is to be checked, inside the transaction that acts.
///
/// Every use case that changes what belongs to an organization begins with one; there is no other door (THREATS rule 8).
package struct Permit: Sendable {
  package let permission: Permission
  package let organization: Organization
  package let authority: Authority
  package let target: Authority.Target
  /// All roles there are, as the transaction sees them.
  package let roles: RoleCatalog

  /// Whether whoever holds this may learn who has an account, and which: operators look after everybody. A partner, like any inviter, never
  /// learns it (MISSION: work accounts and personal accounts).
  package var mayKnowAccounts: Bool { authority.roles(countingAt: target).contains { $0.reach == .everyOrganization } }

  fileprivate init(
    permission: Permission, organization: Organization, authority: Authority, target: Authority.Target, roles: RoleCatalog
  ) {
    self.permission = permission
    self.organization = organization
    self.authority = authority
    self.target = target
    self.roles = roles
  }
}

/// Somebody tried what they may not. Rolled back, recorded, and shown as 403 without a word about what exists.
package struct AccessDenied: Error, Sendable {
  package let permission: Permission
  package let organization: OrganizationID?
  /// A stable word for the audit trail and for those who may see why.
  package let reason: String

  package init(permission: Permission, organization: OrganizationID?, reason: String) {
    self.permission = permission
    self.organization = organization
    self.reason = reason
  }
}

extension Transaction {
  /// Checks that the actor may use `permission` in the organization, from what this transaction sees.
  ///
  /// - Parameter partner: the partner named by the agreement at stake, which brings in that partner's administrators.
  /// - Throws: `AccessDenied`; also when the organization does not exist, so that a stranger cannot tell the two apart.
  package func permit(
    _ permission: Permission, in id: OrganizationID, agreementNaming partner: OrganizationID? = nil, _ occasion: Occasion
  ) throws -> Permit {
    let authority = try authority(of: occasion.actor, at: occasion.now)
    guard let organization = try organization(id) else {
      throw AccessDenied(permission: permission, organization: nil, reason: Reason.notAMember.code)
    }
    let target = Authority.Target(organization.facts, agreementNaming: partner)
    let decision = authority.decide(permission, at: target)
    guard decision.allowed else {
      throw AccessDenied(
        permission: permission, organization: id, reason: decision.reason.code)
    }
    if case .permissionGrantedAcross(_, let other) = decision.reason {
      occasion.noteUse(of: permission, heldIn: other)
    } else {
      occasion.noteUse(of: permission, heldIn: id)
    }
    return Permit(
      permission: permission, organization: organization, authority: authority, target: target, roles: try catalogs().roles)
  }

  /// Checks a permission that is held in the portal's own organization: registering organizations, agreements, partners, applications.
  package func permitInPortal(_ permission: Permission, _ occasion: Occasion) throws -> Permit {
    guard let portal = try portalOrganization() else {
      throw AccessDenied(permission: permission, organization: nil, reason: Reason.notAMember.code)
    }
    return try permit(permission, in: portal.id, occasion)
  }

  /// Checks a permission for what belongs to one organization, or, without one, to the portal.
  package func permit(_ permission: Permission, of owner: OrganizationID?, _ occasion: Occasion) throws -> Permit {
    try owner.map { try permit(permission, in: $0, occasion) } ?? permitInPortal(permission, occasion)
  }

  /// Everything the actor holds, as this transaction sees it, where it counts in this request: roles held for everything in an organization that
  /// count at the moment, their own and those of their groups.
  package func authority(of actor: Actor, at now: Timestamp) throws -> Authority {
    let whole = try authority(of: actor.who, at: now)
    guard actor.standing != .everywhere else { return whole }
    return Authority(
      subject: whole.subject, holdings: whole.holdings.filter { actor.standing.counts(in: $0.organization.id) },
      catalog: whole.catalog)
  }

  private func authority(of who: Actor.Who, at now: Timestamp) throws -> Authority {
    let catalogs = try catalogs()
    let nobody = Authority(subject: .unknown, holdings: [], catalog: catalogs.permissions)
    switch who {
    case .anonymous:
      return nobody
    case .account(let id, _):
      guard let account = try account(id) else { return nobody }
      let held = try rolesCounting(for: .account(id), at: now)
      let holdings = try memberships(of: id).compactMap { membership -> Authority.Holding? in
        guard let organization = try organization(membership.organization) else { return nil }
        return Authority.Holding(
          organization: organization.facts,
          membership: membership.state == .active
            ? .active(catalogs.roles.roles(held[organization.id, default: []])) : .suspended)
      }
      return Authority(
        subject: account.state == .active ? .active : .suspended, holdings: holdings, catalog: catalogs.permissions)
    case .application(let id):
      guard let application = try application(id) else { return nobody }
      let holdings = try rolesCounting(for: .application(id), at: now).compactMap { (id, held) -> Authority.Holding? in
        guard let organization = try organization(id) else { return nil }
        return Authority.Holding(organization: organization.facts, membership: .active(catalogs.roles.roles(held)))
      }
      return Authority(
        subject: application.state == .active ? .active : .suspended, holdings: holdings, catalog: catalogs.permissions)
    case .command:
      // Who can run a command against the database can change it anyway; a command acts as an operator and is audited as itself.
      guard let portal = try portalOrganization() else { return nobody }
      let holding = Authority.Holding(organization: portal.facts, membership: .active(catalogs.roles.roles([.operator])))
      return Authority(subject: .active, holdings: [holding], catalog: catalogs.permissions)
    }
  }

  private func rolesCounting(for holder: RoleHolder, at now: Timestamp) throws -> [OrganizationID: Set<RoleID>] {
    try roleAssignments(reaching: holder).reduce(into: [:]) { roles, assignment in
      if assignment.counts(at: now) { roles[assignment.organization, default: []].insert(assignment.role) }
    }
  }
}

extension Environment {
  /// Runs one reading use case that needs a permission in the organization it is about, and nothing else.
  ///
  /// - Throws: `AccessDenied`, before the body sees anything.
  package func read<Value: Sendable>(
    with permission: Permission, in organization: OrganizationID, _ occasion: Occasion,
    _ body: @escaping @Sendable (any Transaction) throws -> Value
  ) async throws -> Value {
    try await read(occasion) { tx in
      _ = try tx.permit(permission, in: organization, occasion)
      return try body(tx)
    }
  }
}

extension Organization {
  /// What decisions need to know of it.
  package var facts: OrganizationFacts { OrganizationFacts(id: id, kind: kind, isOpen: state == .active) }
}
