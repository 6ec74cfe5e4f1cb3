internal import ServiceLifecycle

/// Work that goes on beside the requests until Usher is told to stop; then it is cancelled, and finishes what it has in hand.
struct Loop: Service {
  let work: @Sendable () async -> Void

  func run() async throws {
    await cancelWhenGracefulShutdown { await work() }
  }
}
