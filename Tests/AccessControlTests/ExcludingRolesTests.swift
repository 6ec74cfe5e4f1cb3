import AccessControl
import Primitives
import TestKit
import Testing

@Suite(.rule("ANSI INCITS 359: separation of duty"), .threat("ROL8")) struct ExcludingRoles {
  static func exclusion(
    _ roles: [String], _ cardinality: Int = 2, kind: RoleExclusion.Kind = .static, origin: Role.Origin = .portal,
    kinds: Set<OrganizationKind> = [.customer]
  ) -> RoleExclusion {
    RoleExclusion(
      id: RoleExclusionID(trusted: "x"), name: "X", kind: kind, roles: Set(roles.map { RoleID(trusted: $0) }),
      cardinality: cardinality, origin: origin, organizationKinds: kinds)
  }

  @Test func `so many roles of the set are too many, and no fewer`() {
    let exclusion = Self.exclusion(["a", "b", "c"], 3)
    func isBroken(_ roles: String...) -> Bool { exclusion.isBroken(by: Set(roles.map { RoleID(trusted: $0) })) }
    #expect(!isBroken())
    #expect(!isBroken("a", "c", "d", "e"))
    #expect(isBroken("a", "b", "c"))
  }

  @Test func `whoever holds a role holds those it inherits from, over every step that counts`() {
    let catalog = RoleCatalog(adding: [
      Inheriting.role("top", parents: ["middle"]), Inheriting.role("middle", parents: ["base", "gone"]), Inheriting.role("base"),
      Inheriting.role("other", parents: ["account-administrator"]),
    ])
    func held(_ role: String) -> Set<String> { Set(catalog.withAncestors([RoleID(trusted: role)]).map(\.text)) }
    #expect(held("top") == ["top", "middle", "base"])
    #expect(held("base") == ["base"])
    // What has everything is no parent, and so nobody holds it by inheritance.
    #expect(held("other") == ["other"])
    #expect(Set(catalog.withDescendants([RoleID(trusted: "base")]).map(\.text)) == ["top", "middle", "base"])
  }

  @Test func `an exclusion counts in the organizations of its kinds, or in its owner's alone`() {
    #expect(Self.exclusion(["a", "b"]).counts(in: World.contoso))
    #expect(!Self.exclusion(["a", "b"]).counts(in: World.portal))
    let own = Self.exclusion(["a", "b"], origin: .organization(World.contoso.id))
    #expect(own.counts(in: World.contoso) && !own.counts(in: World.fabrikam))
  }

  @Test func `of what is held, all that takes part in a broken exclusion of use is left out, and nothing else`() {
    let catalog = RoleCatalog(adding: [
      Inheriting.role("child", parents: ["a"]), Inheriting.role("a"), Inheriting.role("b"), Inheriting.role("c"),
      Inheriting.role("d"),
    ])
    func counting(_ held: String..., active: Set<String>? = nil, cardinality: Int = 2) -> Set<String>? {
      let activation = RoleActivation(
        held: Set(held.map { RoleID(trusted: $0) }), active: active.map { Set($0.map { RoleID(trusted: $0) }) },
        exclusions: [Self.exclusion(["a", "b", "c"], cardinality, kind: .dynamic)], of: catalog)
      return activation.isBroken ? nil : Set(activation.counting.map(\.text))
    }
    #expect(counting("child", "d") == ["child", "d"])
    #expect(counting("child", "b", "d") == ["d"])
    #expect(counting("a", "b", "d", cardinality: 3) == ["a", "b", "d"])
    #expect(counting("a", "b", "d", active: ["a", "d", "x"]) == ["a", "d"])
    #expect(counting("child", "b", active: ["child", "b"]) == nil)
    #expect(counting("child", active: ["child", "b"]) == ["child"])
  }

  @Test func `only who may hand out each of the roles says that they exclude each other`() {
    func may(_ roles: [RoleID], _ exclusion: RoleExclusion, at place: OrganizationFacts = World.contoso) -> Bool {
      let home = place.kind == .portal ? World.portal : World.contoso
      return World.actor([(home, roles)]).mayDefine(exclusion, knowing: World.roles, at: .init(place))
    }
    let own = Self.exclusion(["report-viewer", "account-viewer"], origin: .organization(World.contoso.id))
    let higher = Self.exclusion(["report-viewer", "account-administrator"], origin: .organization(World.contoso.id))
    #expect(may([.accountAdministrator], own) && may([.accountAdministrator], higher))
    #expect(may([.userAdministrator], own) && !may([.userAdministrator], higher))
    #expect(!may([.accountManager], own))
    #expect(!may([.accountAdministrator], Self.exclusion(["report-viewer", "account-viewer"])))
    #expect(may([.operator], Self.exclusion(["report-viewer", "account-viewer"]), at: World.portal))
    #expect(!may([.operator], own, at: World.portal))
  }
}
