internal import Synchronization

/// That no connection can be opened, known to everybody who would try.
///
/// For a moment that doubles up to a second nobody tries again: whoever asks meanwhile is told at once what was wrong. So a server that is down costs
/// nobody a wait, and one that is back is found within a second, by all at once.
final class Outage: Sendable {
  private struct State {
    var refused: (error: any Error, until: ContinuousClock.Instant)?
    var pause = Outage.shortestPause
  }

  static let shortestPause: Duration = .milliseconds(20)
  static let longestPause: Duration = .seconds(1)

  private let state = Mutex(State())

  /// - Throws: what the last try came to, while it is too early for another.
  func mayTry() throws {
    let refused = state.withLock { $0.refused }
    if let refused, ContinuousClock.now < refused.until { throw refused.error }
  }

  func began(_ error: any Error) {
    state.withLock { state in
      state.refused = (error, ContinuousClock.now + state.pause)
      state.pause = min(state.pause * 2, Self.longestPause)
    }
  }

  func ended() { state.withLock { $0 = State() } }
}
