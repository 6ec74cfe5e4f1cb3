/// Rung by the store after each commit that put letters into the outbox; heard by the postman of the same process, who need not wait for his
/// next round then. Letters of other processes ring nowhere here.
///
/// Ringing costs a write nothing it could notice. Any number of rings before the postman listens again are one.
package final class OutboxBell: Sendable {
  /// One element for each time it was rung since the last was taken. For one listener.
  package let rings: AsyncStream<Void>
  private let ringer: AsyncStream<Void>.Continuation

  package init() {
    (rings, ringer) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  /// Returns at once; may be called from anywhere.
  ///
  /// - Returns: false when it had been rung already since its listener last listened.
  @discardableResult
  package func ring() -> Bool {
    if case .dropped = ringer.yield() { false } else { true }
  }
}
