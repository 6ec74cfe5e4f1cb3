import AccessControl
import Identity
import Localization
import Primitives
import TestKit
import Testing

@Suite(.rule("MISSION: a token names exactly one organisation"), .threat("ROL6")) struct ActingForAPerson {
  private let application = ApplicationID(trusted: "01kjpwd6m0ry2edk5sngycgps9")

  /// Somebody by a token that an application shows, which names one organization or none.
  private func occasion(_ person: Account, naming organization: Organization?, _ world: TestWorld) -> Occasion {
    world.env.occasion(
      of: Actor(
        .account(person.id, via: application), address: nil, requestID: nil,
        standing: organization.map { .only($0.id) } ?? .nowhere))
  }

  @Test func `a token of one organization does nothing in another where its person holds every right`() async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let fabrikam = try await world.organization(name: "Fabrikam")
    let ada = try await world.member(of: contoso, roles: [.accountAdministrator])
    try await world.join(ada, fabrikam, roles: [.accountAdministrator])
    for (named, allowed) in [(contoso, false), (fabrikam, true), (nil, false)] {
      let occasion = occasion(ada, naming: named, world)
      let decided = try await world.store.read { tx in (try? tx.permit(.userInvite, in: fabrikam.id, occasion)) != nil }
      #expect(decided == allowed)
    }
    let own = world.occasion(as: ada)
    _ = try await world.store.read { tx in try tx.permit(.userInvite, in: fabrikam.id, own) }
  }

  @Test func `an operator's token of the portal reaches customers, one of a customer does not`() async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let grace = try await world.member(of: world.portal, "grace@portal.test", roles: [.operator])
    try await world.join(grace, contoso, roles: [.accountViewer])
    for (named, allowed) in [(world.portal, true), (contoso, false)] {
      let occasion = occasion(grace, naming: named, world)
      let decided = try await world.store.read { tx in (try? tx.permit(.userManage, in: contoso.id, occasion)) != nil }
      #expect(decided == allowed)
    }
  }

  @Test(.threat("LOG1")) func `the audit trail names the person and the application`() async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let ada = try await world.member(of: contoso, roles: [.accountViewer])
    await #expect(throws: AccessDenied.self) {
      try await RegisterOrganization()(
        .customer, name: "Eve Ltd", occasion(ada, naming: contoso, world), env: world.env)
    }
    #expect(
      try await world.audit(.accessDenied).map(\.actor) == ["account:\(ada.id.text) via application:\(application.text)"])
  }

  @Test(.threat("LOG1")) func `denials of strangers are counted, not written one by one`() async throws {
    let world = try await TestWorld.make()
    for _ in 0..<3 {
      await #expect(throws: AccessDenied.self) {
        try await RegisterOrganization()(.customer, name: "Eve Ltd", world.occasion(), env: world.env)
      }
    }
    #expect(try await world.audit(.accessDenied).isEmpty)
    let since = world.clock.now() - .hours(1)
    #expect(try await world.store.read { tx in try tx.failureCounts(since: since).map(\.count) } == [3])
  }
}
