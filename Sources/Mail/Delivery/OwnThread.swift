internal import Dispatch

/// A thread for work that blocks: a conversation with a mail server, a file that must reach the disk. Nothing else of the program may wait
/// with it.
struct OwnThread: Sendable {
  private let queue: DispatchQueue

  init(_ name: String) { queue = DispatchQueue(label: name) }

  /// Runs the work after all that was given before.
  func run(_ work: @escaping @Sendable () throws(DeliveryFailure) -> Void) async throws(DeliveryFailure) {
    let failure: DeliveryFailure? = await withCheckedContinuation { continuation in
      queue.async {
        do throws(DeliveryFailure) {
          try work()
          continuation.resume(returning: nil)
        } catch {
          continuation.resume(returning: error)
        }
      }
    }
    if let failure { throw failure }
  }
}
