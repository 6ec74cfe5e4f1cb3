internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

@Suite struct SealingByOneInstance {
  @Test func `the one with the lease seals, another takes over when it has run out, and without news nobody asks for it`()
    async throws
  {
    let world = try await TestWorld.make()
    let log = RecordedLog()
    let instances = ["one", "two"].map {
      AuditSealing(environment: world.env, instance: InstanceName(trusted: $0), logger: log.logger)
    }
    func unsealed() async throws -> Int { try await world.store.read { try $0.unsealedAudit(behind: $0.auditHead()).count } }
    try await instances[0].look()
    #expect(try await unsealed() == 0)
    #expect(log.lines.contains { $0.contains("audit checkpoint") && $0.contains("usher-audit-1.") })

    try await note(world)
    try await instances[1].look()
    #expect(try await unsealed() == 1)
    world.clock.advance(by: AuditSealing.lease)
    try await instances[1].look()
    #expect(try await unsealed() == 0)
    world.clock.advance(by: AuditSealing.lease)
    try await instances[0].look()
    let holder = try await world.store.read { try $0.job(AuditSealing.work.onlyJob)?.lease?.holder }
    #expect(holder == InstanceName(trusted: "two"))
  }

  @Test func `operators see why sealing failed, once, until it succeeds again`() async throws {
    let world = try await TestWorld.make()
    let sealing = AuditSealing(environment: world.env, instance: InstanceName(trusted: "one"), logger: RecordedLog().logger)
    try await sealing.look()
    let genuine = try await world.store.read { try $0.auditHead() }
    let forged = AuditCheckpoint(
      position: genuine.position, chain: genuine.chain, sealedAt: genuine.sealedAt, signature: "forged")
    try await world.store.write { tx in _ = try tx.moveAuditHead(from: genuine, to: forged) }
    try await note(world)
    for _ in 0..<3 { await #expect(throws: SealAudit.Refusal.headNotGenuine) { try await sealing.look() } }
    let failing = try await world.store.read { try $0.jobs(nil, onlyFailing: true, PageRequest()).items }
    #expect(failing.map(\.kind) == [AuditSealing.work] && failing.first?.attempts == 1)
    #expect(failing.first?.lastError == "the end of the audit trail was not signed by this installation")
    try await world.store.write { tx in _ = try tx.moveAuditHead(from: forged, to: genuine) }
    try await sealing.look()
    #expect(try await world.store.read { try $0.failingJobs() } == 0)
  }

  private func note(_ world: TestWorld) async throws {
    let occasion = world.command
    try await world.store.write { tx in try tx.record(.accountChanged, on: nil, in: nil, occasion) }
  }
}
