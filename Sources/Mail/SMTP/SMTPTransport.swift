internal import Dispatch
internal import Synchronization

/// Hands letters to an SMTP server through libcurl, one at a time, on a thread of its own: libcurl blocks, and nothing else of the server
/// may wait with it.
package struct SMTPTransport: MailTransport {
  private let settings: SMTPSettings
  private let thread = DispatchQueue(label: "usher.smtp")

  package init(_ settings: SMTPSettings) {
    self.settings = settings
  }

  package func deliver(_ message: ComposedMessage) async throws(DeliveryFailure) {
    let stop = StopFlag()
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        thread.async {
          continuation.resume(
            returning: Result { () throws(DeliveryFailure) in
              try SMTPTransfer(message, settings, stop).perform()
            })
        }
      }
    } onCancel: {
      stop.raise()
    }
    try outcome.get()
  }
}

/// Tells a transfer on its own thread that nobody waits for it any more.
final class StopFlag: Sendable {
  private let raised = Atomic(false)

  var isRaised: Bool { raised.load(ordering: .relaxed) }
  func raise() { raised.store(true, ordering: .relaxed) }
}
