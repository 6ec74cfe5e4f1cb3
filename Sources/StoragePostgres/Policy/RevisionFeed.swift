internal import Identity
internal import Primitives
internal import Storage
internal import Synchronization

/// Tells the observer what was committed, in the order of revisions, whoever committed it: this instance or another.
///
/// Everybody who must know how things stand catches up: a write before it answers, the watch when it was notified, a request that has seen a
/// newer revision. Whoever comes while another catches up waits for it, and mostly finds that everything has been told.
final class RevisionFeed: Sendable {
  private let observer: any PolicyObserver
  private let options: StorageOptions
  /// The revision the observer knows; nil before it was told anything. Held while it is told.
  private let told = Mutex<Int64?>(nil)

  init(observer: any PolicyObserver, options: StorageOptions) {
    self.observer = observer
    self.options = options
  }

  /// Tells everything up to the newest commit, unless the observer knows `revision` already.
  ///
  /// - Parameters:
  ///   - revision: nil reads whatever is newest.
  ///   - whole: tells the whole policy, known or not.
  func catchUp(on connection: PostgresConnection, to revision: Int64?, whole: Bool = false) throws {
    try told.withLock { told in
      if !whole, let told, let revision, told >= revision { return }
      connection.begin(.read)
      do {
        let transaction = SQLTransaction(connection, isReadOnly: true)
        let news = try news(since: whole ? nil : told, transaction, connection)
        try connection.endRead()
        switch news {
        case .none: break
        case .some(let facts, _): observer.apply(facts)
        case .whole(let facts): observer.replace(with: facts)
        }
        told = news.revision ?? told
        if case .some(_, let withoutHistory) = news { try keepHistory(of: withoutHistory, on: connection) }
      } catch {
        connection.rollback()
        throw error
      }
    }
  }

  private enum News {
    case none
    case some(PolicyFacts, withoutHistory: PolicyChange)
    case whole(PolicyFacts)

    var revision: Int64? {
      switch self {
      case .none: nil
      case .some(let facts, _), .whole(let facts): facts.revision
      }
    }
  }

  private func news(since known: Int64?, _ transaction: SQLTransaction, _ connection: PostgresConnection) throws -> News {
    if let known {
      guard try transaction.policyRevision() > known else { return .none }
      if case .changed(let change, let withoutHistory) = try transaction.policyNews(since: known) {
        return .some(try transaction.policyFacts(.changed(change)), withoutHistory: withoutHistory)
      }
    }
    // Everything is read once from end to end, which indexes only slow down.
    try connection.execute("SET LOCAL enable_seqscan = on", [])
    return .whole(try transaction.policyFacts(.everything(endedSince: options.now() - options.endedGrantsAreKept)))
  }

  /// While an installation is upgraded an older instance changes the policy without a word in the history: those that know of it write it down.
  private func keepHistory(of change: PolicyChange, on connection: PostgresConnection) throws {
    guard !change.isOutsideHistory else { return }
    do {
      try connection.transaction(.write) {
        try SQLTransaction(connection, isReadOnly: false).keepHistory(ofOthers: change, at: options.now())
      }
    } catch {
      // Of several instances that see it at once, one does it.
      guard connection.isUsable else { throw error }
    }
  }

  func confirm(until deadline: ContinuousClock.Instant) { observer.confirm(isCurrent: true, until: deadline) }
  func doubt() { observer.confirm(isCurrent: false, until: nil) }
}
