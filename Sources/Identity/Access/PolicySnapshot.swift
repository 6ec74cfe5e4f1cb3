package import AccessControl
package import Primitives
internal import Synchronization

/// What decisions depend on, held in memory and renewed with every commit, so that a decision costs no statement and the very next question
/// after a change sees it.
///
/// INVARIANT: `apply` is called in the order of commits, before the commit's `write` returns (see `Store`).
package final class PolicySnapshot: PolicyObserver {
  private struct State: Sendable {
    var facts = PolicyFacts(revision: -1)
    var byAudience: [String: ApplicationID] = [:]
    var isCurrent = false
    /// Until when that holds; nil: until the store says otherwise.
    var confirmedUntil: ContinuousClock.Instant?

    var catalogs: Catalogs { facts.catalogs ?? .builtIn }
  }

  private let state = Mutex(State())
  private let keys: KeyRing

  package init(keys: KeyRing) { self.keys = keys }

  // MARK: what the store tells

  package func apply(_ changed: PolicyFacts) {
    state.withLock { state in
      state.facts.revision = changed.revision
      state.facts.organizations.merge(changed.organizations) { _, new in new }
      state.facts.accounts.merge(changed.accounts) { _, new in new }
      state.facts.groups.merge(changed.groups) { _, new in new }
      state.facts.subjects.merge(changed.subjects) { _, new in new }
      state.facts.resources.merge(changed.resources) { _, new in new }
      state.facts.endedGrants.merge(changed.endedGrants) { first, _ in first }
      state.facts.revokedTokens.merge(changed.revokedTokens) { max($0, $1) }
      if let catalogs = changed.catalogs { state.facts.catalogs = catalogs }
      for (id, facts) in changed.applications {
        Self.forget(id, in: &state)
        state.facts.applications[id] = facts
        Self.index(id, facts, in: &state)
      }
    }
    renewKeys(changed.signingKeys)
  }

  package func replace(with facts: PolicyFacts) {
    state.withLock { state in
      state.facts = facts
      state.byAudience = [:]
      for (id, application) in facts.applications { Self.index(id, application, in: &state) }
      state.isCurrent = true
    }
    renewKeys(facts.signingKeys)
  }

  package func confirm(isCurrent: Bool, until deadline: ContinuousClock.Instant?) {
    state.withLock { state in
      state.isCurrent = isCurrent
      state.confirmedUntil = deadline
    }
  }

  /// Forgets grants and tokens that ended so long ago that no access token can refer to them: they are all that grows here with use alone.
  package func forget(at now: Timestamp) {
    let limit = now - Self.endedAreKept
    state.withLock { state in
      state.facts.endedGrants = state.facts.endedGrants.filter { $0.value >= limit }
      state.facts.revokedTokens = state.facts.revokedTokens.filter { $0.value >= limit }
    }
  }

  /// Much longer than any access token lives (15 minutes at most), and than clocks differ.
  package static let endedAreKept: Duration = .hours(1)

  /// How many ended grants and revoked tokens are remembered, for whoever watches the memory.
  package var rememberedEndings: Int { state.withLock { $0.facts.endedGrants.count + $0.facts.revokedTokens.count } }

  private func renewKeys(_ stored: [StoredSigningKey]?) {
    if let stored { keys.replace(with: stored) }
  }

  private static func forget(_ id: ApplicationID, in state: inout State) {
    guard let old = state.facts.applications[id] ?? nil else { return }
    for audience in old.application.audiences where state.byAudience[audience] == id { state.byAudience[audience] = nil }
  }

  private static func index(_ id: ApplicationID, _ facts: PolicyFacts.ApplicationFacts?, in state: inout State) {
    for audience in facts?.application.audiences ?? [] { state.byAudience[audience] = id }
  }

  // MARK: what everybody asks

  package var revision: Int64 { state.withLock { $0.facts.revision } }

  /// False while the store cannot be asked for the revision: then nothing may be allowed from here (THREATS AZN2).
  package var isCurrent: Bool {
    let (isCurrent, until) = state.withLock { ($0.isCurrent, $0.confirmedUntil) }
    guard isCurrent, let until else { return isCurrent }
    return ContinuousClock.now < until
  }

  package func application(_ id: ApplicationID) -> Application? {
    state.withLock { ($0.facts.applications[id] ?? nil)?.application }
  }

  /// The resource server that is this audience.
  package func application(audience: String) -> Application? {
    state.withLock { state in state.byAudience[audience].flatMap { (state.facts.applications[$0] ?? nil)?.application } }
  }

  package func organization(_ id: OrganizationID) -> Organization? { state.withLock { $0.facts.organizations[id] ?? nil } }

  package func account(_ id: AccountID) -> PolicyFacts.AccountFacts? { state.withLock { $0.facts.accounts[id] ?? nil } }

  /// All roles and permissions there are.
  package var catalogs: Catalogs { state.withLock { $0.catalogs } }

  package func resource(_ name: ResourceName) -> OrganizationID? {
    state.withLock { ($0.facts.resources[name] ?? nil)?.organization }
  }

  package func hasEnded(_ grant: GrantID) -> Bool { state.withLock { $0.facts.endedGrants[grant] != nil } }

  /// Whether an access token issued at this moment, in whole seconds as tokens tell it, may count at all.
  package func mayCount(issuedAt moment: Timestamp) -> Bool {
    state.withLock { state in state.facts.oldestToken.map { moment.seconds >= $0.seconds } ?? true }
  }

  package func isRevoked(tokenID: String) -> Bool { state.withLock { $0.facts.revokedTokens[tokenID] != nil } }

  /// The roles an account holds in an organization, or nil when account, membership or organization cannot act.
  package func activeRoles(of account: AccountID, in organization: OrganizationID) -> Set<RoleID>? {
    state.withLock { state in
      guard let facts = state.facts.accounts[account] ?? nil, facts.state == .active,
        let membership = facts.memberships[organization], membership.state == .active,
        let place = state.facts.organizations[organization] ?? nil, place.state == .active
      else { return nil }
      return membership.roles
    }
  }

  /// The facts of one decision about an account in one organization, read under one lock.
  package func facts(of account: AccountID?, in organization: OrganizationID) -> Facts {
    state.withLock { state in
      let place = (state.facts.organizations[organization] ?? nil)?.facts
      let catalog = state.catalogs.permissions
      guard let account, let found = state.facts.accounts[account] ?? nil else {
        return Facts(subject: .unknown, organization: place, membership: .none, catalog: catalog)
      }
      let membership: Facts.Membership =
        switch found.memberships[organization] {
        case .none: .none
        case .some(let membership) where membership.state == .suspended: .suspended
        case .some(let membership): .active(state.catalogs.roles.roles(membership.roles))
        }
      return Facts(
        subject: found.state == .active ? .active : .suspended, organization: place, membership: membership, catalog: catalog)
    }
  }

  /// Everything an account or application holds anywhere: the same answer `Transaction.authority` gives, from memory.
  package func authority(of who: Actor.Who) -> Authority {
    state.withLock { state in
      let (roles, catalog) = (state.catalogs.roles, state.catalogs.permissions)
      switch who {
      case .account(let id, _):
        guard let facts = state.facts.accounts[id] ?? nil else { break }
        let holdings = facts.memberships.compactMap { (id, membership) -> Authority.Holding? in
          guard let place = state.facts.organizations[id] ?? nil else { return nil }
          return Authority.Holding(
            organization: place.facts,
            membership: membership.state == .active ? .active(roles.roles(membership.roles)) : .suspended)
        }
        return Authority(subject: facts.state == .active ? .active : .suspended, holdings: holdings, catalog: catalog)
      case .application(let id):
        guard let facts = state.facts.applications[id] ?? nil else { break }
        let holdings = facts.assignments.keys.compactMap { id -> Authority.Holding? in
          guard let place = state.facts.organizations[id] ?? nil else { return nil }
          return Authority.Holding(organization: place.facts, membership: .active(roles.roles(facts.roles(in: id))))
        }
        return Authority(
          subject: facts.application.state == .active ? .active : .suspended, holdings: holdings, catalog: catalog)
      case .anonymous, .command: break
      }
      return Authority(subject: .unknown, holdings: [], catalog: catalog)
    }
  }
}
