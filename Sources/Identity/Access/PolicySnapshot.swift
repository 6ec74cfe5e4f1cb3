package import AccessControl
package import Primitives
internal import Synchronization

/// What decisions depend on, held in memory and renewed with every commit, so that a decision costs no statement and the very next question
/// after a change sees it.
///
/// INVARIANT: `apply` is called in the order of commits, before the commit's `write` returns (see `Store`).
package final class PolicySnapshot: PolicyObserver {
  private struct Known: Sendable {
    var state: PolicyState
    /// With the moment each ended.
    var endedGrants: [GrantID: Timestamp] = [:]
    /// With the moment until which each must be remembered.
    var revokedTokens: [String: Timestamp] = [:]
    var endOfTokens: Timestamp?
    var isCurrent = false
    /// Until when that holds; nil: until the store says otherwise.
    var confirmedUntil: ContinuousClock.Instant?
  }

  /// What grows with the commits. Nobody who asks waits for it, however much there is to take over.
  private let memory: Mutex<PolicyMemory>
  /// What everybody asks; held for as long as it takes to look or to put something in its place.
  private let known: Mutex<Known>
  private let keys: KeyRing
  /// Which assignments allowed something of late.
  package let uses: RecentUses

  /// - Parameter seed: of the hash of names, which nobody outside may know.
  package init(keys: KeyRing, seededBy seed: any RandomSource) {
    self.keys = keys
    let uses = RecentUses()
    self.uses = uses
    let memory = PolicyMemory(seededBy: seed)
    known = Mutex(Known(state: memory.makeState(noting: uses)))
    self.memory = Mutex(memory)
  }

  // MARK: what the store tells

  package func apply(_ changed: PolicyFacts) {
    memory.withLock { memory in
      memory.apply(changed)
      let state = memory.makeState(noting: uses)
      known.withLock { known in
        known.state = state
        known.endedGrants.merge(changed.endedGrants) { first, _ in first }
        known.revokedTokens.merge(changed.revokedTokens) { max($0, $1) }
      }
    }
    renewKeys(changed.signingKeys)
  }

  package func replace(with facts: PolicyFacts) {
    memory.withLock { memory in
      memory.replace(with: facts)
      let state = memory.makeState(noting: uses)
      known.withLock { known in
        known.state = state
        known.endedGrants = facts.endedGrants
        known.revokedTokens = facts.revokedTokens
        known.endOfTokens = facts.endOfTokens
        known.isCurrent = true
      }
    }
    renewKeys(facts.signingKeys)
  }

  package func confirm(isCurrent: Bool, until deadline: ContinuousClock.Instant?) {
    known.withLock { known in
      known.isCurrent = isCurrent
      known.confirmedUntil = deadline
    }
  }

  /// Forgets grants and tokens that ended so long ago that no access token can refer to them: they are all that grows here with use alone.
  package func forget(at now: Timestamp) {
    let limit = now - Self.endedAreKept
    known.withLock { known in
      known.endedGrants = known.endedGrants.filter { $0.value >= limit }
      known.revokedTokens = known.revokedTokens.filter { $0.value >= limit }
    }
  }

  /// Much longer than any access token lives (15 minutes at most), and than clocks differ.
  package static let endedAreKept: Duration = .hours(1)

  /// How many ended grants and revoked tokens are remembered, for whoever watches the memory.
  package var rememberedEndings: Int { known.withLock { $0.endedGrants.count + $0.revokedTokens.count } }

  private func renewKeys(_ stored: [StoredSigningKey]?) {
    if let stored { keys.replace(with: stored) }
  }

  // MARK: what everybody asks

  /// The policy as it is now. Whoever asks more than once asks this once, and has all answers from one state.
  package var state: PolicyState { known.withLock { $0.state } }

  /// The same, for deciding.
  ///
  /// - Returns: nil while the store cannot be asked whether it is still so: then nothing may be allowed from here (THREATS AZN2).
  package var currentState: PolicyState? {
    let (state, isCurrent, until) = known.withLock { ($0.state, $0.isCurrent, $0.confirmedUntil) }
    return isCurrent && until.map { ContinuousClock.now < $0 } ?? true ? state : nil
  }

  package var isCurrent: Bool { currentState != nil }

  package var revision: Int64 { known.withLock { $0.state.revision } }

  package func application(_ id: ApplicationID) -> Application? { state.application(id) }

  /// The resource server that is this audience.
  package func application(audience: String) -> Application? { state.application(audience: audience) }

  package func organization(_ id: OrganizationID) -> Organization? { state.organization(id) }

  /// All roles and permissions there are.
  package var catalogs: Catalogs { state.catalogs }

  package func hasEnded(_ grant: GrantID) -> Bool { known.withLock { $0.endedGrants[grant] != nil } }

  /// Whether an access token issued at this moment, in whole seconds as tokens tell it, may count at all. One of the very second in which the database
  /// was set back may be of before.
  package func mayCount(issuedAt moment: Timestamp) -> Bool {
    known.withLock { known in known.endOfTokens.map { moment.seconds > $0.seconds } ?? true }
  }

  package func isRevoked(tokenID: String) -> Bool { known.withLock { $0.revokedTokens[tokenID] != nil } }
}
