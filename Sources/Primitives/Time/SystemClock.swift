internal import Glibc

/// The wall clock of the machine. Only the composition of the server asks it; everything else is handed a moment.
package enum SystemClock {
  package static func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }

  /// Returns once the second of a moment is over, at most a second after it: of what tells its time in whole seconds, as tokens do, nobody can say
  /// whether it was before or after a moment of the same second.
  package static func waitForEnd(ofSecondOf moment: Timestamp) async throws {
    let left = Timestamp(seconds: moment.seconds + 1) - now()
    if left > .zero { try await Task.sleep(for: left) }
  }
}
