internal import Identity
internal import Logging
internal import Primitives

/// Takes rows away that can matter no more, once an hour.
///
/// Nothing depends on it: whether something has expired is judged when it is used, and with this loop standing still every answer stays the
/// same. It only keeps the database small.
struct TidyUp: Sendable {
  /// Ended grants stay as long as a token issued from them could be presented, and long enough to answer a late replay properly.
  static let grantsAreKept: Duration = .days(2)
  /// Keys that are published no more stay as long as a session they signed could live.
  static let signingKeysAreKept: Duration = .days(31)

  let store: any Store
  let clock: @Sendable () -> Timestamp
  let throttleWindow: Duration
  let logger: Logger

  func once() async throws -> Int {
    let now = clock()
    let window = throttleWindow
    return try await store.write { tx in
      try tx.deleteThrottles(before: now - window) + tx.deleteEndedGrants(before: now - Self.grantsAreKept)
        + tx.deleteSigningKeys(publishedBefore: now - Self.signingKeysAreKept)
    }
  }

  func run(every interval: Duration) async {
    while !Task.isCancelled {
      do {
        let count = try await once()
        if count > 0 { logger.debug("tidied up", metadata: ["rows": "\(count)"]) }
      } catch {
        logger.warning("tidying up failed", metadata: ["error": "\(error)"])
      }
      try? await Task.sleep(for: interval)
    }
  }
}
