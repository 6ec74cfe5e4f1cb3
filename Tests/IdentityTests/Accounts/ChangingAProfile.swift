import AccessControl
import Identity
import Localization
import Primitives
import TestKit
import Testing

@Suite(.threat("ROL5")) struct ChangingAProfile {
  @Test func `name, language and country change, and nothing else can`() async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let ada = try await world.member(of: contoso, roles: [.accountViewer])
    let change = ChangeProfile.Change(
      name: PersonName(first: "Augusta", last: "King"), language: .russian, country: CountryCode("gb"))
    let changed = try await ChangeProfile()(change, of: ada, world.occasion(as: ada), env: world.env)
    // There is no member of `Change` for anything else: what remains must be as it was.
    #expect((changed.id, changed.kind, changed.email, changed.state) == (ada.id, ada.kind, ada.email, ada.state))
    #expect(changed.createdAt == ada.createdAt)
    #expect((changed.name.full, changed.language, changed.country?.text) == ("Augusta King", .russian, "GB"))
    #expect(Mirror(reflecting: change).children.compactMap(\.label) == ["name", "language", "country"])
    let (stored, roles) = try await world.store.read { tx in
      (try tx.account(ada.id), try tx.roleAssignments(of: .account(ada.id)).map(\.role))
    }
    #expect(stored == changed)
    #expect(roles == [.accountViewer])
  }

  @Test func `the audit trail tells that a name changed, and no name`() async throws {
    let world = try await TestWorld.make()
    let ada = try await world.member(of: try await world.organization())
    let change = ChangeProfile.Change(name: PersonName(first: "Augusta", last: "King"))
    _ = try await ChangeProfile()(change, of: ada, world.occasion(as: ada), env: world.env)
    let row = try #require(try await world.audit(.accountChanged).first)
    let text = JSON.object(try #require(row.details)).text
    #expect(text.contains("renamed"))
    #expect(!text.contains("Augusta") && !text.contains("Lovelace"))
  }

  @Test func `a change that changes nothing writes nothing`() async throws {
    let world = try await TestWorld.make()
    let ada = try await world.member(of: try await world.organization())
    let same = try await ChangeProfile()(
      ChangeProfile.Change(name: ada.name), of: ada, world.occasion(as: ada), env: world.env)
    #expect(same.version == ada.version)
    #expect(try await world.audit(.accountChanged).isEmpty)
  }
}
