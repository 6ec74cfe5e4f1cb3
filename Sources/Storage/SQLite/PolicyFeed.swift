internal import Identity
internal import Primitives
internal import Synchronization

/// Tells the observer about commits, in their order. Used on the writing connection's queue only, which is what makes the order.
final class PolicyFeed: Sendable {
  /// What one commit means to the observer.
  enum News {
    case none
    case some(PolicyFacts)
    /// Somebody else committed in between, or nothing was told yet.
    case whole(PolicyFacts)
  }

  private let observer: any PolicyObserver
  private let options: StorageOptions
  /// The revision the observer knows; nil before it was told anything.
  private let known = Mutex<Int64?>(nil)

  init(observer: any PolicyObserver, options: StorageOptions) {
    self.observer = observer
    self.options = options
  }

  /// What the observer must learn of the facts that a commit changes; still before the commit, so that nothing can fail after it.
  func news(of facts: PolicyFacts, from transaction: SQLTransaction) throws -> News {
    if known.withLock({ $0 }) == facts.revision - 1 { return .some(facts) }
    return .whole(try whole(from: transaction))
  }

  func whole(from transaction: SQLTransaction) throws -> PolicyFacts {
    try transaction.policyFacts(.everything(endedSince: options.now() - options.endedGrantsAreKept))
  }

  func tell(_ news: News) {
    switch news {
    case .none: break
    case .some(let facts):
      observer.apply(facts)
      known.withLock { $0 = facts.revision }
    case .whole(let facts):
      observer.replace(with: facts)
      known.withLock { $0 = facts.revision }
    }
  }

  func knows(_ revision: Int64) -> Bool { known.withLock { $0 == revision } }

  func confirm(isCurrent: Bool, until deadline: ContinuousClock.Instant? = nil) {
    observer.confirm(isCurrent: isCurrent, until: deadline)
  }
}
