import AccessControl
import Identity
import Primitives
import TestKit
import Testing

@Suite(.threat("LOG6"), .threat("LOG1"))
struct BeingDenied {
  private func knock(_ world: TestWorld, as account: Account, _ permission: Permission, at organization: Organization) async {
    await #expect(throws: AccessDenied.self) {
      try await RequirePermission()(
        permission, at: .organization(organization.id), world.occasion(as: account), env: world.env)
    }
  }

  @Test func `a hundred denials an hour of one actor in one organization are written, the others counted`() async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let fabrikam = try await world.organization(name: "Fabrikam")
    let eve = try await world.member(of: fabrikam, "eve@fabrikam.test", roles: [.accountAdministrator])
    let hour = world.clock.now().startOfHour
    for _ in 1...(Environment.deniedInAnHour + 5) { await knock(world, as: eve, .userView, at: contoso) }
    #expect(try await world.audit(.accessDenied).count == Environment.deniedInAnHour)
    let counts = try await world.store.read { tx in try tx.failureCounts(since: hour) }
    #expect(counts.first { $0.event == "access.denied-again" }?.count == 5)
    // Other people and other organizations have a hundred of their own, and so does the next hour.
    let mallory = try await world.member(of: fabrikam, "mallory@fabrikam.test", roles: [.accountViewer])
    await knock(world, as: mallory, .userView, at: contoso)
    await knock(world, as: mallory, .auditView, at: fabrikam)
    world.clock.advance(by: .hours(1))
    await knock(world, as: eve, .userView, at: contoso)
    #expect(try await world.audit(.accessDenied).count == Environment.deniedInAnHour + 3)
  }
}
