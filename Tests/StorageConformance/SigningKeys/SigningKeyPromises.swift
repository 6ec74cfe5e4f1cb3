internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

extension Promise {
  static let signingKeys = [
    Promise("signing keys come back newest first, are retired once, and go after their last day") { bench in
      let now = bench.samples.now
      let older = bench.samples.signingKey()
      bench.now.advance(by: .hours(1))
      let newer = bench.samples.signingKey()
      try await bench.store.write { tx throws in
        try tx.insert(older)
        try tx.insert(newer)
      }
      #expect(try await bench.store.read { try $0.signingKeys() } == [newer, older])
      #expect(bench.policy.last?.signingKeys == [newer, older])
      try await bench.store.write { tx throws in
        try tx.retireSigningKey(older.id, at: now, publishedUntil: now + .minutes(30))
        try tx.retireSigningKey(older.id, at: now + .hours(9), publishedUntil: now + .hours(10))
        #expect(try tx.deleteSigningKeys(publishedBefore: now + .minutes(30), atMost: 100) == 0)
        #expect(try tx.signingKeys().last?.publishedUntil == now + .minutes(30))
        #expect(try tx.signingKeys().last?.retiredAt == now)
        #expect(try tx.deleteSigningKeys(publishedBefore: now + .minutes(31), atMost: 100) == 1)
      }
      #expect(bench.policy.last?.signingKeys == [newer])
    },
    Promise("a key's id is taken once: of two processes that start at the same time one makes it") { bench in
      let other = try await bench.store.openAnother(observer: nil)
      let key = bench.samples.signingKey()
      let made = try await atOnce(20) { index in
        do {
          try await (index.isMultiple(of: 2) ? bench.store : other).write { try $0.insert(key) }
          return true
        } catch StoreError.taken(.signingKey) {
          return false
        }
      }
      #expect(made.count { $0 } == 1)
    },
    Promise("keys that are published no more go in batches") { bench in
      let keys = (0..<5).map { _ in bench.samples.signingKey() }
      let now = bench.samples.now
      try await bench.store.write { tx throws in
        for key in keys {
          try tx.insert(key)
          try tx.retireSigningKey(key.id, at: now, publishedUntil: now)
        }
        #expect(try tx.deleteSigningKeys(publishedBefore: now + .seconds(1), atMost: 2) == 2)
        #expect(try tx.deleteSigningKeys(publishedBefore: now + .seconds(1), atMost: 5) == 3)
        #expect(try tx.signingKeys().isEmpty)
      }
    },
    Promise("the proof of the root key is kept and can be replaced") { bench in
      try await bench.store.write { tx throws in
        #expect(try tx.rootKeyProof() == nil)
        try tx.setRootKeyProof("first")
        try tx.setRootKeyProof("second")
      }
      #expect(try await bench.store.read { try $0.rootKeyProof() } == "second")
    },
    Promise("what is sealed is put in the place of what was, each by its name, and what is left out stays") { bench in
      let (key, other) = (bench.samples.signingKey(), bench.samples.signingKey())
      let letter = bench.samples.letter()
      let pepper = StoredPepper(id: "pepper", sealed: "old", createdAt: bench.samples.now)
      try await bench.store.write { tx throws in
        try tx.insert(key)
        try tx.insert(other)
        try tx.insert(pepper)
        try tx.enqueue(letter)
        try tx.insert(
          Job(
            id: bench.samples.id(), kind: .letter, carries: "no letter", createdAt: letter.createdAt, dueAt: letter.createdAt,
            giveUpAt: letter.giveUpAt))
        #expect(try tx.resealSigningKeys { id, sealed in id == key.id ? "\(sealed) anew" : nil } == 1)
        #expect(try tx.resealPeppers { id, sealed in "\(id) \(sealed) anew" } == 1)
        #expect(try tx.resealLetters { id, sealed in "\(id) \(sealed) anew" } == 1)
      }
      try await bench.store.write { tx throws in
        let sealed = try tx.signingKeys().reduce(into: [:]) { $0[$1.id] = $1.sealed }
        #expect(sealed == [key.id: "\(key.sealed) anew", other.id: other.sealed])
        #expect(try tx.peppers().map(\.sealed) == ["pepper old anew"])
        let taken = try tx.takeDueLetters(
          at: letter.nextAttemptAt, heldBy: InstanceName(trusted: "one"), until: letter.giveUpAt, limit: 10)
        #expect(taken.map(\.sealedContent) == ["\(letter.id.text) \(letter.sealedContent) anew"])
        #expect(taken.map(\.recipient) == [letter.recipient])
      }
      #expect(bench.policy.last?.signingKeys?.first { $0.id == key.id }?.sealed == "\(key.sealed) anew")
    },
    Promise("what was sealed by a lost key is taken away: keys, peppers, passwords and letters, and no other work") { bench in
      let settled = try await bench.settle()
      let hash = try bench.samples.passwordHash()
      let (letter, job) = (bench.samples.letter(), bench.samples.job())
      let key = bench.samples.signingKey()
      try await bench.store.write { tx throws in
        try tx.insert(key)
        try tx.insert(StoredPepper(id: "pepper", sealed: "old", createdAt: bench.samples.now))
        try tx.setPassword(StoredPassword(hash: hash, changedAt: bench.samples.now), of: settled.account.id)
        try tx.enqueue(letter)
        try tx.insert(job)
        let discarded = try tx.discardSealed()
        #expect(discarded.passwords == 1 && discarded.letters == 1)
        let waiting = try tx.jobs(nil, onlyFailing: false, PageRequest()).items.map(\.id)
        #expect(waiting == [job.id])
        let (keys, peppers) = (try tx.signingKeys(), try tx.peppers())
        #expect(keys.isEmpty && peppers.isEmpty)
        #expect(try tx.passwordHash(of: settled.account.id) == nil)
      }
      #expect(bench.policy.last?.signingKeys == [])
    },
    Promise("the head of the audit trail and its checkpoints are signed anew, and stand where they stood") { bench in
      let first = AuditCheckpoint(position: 1, chain: "a", sealedAt: bench.samples.now, signature: "one")
      let head = AuditCheckpoint(position: 2, chain: "b", sealedAt: bench.samples.now, signature: "two")
      try await bench.store.write { tx throws in
        let ofNothing = try tx.resignAudit { _ in first }
        #expect(ofNothing == 0)
        #expect(try tx.moveAuditHead(from: .start, to: head))
        try tx.keep(first)
        try tx.keep(head)
        let count = try tx.resignAudit { seen in
          guard seen != first else { return nil }
          return AuditCheckpoint(position: seen.position, chain: seen.chain, sealedAt: seen.sealedAt, signature: "anew")
        }
        #expect(count == 2)
      }
      try await bench.store.read { tx throws in
        let signed = AuditCheckpoint(position: 2, chain: "b", sealedAt: head.sealedAt, signature: "anew")
        let (now, kept) = (try tx.auditHead(), try tx.auditCheckpoints(after: 0, limit: 10))
        #expect(now == signed)
        #expect(kept == [first, signed])
      }
    },
  ]
}
