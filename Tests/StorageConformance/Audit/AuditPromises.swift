internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

extension Promise {
  static let audit = [
    Promise("audit entries come back as they were written, in the order of their commits, for one organization or for all") {
      bench in
      let organization = bench.samples.organization()
      let entries = (0..<5).map { index in
        bench.now.advance(by: .seconds(1))
        return bench.samples.auditEntry(index.isMultiple(of: 2) ? organization.id : nil)
      }
      let bare = AuditEntry(
        id: bench.samples.id(), at: bench.samples.now, actor: "anonymous", event: "session.sign-in-failed", object: nil,
        organization: nil,
        outcome: .failed, address: nil, requestID: nil, details: nil)
      let written = [bare] + entries.reversed()
      for entry in written { try await bench.store.write { try $0.append(entry) } }
      try await bench.store.read { tx throws in
        #expect(try tx.auditEntries(organization: nil).items == written)
        #expect(try tx.auditEntries(organization: organization.id).items == [entries[4], entries[2], entries[0]])
        let since = try tx.auditEntries(organization: nil, since: entries[3].at, after: nil, limit: 10)
        #expect(since.items == [bare, entries[4], entries[3]])
      }
    },
    Promise("whoever reads the audit trail page by page misses no entry that is committed late") { bench in
      let late = bench.samples.auditEntry(nil)
      bench.now.advance(by: .seconds(7))
      let early = (0..<3).map { _ in bench.samples.auditEntry(nil) }
      try await bench.store.write { tx in for entry in early { try tx.append(entry) } }
      let first = try await bench.store.read { try $0.auditEntries(organization: nil, since: nil, after: nil, limit: 2) }
      #expect(first.items == Array(early[..<2]))
      try await bench.store.write { try $0.append(late) }
      let cursor = try #require(first.next.flatMap { Int64($0) })
      let rest = try await bench.store.read { try $0.auditEntries(organization: nil, since: nil, after: cursor, limit: 10) }
      #expect(rest.items == [early[2], late] && rest.next == nil)
    },
    Promise("an audit entry outlives what it is about and needs nothing of it to exist") { bench in
      let entry = bench.samples.auditEntry(bench.samples.id())
      try await bench.store.write { try $0.append(entry) }
      #expect(try await bench.store.read { try $0.auditEntries(organization: nil).items } == [entry])
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
