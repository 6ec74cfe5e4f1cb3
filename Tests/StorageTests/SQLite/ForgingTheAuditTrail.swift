internal import AccessControl
internal import GRDB
internal import Identity
internal import Primitives
internal import Storage
internal import TestKit
internal import Testing

/// What somebody can do who may write to the database, and holds no root key.
@Suite(.threat("LOG3")) struct ForgingTheAuditTrail {
  private static let columns = [
    "happened_at = happened_at - 1", "actor = 'account:nobody'", "event = 'session.ended'", "object = NULL",
    "organization_id = 'other'",
    "outcome = 'failed'", "address = '192.0.2.8'", "request_id = ''", "details = '{}'", "position = 700", "chain = 'x'",
    "chain = NULL",
    "id = 'other'",
  ]

  @Test(arguments: columns) func `a change of one column of one entry is found, and where`(_ change: String) async throws {
    let trail = try await Trail(of: 12)
    #expect(try await trail.check().isIntact)
    try trail.forge("UPDATE audit_entries SET \(change) WHERE position = 5")
    let report = try await trail.check()
    if change == "position = 700" {
      #expect(report.faults.contains(.missing(5...5)))
    } else {
      #expect(report.faults.map(\.position) == [5], "\(report.faults)")
    }
  }

  @Test func `an entry that is gone is found, in the middle, at the beginning and at the end`() async throws {
    let trail = try await Trail(of: 12)
    try trail.forge("DELETE FROM audit_entries WHERE position IN (1, 6, 7, 12)")
    #expect(try await trail.check().faults == [.missing(1...1), .missing(6...7), .missing(12...12)])
  }

  @Test func `entries that changed places are found`() async throws {
    let trail = try await Trail(of: 12)
    try trail.forge(
      "UPDATE audit_entries SET position = 0 WHERE position = 5", "UPDATE audit_entries SET position = 5 WHERE position = 6",
      "UPDATE audit_entries SET position = 6 WHERE position = 0")
    #expect(try await trail.check().faults.contains(.altered(5, entry: trail.ids[4])))
  }

  @Test func `an entry put in between is found, and one put in behind the end`() async throws {
    let trail = try await Trail(of: 12)
    try trail.forge("UPDATE audit_entries SET position = -position WHERE position > 5")
    try trail.forge("UPDATE audit_entries SET position = 1 - position WHERE position < 0")
    try trail.insert("forged", at: 6, chain: "x")
    #expect(try await trail.check().faults.contains { $0.position == 6 })

    let longer = try await Trail(of: 12)
    try longer.insert("forged", at: 13, chain: "x")
    #expect(try await longer.check().faults == [.behindHead(13, entry: "forged")])
  }

  @Test func `a trail written anew from some entry on does not fit what was signed`() async throws {
    let trail = try await Trail(of: 12)
    try trail.forge("UPDATE audit_entries SET actor = 'account:nobody' WHERE position = 5")
    try await trail.chainAnew(from: 5)
    let report = try await trail.check()
    #expect(report.faults.contains(.otherThanSigned(12)))
    #expect(!report.faults.contains { if case .altered = $0 { true } else { false } })
  }

  @Test func `a checkpoint and a head that another key signed are found, and nothing more is sealed behind such a head`()
    async throws
  {
    let trail = try await Trail(of: 12)
    try trail.forge("UPDATE audit_entries SET actor = 'account:nobody' WHERE position = 5")
    try await trail.chainAnew(from: 5, signing: MessageSigner(RootKey.make(from: SystemRandomness()), purpose: "audit"))
    let faults = try await trail.check().faults
    #expect(faults.first == .headNotGenuine(12))
    #expect(faults.contains(.checkpointNotGenuine(12)))
    await #expect(throws: SealAudit.Refusal.headNotGenuine) { try await trail.append(1) }
    #expect(try await trail.check().head.position == 12)
  }

  @Test func `an end that was cut off is found with a checkpoint that was kept elsewhere`() async throws {
    let trail = try await Trail(of: 12)
    let old = try await trail.check().head
    try await trail.append(4)
    let kept = try await trail.check().head
    #expect(try await trail.check(with: kept).isIntact)
    #expect(try await trail.check(with: old).isIntact)

    // As it was at the twelfth entry, with the signed head of that moment.
    try trail.forge("DELETE FROM audit_entries WHERE position > 12", "DELETE FROM audit_checkpoints WHERE position > 12")
    try trail.set(head: old)
    #expect(try await trail.check().isIntact)
    #expect(try await trail.check(with: kept).faults == [.cutOff(reached: 16, ends: 12)])
    // And when as many others have come in the meantime.
    try await trail.append(6)
    #expect(try await trail.check().isIntact)
    #expect(try await trail.check(with: kept).faults == [.otherThanKept(16)])
    let forged = AuditCheckpoint(position: 3, chain: kept.chain, sealedAt: kept.sealedAt, signature: kept.signature)
    #expect(try await trail.check(with: forged).faults == [.keptNotGenuine])
  }

  @Test func `a head that was set back while checkpoints stayed is found`() async throws {
    let trail = try await Trail(of: 12)
    let old = try await trail.check().head
    trail.clock.advance(by: .minutes(2))
    try await trail.append(4)
    try trail.set(head: old)
    #expect(try await trail.check().faults.contains(.headSetBack(reached: 16, ends: 12)))
  }

  @Test func `what an older version numbers itself while this one runs is sealed in its order, before what has no number`()
    async throws
  {
    let trail = try await Trail(of: 3)
    for id in ["old-b", "old-a"] {
      try trail.forge(
        """
        INSERT INTO audit_entries (id, happened_at, actor, event, outcome, position)
        VALUES ('\(id)', 0, 'anonymous', 'x', 'success', (SELECT COALESCE(MAX(position), 0) + 1 FROM audit_entries))
        """)
    }
    try await trail.append(1)
    let ids = try await trail.store.wholeAudit(sealing: trail.keys).map(\.id.text)
    #expect(ids == Array(trail.ids[..<3]) + ["old-b", "old-a"] + Array(trail.ids[3...]))
    #expect(try await trail.check().isIntact)
  }
}

