internal import Dispatch
internal import Identity
internal import Synchronization

/// The bounded pool: threads that each own one connection, and the queue in front of them.
///
/// A thread is started when something waits and none is idle, up to the size; one that finds nothing to do leaves no transaction open. No more than
/// `bound` jobs wait, and none longer than `longestWait`: what has waited so long is refused when its turn comes, for its caller has most likely gone.
final class Lanes: Sendable {
  private struct Waiting {
    let job: any PooledWork
    let since: ContinuousClock.Instant
  }

  private struct State {
    var waiting: [Waiting?] = []
    /// Where the queue begins: what stands before was taken.
    var first = 0
    var threads = 0
    var isClosed = false

    var length: Int { waiting.count - first }
  }

  private let size: Int
  private let bound: Int
  private let longestWait: Duration
  private let open: @Sendable () throws -> PostgresConnection
  private let state = Mutex(State())
  /// How many threads wait for work. Not of the state: to hold that lock costs more, under load, than all else here.
  private let idle = Atomic(0)
  private let outage = Outage()
  /// One signal for each job that waits.
  private let bell = DispatchSemaphore(value: 0)
  private let ended = DispatchGroup()

  init(
    size: Int, bound: Int, longestWait: Duration, open: @escaping @Sendable () throws -> PostgresConnection
  ) {
    self.size = max(size, 1)
    self.bound = max(bound, 1)
    self.longestWait = longestWait
    self.open = open
  }

  /// How many stand in the queue.
  var waiting: Int { state.withLock(\.length) }

  func take(_ job: any PooledWork) {
    enum Taken { case queued(startsThread: Bool), closed, full }
    let waiting = Waiting(job: job, since: .now)
    let taken: Taken = state.withLock { state in
      guard !state.isClosed else { return .closed }
      let length = state.length
      guard length < bound else { return .full }
      state.waiting.append(waiting)
      let startsThread = idle.load(ordering: .sequentiallyConsistent) <= length && state.threads < size
      if startsThread { state.threads += 1 }
      return .queued(startsThread: startsThread)
    }
    switch taken {
    case .queued(let startsThread):
      if startsThread { startThread() }
      bell.signal()
    case .closed: job.fail(StoreError.unavailable("the store is closed"))
    case .full: job.fail(StoreError.unavailable("too many requests wait for the database"))
    }
  }

  /// Refuses new jobs, lets those that wait be done, and returns when every connection is closed. Not to be called by one of the threads.
  func close() {
    stop()
    ended.wait()
  }

  /// The same, without waiting for it.
  func stop() {
    let threads = state.withLock { state in
      let wasClosed = state.isClosed
      state.isClosed = true
      return wasClosed ? 0 : state.threads
    }
    for _ in 0..<threads { bell.signal() }
  }

  private func startThread() {
    ended.enter()
    let started = OwnThread.start { [self] in
      let lane = Lane(knowing: outage, open)
      while let waiting = next(for: lane) {
        if ContinuousClock.now - waiting.since > longestWait {
          waiting.job.fail(StoreError.unavailable("the database is too busy"))
        } else {
          waiting.job.run(on: lane)
        }
      }
      lane.drop()
      ended.leave()
    }
    guard !started else { return }
    // Those that run do its work; where none runs, the next that comes tries again.
    state.withLock { $0.threads -= 1 }
    ended.leave()
  }

  /// - Returns: nil when the pool is closed and nothing waits any more.
  private func next(for lane: Lane) -> Waiting? {
    if bell.wait(timeout: .now()) == .timedOut {
      idle.add(1, ordering: .sequentiallyConsistent)
      lane.rest()
      bell.wait()
      idle.subtract(1, ordering: .sequentiallyConsistent)
    }
    return state.withLock { state in
      guard state.length > 0 else { return nil }
      defer {
        state.first += 1
        // The taken part is let go of now and then, not at each job.
        if state.first > 256, state.first * 2 > state.waiting.count {
          state.waiting.removeFirst(state.first)
          state.first = 0
        }
      }
      let next = state.waiting[state.first]
      state.waiting[state.first] = nil
      return next
    }
  }
}
