internal import Identity
internal import Primitives

/// Takes out of this process's memory, once an hour, the ended grants and tokens that can matter no more. With this loop standing still every
/// answer stays the same.
struct ForgetEndings: Sendable {
  let environment: Environment

  func run(every interval: Duration) async {
    while !Task.isCancelled {
      environment.policy.forget(at: environment.clock())
      try? await Task.sleep(for: interval)
    }
  }
}
