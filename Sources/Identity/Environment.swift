internal import AccessControl
package import Primitives
internal import Synchronization

/// Everything a use case needs from outside: time, randomness, the store, and what must not be made anew for each request.
///
/// There are no default arguments anywhere: the product passes the system's, tests pass their own.
package struct Environment: Sendable {
  package let clock: @Sendable () -> Timestamp
  package let randomness: any RandomSource
  /// Every write that is refused as unavailable is told to `audit`.
  package let store: any Store
  package let policy: PolicySnapshot
  package let keys: KeyRing
  package let passwords: PasswordKeeper
  package let settings: IdentitySettings
  /// Whether what must be recorded can be.
  package let audit: AuditAlarm

  package init(
    clock: @escaping @Sendable () -> Timestamp, randomness: any RandomSource, store: any Store, policy: PolicySnapshot,
    keys: KeyRing,
    passwords: PasswordKeeper, settings: IdentitySettings, audit: AuditAlarm
  ) {
    self.clock = clock
    self.randomness = randomness
    self.store = WatchedStore(store, alarm: audit, clock: clock)
    self.policy = policy
    self.keys = keys
    self.passwords = passwords
    self.settings = settings
    self.audit = audit
  }

  package var passwordPolicy: PasswordPolicy { PasswordPolicy(breached: settings.breachedPasswords) }

  /// Reads the clock, once for one use case.
  package func occasion(of actor: Actor) -> Occasion {
    Occasion(now: clock(), actor: actor, randomness: randomness, policy: policy)
  }

  /// Runs one writing use case. When authority was missing, everything is rolled back, and the denial alone is recorded.
  ///
  /// What is to come of it the occasion says (`Occasion.Intent`): no use case has to know whether it is planned or done.
  ///
  /// - Throws: also `Planned` and `PlanChanged`.
  package func write<Value: Sendable>(
    _ occasion: Occasion, _ body: @escaping @Sendable (any Transaction) throws -> Value
  ) async throws -> Value {
    do {
      return try await store.write { tx in
        switch occasion.intent {
        case .apply: return try body(tx)
        case .plan(let request): throw Planned(plan: try tx.plan(request, occasion) { _ = try body(tx) })
        case .applyExactly(let digest, let request):
          let plan = try tx.plan(request, occasion) { _ = try body(tx) }
          guard plan.digest == digest else { throw PlanChanged(plan: plan) }
          return try body(tx)
        }
      }
    } catch let denial as AccessDenied {
      try await recordDenial(denial, occasion)
      throw denial
    }
  }

  /// Runs one reading use case; a denial is recorded here too.
  package func read<Value: Sendable>(
    _ occasion: Occasion, _ body: @escaping @Sendable (any Transaction) throws -> Value
  ) async throws -> Value {
    do {
      return try await store.read(body)
    } catch let denial as AccessDenied {
      try await recordDenial(denial, occasion)
      throw denial
    }
  }

  /// How many denials of one actor in one organization are written in an hour.
  package static let deniedInAnHour = 100

  /// Where a denial cannot be recorded it stays one: nothing was changed, and nothing is told. It is counted and logged, and the count is recorded
  /// once that works again (see `AuditAlarm`).
  private func recordDenial(_ denial: AccessDenied, _ occasion: Occasion) async throws {
    do {
      try await write(denial, occasion)
    } catch let error as StoreError {
      audit.missed(denial, occasion, because: error)
    }
  }

  private func write(_ denial: AccessDenied, _ occasion: Occasion) async throws {
    let key = ThrottleKey.denial(denial, of: occasion.actor, keys)
    let hour = occasion.now.startOfHour
    try await store.write { tx in
      // Strangers who knock again and again are counted, not written one by one.
      guard occasion.actor.who != .anonymous else {
        return try tx.countFailure(AuditEvent.accessDenied.rawValue, occasion)
      }
      // So is what one actor is denied past the first hundred times an hour: the rows stand in the trail of the organization that was asked
      // about, which may be another's and is not theirs to fill.
      let known = try tx.throttle(key.text).flatMap { $0.since == hour ? $0.failures : nil } ?? 0
      guard known < Self.deniedInAnHour else { return try tx.countFailure("access.denied-again", occasion) }
      try tx.setThrottle(key.text, to: ThrottleState(failures: known + 1, since: hour))
      try tx.record(
        .accessDenied, on: nil, in: denial.organization, outcome: .denied, occasion,
        details: ["permission": .string(denial.permission.text), "reason": .string(denial.reason)])
    }
  }
}

/// One use of the product: who acts, and the one reading of the clock that everything in it agrees on.
package struct Occasion: Sendable {
  package let now: Timestamp
  package let actor: Actor
  package let randomness: any RandomSource
  /// Where it is noted what of one's rights one uses; nil: nowhere.
  let policy: PolicySnapshot?
  package let intent: Intent
  /// Counts what is named on this occasion, so that names sort in the order in which they were given: the rows of the audit trail too.
  private let turns: Turns

  private final class Turns: Sendable {
    let next = Atomic<UInt16>(0)
  }

  /// One on which nobody notes what rights are used.
  package init(now: Timestamp, actor: Actor, randomness: any RandomSource) {
    self.init(now: now, actor: actor, randomness: randomness, policy: nil, intent: .apply, turns: Turns())
  }

  fileprivate init(now: Timestamp, actor: Actor, randomness: any RandomSource, policy: PolicySnapshot) {
    self.init(now: now, actor: actor, randomness: randomness, policy: policy, intent: .apply, turns: Turns())
  }

  private init(
    now: Timestamp, actor: Actor, randomness: any RandomSource, policy: PolicySnapshot?, intent: Intent, turns: Turns
  ) {
    self.now = now
    self.actor = actor
    self.randomness = randomness
    self.policy = policy
    self.intent = intent
    self.turns = turns
  }

  /// The same moment, once the person behind it is known.
  package func acting(as who: Actor.Who) -> Occasion {
    Occasion(
      now: now, actor: actor.recognized(as: who), randomness: randomness, policy: policy, intent: intent, turns: turns)
  }

  /// The same moment and person, to something else's end.
  package func intending(_ intent: Intent) -> Occasion {
    Occasion(now: now, actor: actor, randomness: randomness, policy: policy, intent: intent, turns: turns)
  }

  package func newID<Tag>() -> Identifier<Tag> {
    .make(at: now, turn: turns.next.wrappingAdd(1, ordering: .relaxed).oldValue, from: randomness)
  }
  package func newSecret() -> SecretToken { .make(from: randomness) }
}
