internal import Foundation
internal import Glibc
internal import Synchronization
internal import TestKit
internal import Testing

/// What the tests read programs by.
@Suite struct ReadingPipes {
  @Test func `signals that come while one waits for a program change nothing of what is read`() async throws {
    signalsSeen.store(0, ordering: .relaxed)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in signalsSeen.add(1, ordering: .relaxed) }
    // Without SA_RESTART: a call that waits is told.
    var before = sigaction()
    sigaction(SIGUSR2, &action, &before)
    defer { sigaction(SIGUSR2, &before, nil) }

    let pipe = Pipe()
    let (threads, thread) = AsyncStream.makeStream(of: pthread_t.self)
    async let read = withCheckedContinuation { (continuation: CheckedContinuation<[UInt8], Never>) in
      Thread.detachNewThread {
        // A thread that Dispatch starts lets none of them through.
        var ours = sigset_t()
        sigaddset(&ours, SIGUSR2)
        pthread_sigmask(SIG_UNBLOCK, &ours, nil)
        thread.yield(pthread_self())
        continuation.resume(returning: pipe.fileHandleForReading.bytesToEnd())
      }
    }
    var started = threads.makeAsyncIterator()
    let reader = try #require(await started.next())
    for part in ["what ", "it ", "says"] {
      let enough = signalsSeen.load(ordering: .relaxed) + 20
      while signalsSeen.load(ordering: .relaxed) < enough {
        pthread_kill(reader, SIGUSR2)
        await Task.yield()
      }
      try pipe.fileHandleForWriting.write(contentsOf: Data(part.utf8))
    }
    try pipe.fileHandleForWriting.close()
    #expect(String(decoding: await read, as: UTF8.self) == "what it says")
  }
}

private let signalsSeen = Atomic(0)
