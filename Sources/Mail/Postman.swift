package import Identity
package import Logging
package import Primitives

/// Carries the letters of the outbox out of the house, one at a time, and tries again those that did not get there.
///
/// Every letter arrives at least once, or is given up with a row in the audit trail. Twice is possible (a crash between the server's word
/// and our commit) and looks like once: the repeated message has the same Message-ID, and under a folder the same file.
package final class Postman: Sendable {
  /// How long a taken letter is nobody else's. Longer than any transport may take; when this process dies, another carries it after that.
  private static let lease = Duration.minutes(10)

  private let store: any Store
  private let clock: @Sendable () -> Timestamp
  private let randomness: any RandomSource
  private let holder: InstanceName
  private let sealer: Sealer
  private let writer: LetterWriter
  private let transport: any MailTransport
  private let logger: Logger
  private let round: Duration
  private let farewell: Duration
  private let bell: OutboxBell

  /// - Parameters:
  ///   - holder: what this process is called beside the letters it carries.
  ///   - sealer: what opens the letters' contents, `KeyRing.outbox`.
  ///   - bell: rung when a letter was put into the outbox.
  ///   - round: how often to look for due letters when nobody rings; letters of other processes and those put off wait that long.
  ///   - farewell: how long the letter in hand may still take once `run` is cancelled.
  package init(
    store: any Store, clock: @escaping @Sendable () -> Timestamp, randomness: any RandomSource, holder: InstanceName,
    sealer: Sealer,
    writer: LetterWriter,
    transport: any MailTransport, bell: OutboxBell, logger: Logger, round: Duration = .seconds(1),
    farewell: Duration = .seconds(6)
  ) {
    self.store = store
    self.clock = clock
    self.randomness = randomness
    self.holder = holder
    self.sealer = sealer
    self.writer = writer
    self.transport = transport
    self.logger = logger
    self.round = round
    self.farewell = farewell
    self.bell = bell
  }

  /// Delivers until the task is cancelled, then finishes the letter in hand and returns. To be called once.
  package func run() async {
    bell.ring()
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [round, bell] in
        while (try? await Task.sleep(for: round)) != nil { bell.ring() }
      }
      for await _ in bell.rings { await deliverDue() }
      group.cancelAll()
    }
  }

  /// Delivers every letter that is due, oldest first, and returns when none is left, the store fails, or the task is cancelled.
  package func deliverDue() async {
    do {
      while !Task.isCancelled, let letter = try await nextLetter() { try await carry(letter) }
    } catch {
      logger.error("the outbox cannot be used", metadata: ["error": "\(error)"])
    }
  }

  /// One at a time, so that the last of many slow letters is not another postman's before its turn comes. Looking writes nothing, and most rounds
  /// find nothing.
  private func nextLetter() async throws -> Letter? {
    let now = clock()
    guard try await store.read({ tx in try tx.hasDueLetters(at: now) }) else { return nil }
    return try await write { [holder] tx in
      try tx.takeDueLetters(at: now, heldBy: holder, until: now + Self.lease, limit: 1).first
    }
  }

  private func carry(_ letter: Letter) async throws {
    switch await attempt(letter) {
    case .delivered:
      logger.info("letter delivered", metadata: ["letter": "\(letter.id.text)"])
      try await write { tx in try tx.removeLetter(letter.id) }
    case .undeliverable(let reason):
      try await giveUp(letter, because: reason)
    case .failed(let reason):
      let next = RetrySchedule.nextAttempt(afterFailures: letter.attempts, at: clock(), giveUpAt: letter.giveUpAt)
      guard let next else { return try await giveUp(letter, because: reason) }
      logger.warning(
        "letter not delivered", metadata: ["letter": "\(letter.id.text)", "reason": "\(reason)", "next": "\(next.rfc3339)"])
      try await write { [holder] tx in _ = try tx.postponeLetter(letter.id, heldBy: holder, until: next, error: reason) }
    }
  }

  private enum Outcome {
    case delivered
    case failed(String)
    case undeliverable(String)
  }

  private func attempt(_ letter: Letter) async -> Outcome {
    guard let content = try? LetterContent(opening: letter, with: sealer) else { return .undeliverable("unreadable") }
    if let end = content.expiresAt, end <= clock() { return .undeliverable("expired") }
    guard let message = writer.message(for: letter, saying: content)?.composed() else { return .undeliverable("address") }
    return switch await handOver(message) {
    case nil: .delivered
    case .temporary(let reason): .failed(reason)
    case .permanent(let reason): .undeliverable(reason)
    }
  }

  /// Hands the message over in a task of its own, which outlives our cancellation by `farewell`: a letter in the middle of its
  /// conversation is better finished than repeated.
  private func handOver(_ message: ComposedMessage) async -> DeliveryFailure? {
    let delivery = Task { [transport] () async -> DeliveryFailure? in
      do throws(DeliveryFailure) {
        try await transport.deliver(message)
        return nil
      } catch {
        return error
      }
    }
    return await withTaskCancellationHandler {
      await delivery.value
    } onCancel: { [farewell] in
      Task {
        try? await Task.sleep(for: farewell)
        delivery.cancel()
      }
    }
  }

  private func giveUp(_ letter: Letter, because reason: String) async throws {
    let occasion = Occasion(now: clock(), actor: Actor(.command("postman"), address: nil, requestID: nil), randomness: randomness)
    let details: JSONObject = ["reason": .string(reason), "attempts": .integer(Int64(letter.attempts) + 1)]
    let isGivenUp = try await write { [holder] tx in
      // Whoever holds it now says what becomes of it.
      guard try tx.giveUpLetter(letter.id, heldBy: holder) else { return false }
      try tx.record(.letterGivenUp, on: letter.id.auditName, in: nil, outcome: .failed, occasion, details: details)
      return true
    }
    guard isGivenUp else { return }
    logger.error("letter given up", metadata: ["letter": "\(letter.id.text)", "reason": "\(reason)"])
  }

  /// Writes even when we are being stopped: a store may refuse the writes of a cancelled task, and a letter that was delivered but not
  /// removed would be delivered again.
  private func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await Task { [store] in try await store.write(body) }.value
  }
}
