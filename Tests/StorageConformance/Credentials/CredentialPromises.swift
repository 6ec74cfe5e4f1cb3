internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

extension Promise {
  static let credentials = [
    Promise("a password is set, replaced, and renewed only while it is the one that was checked") { bench in
      let settled = try await bench.settle()
      let account = settled.account.id
      let hashes = try (0..<3).map { _ in try bench.samples.passwordHash() }
      let now = bench.samples.now
      try await bench.store.write { tx throws in
        #expect(try tx.passwordHash(of: account) == nil)
        try tx.setPassword(StoredPassword(hash: hashes[0], changedAt: now), of: account)
        #expect(try tx.renewPasswordHash(of: account, from: hashes[0], to: hashes[1]))
        // A renewal is no change of the password.
        #expect(try tx.passwordHash(of: account) == StoredPassword(hash: hashes[1], changedAt: now))
        #expect(try !tx.renewPasswordHash(of: account, from: hashes[0], to: hashes[2]))
        try tx.setPassword(StoredPassword(hash: hashes[2], changedAt: now + .hours(1)), of: account)
        #expect(try tx.passwordHash(of: account) == StoredPassword(hash: hashes[2], changedAt: now + .hours(1)))
      }
    },
    Promise("a device is known to the account that used it and to no other") { bench in
      let settled = try await bench.settle()
      let other = try await bench.join(settled.organization)
      let device = bench.samples.digest()
      try await bench.store.write { tx throws in
        #expect(try !tx.knowsDevice(device, of: settled.account.id))
        try tx.rememberDevice(device, of: settled.account.id, at: bench.samples.now)
        try tx.rememberDevice(device, of: settled.account.id, at: bench.samples.now + .hours(1))
        #expect(try tx.knowsDevice(device, of: settled.account.id))
        #expect(try !tx.knowsDevice(device, of: other.id))
      }
    },
    Promise("peppers come back oldest first") { bench in
      let peppers = (0..<3).map { index in
        StoredPepper(id: "p\(index)", sealed: "sealed \(index)", createdAt: bench.samples.now + .minutes(Int64(index)))
      }
      try await bench.store.write { tx in for pepper in peppers.reversed() { try tx.insert(pepper) } }
      #expect(try await bench.store.read { try $0.peppers() } == peppers)
    },
    Promise("a throttle is kept, replaced and cleared") { bench in
      let now = bench.samples.now
      let counting = ThrottleState(failures: 3, since: now)
      let blocking = ThrottleState(failures: 6, since: now, blockedUntil: now + .minutes(1))
      try await bench.store.write { tx throws in
        #expect(try tx.throttle("a") == nil)
        try tx.setThrottle("a", to: counting)
        #expect(try tx.throttle("a") == counting)
        try tx.setThrottle("a", to: blocking)
        #expect(try tx.throttle("a") == blocking)
        try tx.clearThrottle("a")
        #expect(try tx.throttle("a") == nil)
      }
    },
    Promise("cleaning throttles leaves those that still count or still block") { bench in
      let now = bench.samples.now
      let left = try await bench.store.write { tx throws in
        try tx.setThrottle("old", to: ThrottleState(failures: 1, since: now - .hours(1)))
        try tx.setThrottle("over", to: ThrottleState(failures: 9, since: now - .hours(1), blockedUntil: now - .minutes(1)))
        try tx.setThrottle("blocks", to: ThrottleState(failures: 9, since: now - .hours(1), blockedUntil: now + .minutes(1)))
        try tx.setThrottle("counts", to: ThrottleState(failures: 1, since: now))
        #expect(try tx.deleteThrottles(before: now, atMost: 1) == 1)
        #expect(try tx.deleteThrottles(before: now, atMost: 100) == 1)
        return try ["old", "over", "blocks", "counts"].filter { try tx.throttle($0) != nil }
      }
      #expect(left == ["blocks", "counts"])
    },
  ]
}
