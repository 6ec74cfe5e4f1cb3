internal import Synchronization

/// Hands letters to an SMTP server through libcurl, one at a time, on a thread of its own.
package struct SMTPTransport: MailTransport {
  private let settings: SMTPSettings
  private let thread = OwnThread("usher.smtp")

  package init(_ settings: SMTPSettings) {
    self.settings = settings
  }

  package func deliver(_ message: ComposedMessage) async throws(DeliveryFailure) {
    let stop = StopFlag()
    let outcome = await withTaskCancellationHandler {
      await Self.outcome { () throws(DeliveryFailure) in
        try await thread.run { () throws(DeliveryFailure) in try SMTPTransfer(message, settings, stop).perform() }
      }
    } onCancel: {
      stop.raise()
    }
    try outcome.get()
  }

  /// `withTaskCancellationHandler` forgets which error its operation throws.
  private static func outcome(
    _ operation: () async throws(DeliveryFailure) -> Void
  ) async -> Result<Void, DeliveryFailure> {
    do throws(DeliveryFailure) { return .success(try await operation()) } catch { return .failure(error) }
  }
}

/// Tells a transfer on its own thread that nobody waits for it any more.
final class StopFlag: Sendable {
  private let raised = Atomic(false)

  var isRaised: Bool { raised.load(ordering: .relaxed) }
  func raise() { raised.store(true, ordering: .relaxed) }
}
