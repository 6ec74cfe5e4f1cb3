internal import ServiceLifecycle
internal import Web

/// The first to be stopped: says at `/health/ready` that nobody should be sent here any more, and lets everything else go on until the balancer in
/// front has had the time to notice (THREATS OVR3).
struct Draining: Service {
  let health: HealthWarnings
  let time: Duration

  func run() async throws {
    try await gracefulShutdown()
    health.beginToStop()
    // Not cut short by the shutdown it is part of; a second signal ends the process.
    try? await Task.sleep(for: time)
  }
}
