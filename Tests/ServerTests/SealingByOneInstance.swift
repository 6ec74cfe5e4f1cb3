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

  private func note(_ world: TestWorld) async throws {
    let occasion = world.command
    try await world.store.write { tx in try tx.record(.accountChanged, on: nil, in: nil, occasion) }
  }
}
