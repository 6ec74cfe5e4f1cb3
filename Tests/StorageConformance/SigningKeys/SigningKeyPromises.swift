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
  ]
}
