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
        case .some(let facts): observer.apply(facts)
        case .whole(let facts): observer.replace(with: facts)
        }
        told = news.revision ?? told
      } catch {
        connection.rollback()
        throw error
      }
    }
  }

  private enum News {
    case none
    case some(PolicyFacts)
    case whole(PolicyFacts)

    var revision: Int64? {
      switch self {
      case .none: nil
      case .some(let facts), .whole(let facts): facts.revision
      }
    }
  }

  private func news(since known: Int64?, _ transaction: SQLTransaction, _ connection: PostgresConnection) throws -> News {
    if let known {
      guard try transaction.policyRevision() > known else { return .none }
      if case .changed(let change) = try transaction.policyNews(since: known) {
        return .some(try transaction.policyFacts(.changed(change)))
      }
    }
    // Everything is read once from end to end, which indexes only slow down.
    try connection.execute("SET LOCAL enable_seqscan = on", [])
    return .whole(try transaction.policyFacts(.everything(endedSince: options.now() - options.endedGrantsAreKept)))
  }

  func confirm(until deadline: ContinuousClock.Instant) { observer.confirm(isCurrent: true, until: deadline) }
  func doubt() { observer.confirm(isCurrent: false, until: nil) }
}