@Suite struct SealingTheAuditTrail {
  @Test func `a sealer that dies between looking and writing leaves nothing half sealed`() async throws {
    let trail = try await Trail(of: 3)
    try await trail.append(5, sealing: false)
    let broken = BreakingStore(trail.store)
    await #expect(throws: StoreError.unavailable("broken")) {
      try await SealAudit()(store: broken, keys: trail.keys, now: trail.clock.now())
    }
    let report = try await trail.check()
    #expect(report.isIntact && report.head.position == 3 && report.unsealed == 5)
    try await trail.append(0)
    #expect(try await trail.check().head.position == 8)
  }

  @Test func `a look that finds nothing writes nothing`() async throws {
    let trail = try await Trail(of: 3)
    let broken = BreakingStore(trail.store)
    for _ in 0..<3 {
      let outcome = try await SealAudit()(store: broken, keys: trail.keys, now: trail.clock.now())
      #expect(outcome.isWhole && outcome.sealed == 0)
    }
  }

  @Test func `a checkpoint is kept of the first, after a thousand, and after a minute with news`() async throws {
    let trail = try await Trail(of: 3)
    func kept() async throws -> [Int64] {
      try await trail.store.read { try $0.auditCheckpoints(after: 0, limit: 100).map(\.position) }
    }
    #expect(try await kept() == [3])
    try await trail.append(5)
    #expect(try await kept() == [3])
    trail.clock.advance(by: .minutes(1))
    try await trail.append(0)
    #expect(try await kept() == [3, 8])
    trail.clock.advance(by: .hours(1))
    try await trail.append(0)
    #expect(try await kept() == [3, 8])
    try await trail.append(1)
    try await trail.append(1)
    #expect(try await kept() == [3, 8, 9])
    try await trail.append(1_300)
    let after = try await kept()
    #expect(after.count == 4 && (1_009...1_310).contains(after[3]))
    #expect(try await trail.check().isIntact)
  }

  @Test func `what stands in an entry cannot be moved from one column to the next without changing its link`() {
    func record(_ actor: String, _ event: String, _ object: String?, _ organization: String?) -> AuditRecord {
      AuditRecord(
        id: "1", happenedAt: 0, actor: actor, event: event, object: object, organization: organization, outcome: "success",
        address: nil, requestID: nil, details: nil)
    }
    let links = [
      record("a", "bc", nil, nil), record("ab", "c", nil, nil), record("a", "bc", "", nil), record("a", "bc", nil, ""),
    ].map { $0.link(at: 1, after: "") }
    #expect(Set(links).count == 4)
    #expect(record("a", "b", nil, nil).link(at: 1, after: "x") != record("a", "b", nil, nil).link(at: 2, after: "x"))
  }

  /// Fixed once: a trail that was sealed by an earlier version must check out with every later one.
  @Test func `the links of known entries are these`() {
    let bare = AuditRecord(
      id: "01", happenedAt: 1, actor: "anonymous", event: "x", object: nil, organization: nil, outcome: "success", address: nil,
      requestID: nil, details: nil)
    let first = bare.link(at: 1, after: "")
    #expect(first == "P5vD-SQTe64ikXWfBZdX-qCMgzgblicOb7C5_8niEZ0")
    let full = AuditRecord(
      id: "02", happenedAt: -2, actor: "account:1", event: "role.assigned", object: "account:2", organization: "3",
      outcome: "denied",
      address: "192.0.2.1", requestID: "r", details: #"{"after":{"é":1}}"#)
    #expect(full.link(at: 2, after: first) == "Z66Usp11wpT7sNx1uaoaUMfAHKpw6gMl75wTXWBoyEo")
  }

  @Test func `the line of a checkpoint is read back as it was, and nothing else is taken for one`() throws {
    let checkpoint = try AuditCheckpoint.signed(
      position: 7, chain: "abc", sealedAt: Timestamp(microseconds: 12), by: KeyRing.ofTests.audit)
    #expect(AuditCheckpoint(line: checkpoint.line) == checkpoint)
    for line in ["", "usher-audit-1.7.abc.12", "usher-audit-2.7.a.1.s", "usher-audit-1.-7.a.1.s", checkpoint.line + ".x"] {
      #expect(AuditCheckpoint(line: line) == nil)
    }
  }
}

