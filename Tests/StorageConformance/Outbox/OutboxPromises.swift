internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

extension Promise {
  static let outbox = [
    Promise("a letter comes back as it was put in, put off by being taken") { bench in
      let letter = bench.samples.letter()
      let now = bench.samples.now
      try await bench.store.write { try $0.enqueue(letter) }
      let taken = try await bench.store.write { try $0.takeDueLetters(at: now, retryAt: now + .minutes(5), limit: 10) }
      var expected = letter
      expected.nextAttemptAt = now + .minutes(5)
      #expect(taken == [expected])
      try await bench.store.write { tx throws in
        #expect(try tx.takeDueLetters(at: now + .minutes(5) - .microseconds(1), retryAt: now, limit: 10).isEmpty)
        #expect(try tx.takeDueLetters(at: now + .minutes(5), retryAt: now + .hours(1), limit: 10).count == 1)
      }
    },
    Promise("a commit with new letters rings the bell; one without, and one that was undone, does not") { bench in
      struct Undone: Error {}
      try await bench.store.write { try $0.countFailure("first", hour: bench.samples.now) }
      await #expect(throws: Undone.self) {
        try await bench.store.write { tx in
          try tx.enqueue(bench.samples.letter())
          throw Undone()
        }
      }
      #expect(bench.bell.ring(), "nobody rang before")
      var listener = bench.bell.rings.makeAsyncIterator()
      _ = await listener.next()
      try await bench.store.write { tx throws in
        try tx.enqueue(bench.samples.letter())
        try tx.enqueue(bench.samples.letter())
      }
      #expect(!bench.bell.ring(), "the store rang")
    },
    Promise("two postmen never take the same letter, and none stays lying") { bench in
      let letters = (0..<30).map { _ in bench.samples.letter() }
      let now = bench.samples.now
      try await bench.store.write { tx in for letter in letters { try tx.enqueue(letter) } }
      let taken = try await atOnce(20) { _ in
        try await bench.store.write { try $0.takeDueLetters(at: now, retryAt: now + .minutes(5), limit: 3).map(\.id) }
      }
      #expect(taken.allSatisfy { $0.count <= 3 && $0 == $0.sorted() })
      #expect(taken.flatMap(\.self).count == 30)
      #expect(Set(taken.flatMap(\.self)) == Set(letters.map(\.id)))
    },
    Promise("an attempt that failed is counted and puts the letter off; a delivered letter goes away") { bench in
      let (failed, delivered) = (bench.samples.letter(), bench.samples.letter())
      let now = bench.samples.now
      try await bench.store.write { tx throws in
        try tx.enqueue(failed)
        try tx.enqueue(delivered)
        #expect(try tx.waitingLetters() == (2, now))
        _ = try tx.takeDueLetters(at: now, retryAt: now + .minutes(5), limit: 10)
        try tx.postponeLetter(failed.id, until: now + .hours(1), error: "450 later")
        try tx.removeLetter(delivered.id)
        #expect(try tx.takeDueLetters(at: now + .minutes(59), retryAt: now, limit: 10).isEmpty)
        let again = try tx.takeDueLetters(at: now + .hours(1), retryAt: now + .hours(2), limit: 10)
        #expect(again.map(\.id) == [failed.id])
        #expect(again.first?.attempts == 1 && again.first?.lastError == "450 later")
        try tx.removeLetter(failed.id)
        #expect(try tx.waitingLetters() == (0, nil))
      }
    },
  ]
}
