internal import Glibc

/// The wall clock of the machine. Only the composition of the server asks it; everything else is handed a moment.
package enum SystemClock {
  package static func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }
}
