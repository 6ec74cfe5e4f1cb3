import Mail
import Synchronization

/// A way out that keeps what it is given, after failing as often as it was told to.
final class RecordingTransport: MailTransport {
  private struct State {
    var failures: [DeliveryFailure]
    var delivered: [ComposedMessage] = []
    var attempts = 0
  }

  private let state: Mutex<State>
  private let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)

  init(failing failures: [DeliveryFailure] = []) {
    state = Mutex(State(failures: failures.reversed()))
  }

  var delivered: [ComposedMessage] { state.withLock { $0.delivered } }
  var attempts: Int { state.withLock { $0.attempts } }

  func deliver(_ message: ComposedMessage) async throws(DeliveryFailure) {
    let failure = state.withLock { state in
      state.attempts += 1
      let failure = state.failures.popLast()
      if failure == nil { state.delivered.append(message) }
      return failure
    }
    if let failure { throw failure }
    arrival.yield()
  }

  func waitForOne() async {
    var iterator = arrivals.makeAsyncIterator()
    await iterator.next()
  }
}

/// A way out in which a delivery stands still until it is let go.
final class SlowTransport: MailTransport {
  private let (begins, begin) = AsyncStream.makeStream(of: Void.self)
  private let (releases, release) = AsyncStream.makeStream(of: Void.self)
  private let finished = Mutex(0)

  var delivered: Int { finished.withLock { $0 } }

  func deliver(_ message: ComposedMessage) async throws(DeliveryFailure) {
    begin.yield()
    var iterator = releases.makeAsyncIterator()
    // A cancelled task gets nothing from a stream, even when there is something in it.
    guard await iterator.next() != nil, !Task.isCancelled else { throw .temporary("broken off") }
    finished.withLock { $0 += 1 }
  }

  func waitUntilItBegins() async {
    var iterator = begins.makeAsyncIterator()
    await iterator.next()
  }

  func letGo() { release.yield() }
}
