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
      for entry in written {
        try await bench.store.write { try $0.append(entry) }
        try await bench.seal()
      }
      #expect(try await bench.store.wholeAudit() == written)
      #expect(try await bench.store.wholeAudit(of: organization.id) == [entries[4], entries[2], entries[0]])
      let since = try await bench.store.read {
        try $0.auditEntries(organization: nil, since: entries[3].at, after: nil, limit: 10)
      }
      #expect(since.items == [bare, entries[4], entries[3]])
    },
    Promise("an audit entry that nobody has sealed is in no page yet, and those of one look come by age") { bench in
      let old = bench.samples.auditEntry(nil)
      bench.now.advance(by: .seconds(1))
      let new = bench.samples.auditEntry(nil)
      try await bench.store.write { try $0.append(new) }
      try await bench.store.write { try $0.append(old) }
      try await bench.store.read { tx throws in
        let head = try tx.auditHead()
        #expect(head == .start)
        #expect(try tx.auditEntries(organization: nil).items.isEmpty)
        #expect(try tx.unsealedAudit(behind: head, limit: 10).map(\.id) == [old.id.text, new.id.text])
        #expect(try tx.unsealedAudit(behind: head, limit: 1).map(\.id) == [old.id.text])
        let waiting = try tx.unsealedAudit(behind: head)
        #expect(waiting.count == 2 && waiting.oldest == old.at)
      }
      #expect(try await bench.store.wholeAudit() == [old, new])
      let left = try await bench.store.read { try $0.unsealedAudit(behind: $0.auditHead()) }
      #expect(left.count == 0 && left.oldest == nil)
    },
    Promise("whoever reads the audit trail page by page misses no entry that is committed late") { bench in
      let late = bench.samples.auditEntry(nil)
      bench.now.advance(by: .seconds(7))
      let early = (0..<3).map { _ in bench.samples.auditEntry(nil) }
      try await bench.store.write { try $0.append(early) }
      try await bench.seal()
      let first = try await bench.store.read { try $0.auditEntries(organization: nil, since: nil, after: nil, limit: 2) }
      #expect(first.items == Array(early[..<2]))
      try await bench.store.write { try $0.append(late) }
      try await bench.seal()
      let cursor = try #require(first.next.flatMap { Int64($0) })
      let rest = try await bench.store.read { try $0.auditEntries(organization: nil, since: nil, after: cursor, limit: 10) }
      #expect(rest.items == [early[2], late] && rest.next == nil)
    },
    Promise("of all who seal at once each entry gets one place, and none is left out") { bench in
      let entries = (0..<60).map { _ in bench.samples.auditEntry(nil) }
      _ = try await atOnce(70) { index in
        if index < 60 { try await bench.store.write { try $0.append(entries[index]) } } else { try await bench.seal(batch: 7) }
      }
      #expect(Set(try await bench.store.wholeAudit().map(\.id)) == Set(entries.map(\.id)))
      let report = try await VerifyAudit(page: 9)(store: bench.store, verifier: KeyRing.ofTests.audit.verifier())
      #expect(report.isIntact && report.entries == 60 && report.unsealed == 0, "\(report.faults)")
    },
    Promise("the head of the audit trail moves only from where the caller saw it, and a place is given to an entry that is there")
    { bench in
      let entry = bench.samples.auditEntry(nil)
      let (first, second) = (try bench.checkpoint(1, "first"), try bench.checkpoint(1, "second"))
      try await bench.store.write { tx throws in
        try tx.append(entry)
        #expect(try tx.moveAuditHead(from: .start, to: first))
        #expect(try !tx.moveAuditHead(from: .start, to: second))
        #expect(try tx.auditHead() == first)
        #expect(try tx.sealAudit(entry: entry.id.text, at: 1, chain: "first"))
        #expect(try !tx.sealAudit(entry: "nobody", at: 2, chain: "second"))
      }
      let stored = try await bench.store.read { try $0.auditRecords(after: 0, limit: 2) }
      #expect(stored.map(\.position) == [1] && stored.first?.chain == "first" && stored.first?.record?.id == entry.id.text)
    },
    Promise("checkpoints of the audit trail are kept as they were made, and thinned to the newest of each day") { bench in
      let made = try (1...6).map { index in
        defer { bench.now.advance(by: .hours(10)) }
        return try bench.checkpoint(Int64(index), "link-\(index)")
      }
      try await bench.store.write { tx in for checkpoint in made { try tx.keep(checkpoint) } }
      try await bench.store.write { [now = bench.samples.now] tx in
        try tx.keep(AuditCheckpoint(position: 1, chain: "other", sealedAt: now, signature: ""))
      }
      #expect(try await bench.store.read { try $0.auditCheckpoints(after: 0, limit: 10) } == made)
      #expect(try await bench.store.read { try $0.auditCheckpoints(after: 2, limit: 2) } == Array(made[2...3]))
      #expect(try await bench.store.read { try $0.newestAuditCheckpoint() } == made[5])
      // 9:00 and 19:00 on the first day, 5:00 and 15:00 on the second, 1:00 and 11:00 on the third.
      let gone = try await bench.store.write { try $0.thinAuditCheckpoints(sealedBefore: made[4].sealedAt, atMost: 1) }
      #expect(gone == 1)
      #expect(try await bench.store.write { try $0.thinAuditCheckpoints(sealedBefore: made[4].sealedAt, atMost: 10) } == 1)
      #expect(
        try await bench.store.read { try $0.auditCheckpoints(after: 0, limit: 10) } == [made[1], made[3], made[4], made[5]])
    },
    Promise("an audit entry outlives what it is about and needs nothing of it to exist") { bench in
      let entry = bench.samples.auditEntry(bench.samples.id())
      try await bench.store.write { try $0.append(entry) }
      #expect(try await bench.store.wholeAudit() == [entry])
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

extension AuditStore {
  /// The first hundred entries that have their place.
  fileprivate func auditEntries(organization: OrganizationID?) throws -> Page<AuditEntry> {
    try auditEntries(organization: organization, since: nil, after: nil, limit: 100)
  }
}

extension Bench {
  fileprivate func seal(batch: Int = 256) async throws {
    _ = try await SealAudit(batch: batch)(store: store, keys: .ofTests, now: samples.now)
  }

  fileprivate func checkpoint(_ position: Int64, _ chain: String) throws -> AuditCheckpoint {
    try .signed(position: position, chain: chain, sealedAt: samples.now, by: KeyRing.ofTests.audit)
  }
}
