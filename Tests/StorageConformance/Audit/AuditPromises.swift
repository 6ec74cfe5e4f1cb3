internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

extension Promise {
  static let audit = [
    Promise("audit entries come back as they were written, oldest first, for one organization or for all") { bench in
      let organization = bench.samples.organization()
      let entries = (0..<5).map { index in
        bench.now.advance(by: .seconds(1))
        return bench.samples.auditEntry(index.isMultiple(of: 2) ? organization.id : nil)
      }
      let bare = AuditEntry(
        id: bench.samples.id(), at: bench.samples.now, actor: "anonymous", event: "session.sign-in-failed", object: nil,
        organization: nil,
        outcome: .failed, address: nil, requestID: nil, details: nil)
      try await bench.store.write { tx in for entry in (entries + [bare]).reversed() { try tx.append(entry) } }
      try await bench.store.read { tx throws in
        #expect(try Set(tx.auditEntries(organization: nil, PageRequest()).items) == Set(entries + [bare]))
        let all = try tx.auditEntries(organization: nil, PageRequest()).items.map(\.id)
        #expect(all == all.sorted())
        #expect(try tx.auditEntries(organization: organization.id, PageRequest()).items == [entries[0], entries[2], entries[4]])
      }
    },
    Promise("an audit entry outlives what it is about and needs nothing of it to exist") { bench in
      let entry = bench.samples.auditEntry(bench.samples.id())
      try await bench.store.write { try $0.append(entry) }
      #expect(try await bench.store.read { try $0.auditEntries(organization: nil, PageRequest()).items } == [entry])
    },
    Promise("repeated failures are counted exactly, in one row an hour") { bench in
      let hour = bench.samples.now
      _ = try await atOnce { index in
        try await bench.store.write {
          try $0.countFailure(index.isMultiple(of: 5) ? "token" : "sign-in", hour: index < 30 ? hour : hour + .hours(1))
        }
      }
      let counts = try await bench.store.read {
        (try $0.failureCounts(since: hour), try $0.failureCounts(since: hour + .hours(1)))
      }
      #expect(counts.0.map(\.count) == [24, 6, 16, 4])
      #expect(counts.0.map(\.event) == ["sign-in", "token", "sign-in", "token"])
      #expect(counts.1.map(\.hour) == [hour + .hours(1), hour + .hours(1)])
    },
  ]
}
