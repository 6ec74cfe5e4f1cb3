internal import AccessControl
package import Logging
package import Primitives
internal import Synchronization

/// Knows whether this process can record what it does, and keeps count of what it could not.
///
/// A change and its record are one commit, so that a change that cannot be recorded does not happen. A denial is no change: it is given all the
/// same, and counted here until `RecordInterruption` can write it down.
package final class AuditAlarm: Sendable {
  package struct State: Sendable, Hashable {
    /// When the first write failed of those that have failed since the store last worked; nil while it works.
    package fileprivate(set) var failingSince: Timestamp?
    /// Denials of which the trail does not know yet.
    package fileprivate(set) var unrecordedDenials = 0

    package var isRaised: Bool { failingSince != nil || unrecordedDenials > 0 }
  }

  private let held = Mutex(State())
  private let logger: Logger

  package init(logger: Logger) { self.logger = logger }

  package var state: State { held.withLock { $0 } }

  /// A write was refused: the disk is full, the database gone or locked.
  func failed(_ reason: String, at now: Timestamp) {
    let isNew = held.withLock { state in
      defer { state.failingSince = state.failingSince ?? now }
      return state.failingSince == nil
    }
    if isNew { logger.error("nothing can be recorded; changes are refused", metadata: ["error": "\(reason)"]) }
  }

  func missed(_ denial: AccessDenied, _ occasion: Occasion, because error: StoreError) {
    held.withLock { state in
      state.failingSince = state.failingSince ?? occasion.now
      state.unrecordedDenials += 1
    }
    logger.warning(
      "a denial could not be recorded",
      metadata: [
        "actor": "\(occasion.actor.auditName)", "permission": "\(denial.permission.text)",
        "organization": "\(denial.organization?.text ?? "-")", "request": "\(occasion.actor.requestID ?? "-")",
        "error": "\(error)",
      ])
  }

  /// The trail knows of all this now.
  fileprivate func recorded(_ told: State) {
    held.withLock { state in
      // What failed after that is new.
      if state.failingSince == told.failingSince { state.failingSince = nil }
      state.unrecordedDenials -= told.unrecordedDenials
      if state.unrecordedDenials > 0 { state.failingSince = state.failingSince ?? told.failingSince }
    }
    logger.notice("everything is recorded again")
  }
}

/// Writes down, once that works again, that for a while nothing could be recorded.
package struct RecordInterruption: Sendable {
  package init() {}

  /// Does nothing while no alarm is raised.
  ///
  /// - Throws: `StoreError.unavailable` for as long as nothing can be recorded.
  package func callAsFunction(_ occasion: Occasion, env: Environment) async throws {
    let state = env.audit.state
    guard state.isRaised else { return }
    try await env.store.write { tx in
      var details: JSONObject = ["unrecorded_denials": .integer(Int64(state.unrecordedDenials))]
      if let since = state.failingSince { details["since"] = .string(since.rfc3339) }
      try tx.record(.auditInterrupted, on: nil, in: nil, outcome: .failed, occasion, details: details)
    }
    env.audit.recorded(state)
  }
}

/// A store that tells the alarm when a write is refused, and refuses one that breaks a rule about who holds which roles.
struct WatchedStore: Store {
  private let store: any Store
  private let alarm: AuditAlarm
  private let clock: @Sendable () -> Timestamp

  init(_ store: any Store, alarm: AuditAlarm, clock: @escaping @Sendable () -> Timestamp) {
    self.store = store
    self.alarm = alarm
    self.clock = clock
  }

  func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await store.read(body)
  }

  func catchUp() async throws { try await store.catchUp() }

  func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    do {
      return try await store.write { [clock] tx in
        let value = try body(tx)
        try tx.keepRoleRules(at: clock())
        return value
      }
    } catch StoreError.unavailable(let reason) {
      alarm.failed(reason, at: clock())
      throw StoreError.unavailable(reason)
    }
  }
}
