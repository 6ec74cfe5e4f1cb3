internal import Dispatch
internal import GRDB
internal import Identity
internal import Synchronization

/// Reads, on threads that may wait for the disk. What a short read costs is the way to another thread and the begin and end of its transaction, so one
/// thread answers whatever waits from one snapshot, then from the next; and it hands its answers out together, for to wake those who wait for them
/// costs more than to find them. Every two milliseconds somebody looks: answers that are there are handed out, and whoever waits since the look before
/// gets another thread, up to the number of reading connections. So neither a long read nor a slow disk nor many short reads hold anybody up for longer
/// while a connection is idle.
///
/// Each body fails alone, and every one sees a state that stands still and holds all that was committed before it was asked for. No more than `bound`
/// wait: past that one is refused at once.
final class ReadQueue: Sendable {
  private struct State {
    /// In the order of their numbers; nil where one was taken.
    var waiting: [WaitingBody?] = []
    /// Where the first that waits stands.
    var first = 0
    /// How many were ever taken: the number of the first that waits.
    var taken = 0
    var running = 0
    var isWatched = false
    /// Those whose answers are there, and who do not know yet.
    var answered: [WaitingBody] = []

    var length: Int { waiting.count - first }
    /// The number before which everything was asked for.
    var horizon: Int { taken + length }
    let readers: Int

    init(readers: Int) { self.readers = readers }

    mutating func takeAnswered() -> [WaitingBody] {
      defer { answered = [] }
      return answered
    }

    mutating func takeFirst() -> WaitingBody? {
      guard first < waiting.count else { return nil }
      defer {
        first += 1
        taken += 1
        // The taken part is let go of now and then, not at each read.
        if first == waiting.count || first > 256 && first * 2 > waiting.count {
          waiting.removeFirst(first)
          first = 0
        }
      }
      defer { waiting[first] = nil }
      return waiting[first]
    }
  }

  private static let patience = DispatchTimeInterval.milliseconds(2)

  private let pool: DatabasePool
  private let memory: CatalogMemory
  private let bound: Int
  private let state: Mutex<State>
  private let threads = DispatchQueue(label: "usher.storage.reads", attributes: .concurrent)

  /// - Parameters:
  ///   - readers: how many run at once at most; the pool must have as many connections.
  ///   - bound: how many wait.
  init(pool: DatabasePool, readers: Int, bound: Int, remembering memory: CatalogMemory) {
    self.pool = pool
    self.memory = memory
    self.bound = max(bound, 1)
    state = Mutex(State(readers: max(readers, 1)))
  }

  /// How many reads stand in the queue.
  var waiting: Int { state.withLock { $0.length } }

  func read(_ body: @escaping @Sendable (any Transaction) throws -> Void) async throws {
    try await withCheckedThrowingContinuation { continuation in take(WaitingBody(body: body, continuation: continuation)) }
  }

  private func take(_ read: WaitingBody) {
    enum Next { case start, watch, nothing, refuse }
    let next: Next = state.withLock { state in
      guard state.length < bound else { return .refuse }
      state.waiting.append(read)
      if state.running == 0 {
        state.running = 1
        return .start
      }
      guard !state.isWatched else { return .nothing }
      state.isWatched = true
      return .watch
    }
    switch next {
    case .start: threads.async { self.drain() }
    case .watch: watch(behind: state.withLock(\.horizon))
    case .nothing: break
    case .refuse: read.fail(StoreError.unavailable("too many reads wait"))
    }
  }

  /// Looks a moment later after those who were asked for before `horizon`.
  private func watch(behind horizon: Int) {
    threads.asyncAfter(deadline: .now() + Self.patience) { [self] in
      let (answered, helps, next) = state.withLock { state in
        let helps = state.taken < horizon && state.running < state.readers
        if helps { state.running += 1 }
        let answered = state.takeAnswered()
        state.isWatched = state.length > 0 || !answered.isEmpty
        return (answered, helps, state.isWatched ? state.horizon : nil)
      }
      for read in answered { read.finish() }
      if let next { watch(behind: next) }
      if helps { drain() }
    }
  }

  /// Answers until nothing waits.
  private func drain() {
    while let horizon = horizon() {
      do {
        try SQLiteErrors.translated { try pool.unsafeRead { try answer(before: horizon, on: $0) } }
      } catch {
        while let read = next(before: horizon, having: nil) { read.fail(error) }
      }
      for read in state.withLock({ $0.takeAnswered() }) { read.finish() }
    }
  }

  /// Answers from one snapshot.
  private func answer(before horizon: Int, on database: Database) throws {
    // Left open only by an end that failed, which a broken disk may do; what it showed would be old.
    if database.isInsideTransaction { try database.rollback() }
    try database.inTransaction(.deferred) {
      var last: WaitingBody?
      while let read = next(before: horizon, having: last) {
        _ = read.run(SQLTransaction(SQLiteConnection(database), isReadOnly: true, remembering: memory))
        last = read
        // A disk that fails may make SQLite give up the transaction; what came after it would see another state with every statement.
        guard database.isInsideTransaction else { break }
      }
      last?.finish()
      return .commit
    }
  }

  /// - Returns: the number before which everything was asked for before now; nil when nothing waits, and the caller's thread counts no more.
  private func horizon() -> Int? {
    state.withLock { state in
      guard state.length > 0 else {
        state.running -= 1
        return nil
      }
      return state.horizon
    }
  }

  /// - Parameter last: the one before, whose answer is there.
  private func next(before horizon: Int, having last: WaitingBody?) -> WaitingBody? {
    state.withLock { state in
      guard state.taken < horizon, let next = state.takeFirst() else { return nil }
      if let last { state.answered.append(last) }
      return next
    }
  }
}