extension AuditFault {
  fileprivate var position: Int64? {
    switch self {
    case .altered(let position, _), .behindHead(let position, _), .otherThanSigned(let position): position
    default: nil
    }
  }
}

/// A sealed trail in a file of its own, and somebody with another way into that file.
private final class Trail: Sendable {
  let clock = FixedClock()
  let store: TemporaryStore
  let keys = KeyRing(root: .make(from: SystemRandomness()), logger: RecordedLog().logger)
  private let randomness = CountedRandomness(seed: 5)
  private let foreign: DatabaseQueue

  init(of count: Int) async throws {
    store = try await TemporaryStore(on: .sqlite, clock: clock)
    foreign = try DatabaseQueue(path: store.folder.databasePath)
    try await append(count)
  }

  deinit { try? foreign.close() }

  func append(_ count: Int, sealing: Bool = true) async throws {
    let occasion = Occasion(
      now: clock.now(), actor: Actor(.command("test"), address: "192.0.2.7", requestID: "r"), randomness: randomness)
    clock.advance(by: .milliseconds(1))
    let organization = Organization(id: occasion.newID(), kind: .customer, name: "x", createdAt: occasion.now)
    try await store.write { tx in
      for _ in 0..<count {
        try tx.record(.accountChanged, on: "account:x", in: organization.id, before: ["a": "1"], after: ["a": "2"], occasion)
      }
    }
    if sealing { try await SealAudit()(store: store, keys: keys, now: clock.now()) }
  }

  func check(with kept: AuditCheckpoint? = nil) async throws -> AuditReport {
    try await VerifyAudit(page: 5)(store: store, verifier: keys.audit.verifier(), kept: kept)
  }

  /// The ids of the entries, by their place.
  var ids: [String] {
    (try? foreign.read {
      try String.fetchAll($0, sql: "SELECT id FROM audit_entries WHERE id NOT LIKE 'old-%' ORDER BY position")
    }) ?? []
  }

  func forge(_ statements: String...) throws {
    try foreign.write { database in for sql in statements { try database.execute(sql: sql) } }
  }

  func insert(_ id: String, at position: Int64, chain: String) throws {
    try foreign.write {
      try $0.execute(
        sql: """
          INSERT INTO audit_entries (id, happened_at, actor, event, outcome, position, chain)
          VALUES (?, 0, 'anonymous', 'x', 'success', ?, ?)
          """, arguments: [id, position, chain])
    }
  }

  func set(head: AuditCheckpoint) throws {
    try foreign.write {
      try $0.execute(
        sql: "UPDATE audit_heads SET position = ?, chain = ?, sealed_at = ?, signature = ?",
        arguments: [head.position, head.chain, head.sealedAt.microseconds, head.signature])
    }
  }

  /// Makes every link from an entry on fit what stands there now, and signs with a key where one is given.
  func chainAnew(from position: Int64, signing forger: MessageSigner? = nil) async throws {
    let records = try await store.read { try $0.auditRecords(after: 0, limit: 1_000) }
    var chain = ""
    for sealed in records {
      let link = try #require(sealed.record).link(at: sealed.position, after: chain)
      chain = sealed.position < position ? sealed.chain ?? "" : link
      try forge("UPDATE audit_entries SET chain = '\(chain)' WHERE position = \(sealed.position)")
    }
    guard let forger, let last = records.last else { return }
    let head = try AuditCheckpoint.signed(position: last.position, chain: chain, sealedAt: clock.now(), by: forger)
    try set(head: head)
    try forge(
      "UPDATE audit_checkpoints SET chain = '\(head.chain)', sealed_at = \(head.sealedAt.microseconds), signature = '\(head.signature)'"
    )
  }
}

/// Reads, and takes no write.
private struct BreakingStore: Store {
  let store: any Store

  init(_ store: any Store) { self.store = store }

  func catchUp() async throws {}

  func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await store.read(body)
  }

  func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    throw StoreError.unavailable("broken")
  }
}
