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
    Promise("who has a work account and no password is listed by age, page by page") { bench in
      let settled = try await bench.settle()
      let other = try await bench.join(settled.organization)
      let known = try await bench.join(settled.organization)
      let personal = bench.samples.account(.personal)
      let hash = try bench.samples.passwordHash()
      try await bench.store.write { tx throws in
        try tx.insert(personal)
        try tx.setPassword(StoredPassword(hash: hash, changedAt: bench.samples.now), of: known.id)
        let all = try tx.workAccountsWithoutPassword(after: nil, limit: 10).map(\.id)
        #expect(Set(all) == [settled.account.id, other.id] && all == all.sorted())
        #expect(try tx.workAccountsWithoutPassword(after: nil, limit: 1).map(\.id) == [all[0]])
        #expect(try tx.workAccountsWithoutPassword(after: all[0], limit: 10).map(\.id) == [all[1]])
        #expect(try tx.workAccountsWithoutPassword(after: all[1], limit: 10).isEmpty)
      }
    },
    Promise("a device is known to the account that used it and to no other") { bench in
      let settled = try await bench.settle()
      let other = try await bench.join(settled.organization)
      let device = bench.samples.digest()
      try await bench.store.write { tx throws in
        #expect(try !tx.knowsDevice(device, of: settled.account.id))
        try tx.rememberDevice(device, of: settled.account.id, at: bench.samples.now, besides: 9)
        try tx.rememberDevice(device, of: settled.account.id, at: bench.samples.now + .hours(1), besides: 9)
        #expect(try tx.knowsDevice(device, of: settled.account.id))
        #expect(try !tx.knowsDevice(device, of: other.id))
      }
    },
    Promise("of the devices of an account those seen last stay, the newest always") { bench in
      let settled = try await bench.settle()
      let other = try await bench.join(settled.organization)
      let devices = (0..<6).map { _ in bench.samples.digest() }
      let account = settled.account.id
      let now = bench.samples.now
      try await bench.store.write { tx throws in
        try tx.rememberDevice(devices[0], of: other.id, at: now, besides: 2)
        for (index, device) in devices.prefix(5).enumerated() {
          try tx.rememberDevice(device, of: account, at: now + .minutes(Int64(index)), besides: 9)
        }
        // Seen again, the oldest is the newest; one with an old date is kept for being the one that asks.
        try tx.rememberDevice(devices[0], of: account, at: now + .hours(1), besides: 3)
        #expect(try devices.map { try tx.knowsDevice($0, of: account) } == [true, false, true, true, true, false])
        try tx.rememberDevice(devices[5], of: account, at: now - .hours(1), besides: 1)
        #expect(try devices.map { try tx.knowsDevice($0, of: account) } == [true, false, false, false, false, true])
        #expect(try tx.knowsDevice(devices[0], of: other.id))
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
