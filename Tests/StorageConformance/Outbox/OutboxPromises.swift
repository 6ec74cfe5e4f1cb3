internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

private let (one, other) = (InstanceName(trusted: "one"), InstanceName(trusted: "other"))

extension Promise {
  static let outbox = [
    Promise("a letter comes back as it was put in, and is its postman's until his lease ends") { bench in
      let letter = bench.samples.letter()
      let now = bench.samples.now
      let end = now + .minutes(5)
      try await bench.store.write { try $0.enqueue(letter) }
      let taken = try await bench.store.write { try $0.takeDueLetters(at: now, heldBy: one, until: end, limit: 10) }
      #expect(taken == [letter])
      try await bench.store.write { tx throws in
        let before = end - .microseconds(1)
        #expect(try !tx.hasDueLetters(at: before))
        #expect(try tx.takeDueLetters(at: before, heldBy: other, until: now, limit: 10).isEmpty)
        #expect(try tx.hasDueLetters(at: end))
        #expect(try tx.takeDueLetters(at: end, heldBy: other, until: end + .minutes(5), limit: 10) == [letter])
        #expect(try !tx.postponeLetter(letter.id, heldBy: one, until: now, error: "late"))
        #expect(try !tx.giveUpLetter(letter.id, heldBy: one))
        #expect(try tx.giveUpLetter(letter.id, heldBy: other))
        #expect(try tx.waitingLetters() == (0, nil))
      }
    },
    Promise("a letter is a job of its kind, due and given up when the letter is") { bench in
      let letter = bench.samples.letter()
      try await bench.store.write { tx throws in
        try tx.enqueue(letter)
        let job = try tx.job(JobID(trusted: letter.id.text))
        #expect(job?.kind == .letter && job?.giveUpAt == letter.giveUpAt && job?.dueAt == letter.nextAttemptAt)
        #expect(job?.lastError == nil && job?.repeatsEvery == nil)
      }
    },
    Promise("a letter that cannot be understood holds up no other, and is to be seen among the failing jobs") { bench in
      let now = bench.samples.now
      let strange = Job(
        id: bench.samples.id(), kind: .letter, carries: "{}", createdAt: now, dueAt: now - .minutes(1), giveUpAt: now + .days(3))
      let letter = bench.samples.letter()
      try await bench.store.write { tx throws in
        try tx.insert(strange)
        try tx.enqueue(letter)
        #expect(try tx.takeDueLetters(at: now, heldBy: one, until: now + .minutes(5), limit: 10) == [letter])
        #expect(try tx.jobs(.letter, onlyFailing: true, PageRequest()).items.map(\.lastError) == ["unreadable"])
        #expect(try tx.takeDueLetters(at: now + .seconds(59), heldBy: other, until: now + .minutes(5), limit: 10).isEmpty)
        try tx.removeLetter(letter.id)
        #expect(try tx.takeDueLetters(at: now + .minutes(1), heldBy: other, until: now + .minutes(5), limit: 10).isEmpty)
        #expect(try tx.job(strange.id)?.attempts == 2)
        let end = try tx.takeDueLetters(at: now + .days(3), heldBy: other, until: now + .days(4), limit: 10)
        #expect(end.map(\.sealedContent) == [""] && end.map(\.id.text) == [strange.id.text])
        #expect(try tx.giveUpLetter(LetterID(trusted: strange.id.text), heldBy: other))
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
        try await bench.store.write { try $0.takeDueLetters(at: now, heldBy: one, until: now + .minutes(5), limit: 3).map(\.id) }
      }
      #expect(taken.allSatisfy { $0.count <= 3 && $0 == $0.sorted() })
      // Somebody may have been passed by while others held what he looked at; one more round finds what is left.
      var ids = taken.flatMap(\.self)
      ids += try await bench.store.write { tx in
        try tx.takeDueLetters(at: now, heldBy: one, until: now + .minutes(5), limit: 30).map(\.id)
      }
      #expect(ids.count == 30 && Set(ids) == Set(letters.map(\.id)))
    },
    Promise("an attempt that failed is counted and puts the letter off; a delivered letter goes away") { bench in
      let (failed, delivered) = (bench.samples.letter(), bench.samples.letter())
      let now = bench.samples.now
      try await bench.store.write { tx throws in
        try tx.enqueue(failed)
        try tx.enqueue(delivered)
        #expect(try tx.waitingLetters() == (2, now))
        _ = try tx.takeDueLetters(at: now, heldBy: one, until: now + .minutes(5), limit: 10)
        #expect(try tx.postponeLetter(failed.id, heldBy: one, until: now + .hours(1), error: "450 later"))
        try tx.removeLetter(delivered.id)
        #expect(try tx.takeDueLetters(at: now + .minutes(59), heldBy: one, until: now, limit: 10).isEmpty)
        let again = try tx.takeDueLetters(at: now + .hours(1), heldBy: one, until: now + .hours(2), limit: 10)
        #expect(again.map(\.id) == [failed.id])
        #expect(again.first?.attempts == 1 && again.first?.lastError == "450 later")
        try tx.removeLetter(failed.id)
        #expect(try tx.waitingLetters() == (0, nil))
      }
    },
  ]
}
