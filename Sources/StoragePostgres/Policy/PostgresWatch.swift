internal import Identity
internal import Storage
internal import Synchronization

/// Notices the commits of other instances: a connection of its own listens for the word every such commit leaves, and asks for the newest
/// revision besides, so that nothing depends on a word that was lost.
///
/// While the connection is gone it is opened anew, again and again; each try asks, which is polling. What was confirmed is good for
/// `confirmedFor`; a confirmation that nobody renews runs out by itself, so that a thread or a network that hangs allows nothing either.
final class PostgresWatch: Sendable {
  private let feed: RevisionFeed
  private let open: @Sendable () throws -> PostgresConnection
  private let options: PostgresOptions

  static let channel = "usher_policy"

  init(feed: RevisionFeed, options: PostgresOptions, open: @escaping @Sendable () throws -> PostgresConnection) {
    self.feed = feed
    self.options = options
    self.open = open
  }

  /// Runs until its task is cancelled, on a thread of its own.
  func run(failed: @escaping @Sendable (any Error) -> Void) async {
    let stop = Flag()
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let started = OwnThread.start { [self] in
          watch(until: stop, failed)
          continuation.resume()
        }
        if !started { continuation.resume() }
      }
    } onCancel: {
      stop.raise()
    }
  }

  private func watch(until stop: Flag, _ failed: (any Error) -> Void) {
    let lane = Lane(knowing: Outage(), open)
    var listens: ObjectIdentifier?
    while !stop.isRaised {
      do {
        let asked = ContinuousClock.now
        let connection = try lane.lend()
        if listens != ObjectIdentifier(connection) {
          try connection.execute("SELECT pg_advisory_lock_shared(\(AdvisoryLock.serving))", [])
          try connection.execute("LISTEN \(Self.channel)", [])
          listens = ObjectIdentifier(connection)
        }
        try feed.catchUp(on: connection, to: nil)
        feed.confirm(until: asked + options.confirmedFor)
        try waitForNews(on: connection, until: stop)
      } catch {
        lane.drop()
        listens = nil
        failed(error)
        // What the pause between two tries is, the lane knows; this is only not to spin in it.
        OwnThread.pause(Outage.shortestPause)
      }
    }
    lane.drop()
  }

  /// Returns when there is word of a commit, or it is time to ask without one.
  private func waitForNews(on connection: PostgresConnection, until stop: Flag) throws {
    let until = ContinuousClock.now + options.asksEvery
    while !stop.isRaised {
      let left = until - ContinuousClock.now
      guard left > .zero else { return }
      if try connection.waitForNotification(atMost: min(left, Self.attention)) { return }
    }
  }

  /// How soon a watch that is told to stop stops.
  private static let attention: Duration = .milliseconds(100)
}

/// Raised once.
private final class Flag: Sendable {
  private let raised = Atomic(false)

  var isRaised: Bool { raised.load(ordering: .acquiring) }
  func raise() { raised.store(true, ordering: .releasing) }
}
