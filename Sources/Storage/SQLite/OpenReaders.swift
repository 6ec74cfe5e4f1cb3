internal import Dispatch
internal import GRDB
internal import Identity
internal import Synchronization

extension DatabasePool {
  /// Opens every reading connection that this pool may have. They are opened when they are first needed otherwise, and then the process may have
  /// as many files open as it may: a question would fail for want of a file that was free at the start.
  func openReaders(_ count: Int) async throws {
    let hall = Hall(count)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<count { group.addTask { try await self.enter(hall) } }
      try await group.waitForAll()
    }
  }

  private func enter(_ hall: Hall) async throws {
    try await withCheckedThrowingContinuation { (opened: CheckedContinuation<Void, any Error>) in
      asyncRead { lent in
        hall.waitForAll()
        opened.resume(with: Result { try SQLiteErrors.translated { _ = try lent.get() } })
      }
    }
  }
}

/// Where each waits until all are there, so that none takes the connection of another. Readers have threads of their own.
private final class Hall: Sendable {
  private let missing: Mutex<Int>
  private let count: Int
  private let door = DispatchSemaphore(value: 0)

  init(_ count: Int) {
    self.count = count
    missing = Mutex(count)
  }

  func waitForAll() {
    let isLast = missing.withLock { missing in
      missing -= 1
      return missing == 0
    }
    if isLast { for _ in 0..<count { door.signal() } }
    door.wait()
  }
}
