internal import Glibc

/// A thread that belongs to one connection: libpq blocks, and nothing else may wait with it.
enum OwnThread {
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// - Returns: false when the system gives no more threads.
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    var thread = pthread_t()
    let work = Unmanaged.passRetained(Work(body))
    let outcome = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    guard outcome == 0 else {
      work.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  /// Lets the calling thread, which must be one of these, stand still.
  static func pause(_ time: Duration) {
    let parts = time.components
    var left = timespec(tv_sec: Int(clamping: parts.seconds), tv_nsec: Int(parts.attoseconds / 1_000_000_000))
    var rest = timespec()
    while nanosleep(&left, &rest) != 0, errno == EINTR { left = rest }
  }
}
