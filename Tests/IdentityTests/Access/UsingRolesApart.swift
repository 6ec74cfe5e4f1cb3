import AccessControl
import Identity
import Primitives
import TestKit
import Testing

@Suite(.rule("ANSI INCITS 359: dynamic separation of duty"), .threat("ROL8")) struct UsingRolesApart {
  /// Pat holds three roles in Contoso, two of which are not to be used together.
  private struct Desk {
    let world: TestWorld
    let contoso: Organization
    let pat: Account
    let orders: RoleID
    let pays: RoleID
    let other: RoleID
    let asker = Application(
      id: ApplicationID(trusted: "asker"), name: "Orders", authentication: .basic, grantTypes: [], scopes: [],
      createdAt: Timestamp(seconds: 0))

    func decide(_ permission: Permission, active: JSON? = nil, naming: DecideAccess.Naming = .everyRole) throws -> Decision {
      var context: JSONObject = ["organization": .string(contoso.id.text)]
      if let active { context["active_roles"] = active }
      return try DecideAccess(naming: naming)(
        AccessRequest(
          subject: .init(type: "user", id: pat.id.text), action: .init(name: permission.action),
          resource: .init(type: permission.resourceType, id: "1"), context: context),
        askedBy: asker, knowing: try #require(world.env.policy.currentState), at: world.clock.now())
    }

    func list(_ roles: RoleID...) -> JSON { .array(roles.map { .string($0.text) }) }
  }

  private func desk(excluding: Bool = true) async throws -> Desk {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let admin = try await world.member(of: contoso, "admin@contoso.test", roles: [.accountAdministrator], password: nil)
    func define(_ name: String, _ permissions: Set<Permission>, parents: Set<RoleID> = []) async throws -> RoleID {
      let definition = RoleDefinition(
        wording: Wording(name: name), permissions: permissions, parents: parents, mayGrant: [:], kinds: [])
      return try await DefineRole()(definition, in: contoso.id, world.occasion(as: admin), env: world.env).offered.role.id
    }
    let base = try await define("Base", [.orderView])
    let orders = try await define("Orders", [.softwareDownload], parents: [base])
    let pays = try await define("Pays", [.reportView, .licenseView])
    let other = try await define("Other", [.licenseView])
    if excluding {
      // By what one of them inherits from.
      _ = try await DefineExclusion()(
        ExclusionDefinition(name: "Apart", description: "", kind: .dynamic, roles: [base, pays], cardinality: 2, kinds: []),
        in: contoso.id, world.occasion(as: admin), env: world.env)
    }
    let pat = try await world.member(of: contoso, "pat@contoso.test", roles: [orders, pays, other], password: nil)
    return Desk(world: world, contoso: contoso, pat: pat, orders: orders, pays: pays, other: other)
  }

  @Test func `roles that are not to be used together count only where the question says which are active`() async throws {
    let desk = try await desk()
    for permission in [Permission.orderView, .softwareDownload, .reportView] {
      #expect(try desk.decide(permission).reason == .activeRolesRequired, "\(permission)")
    }
    // What another role gives counts as ever, and a permission that nobody gave is denied as ever.
    #expect(try desk.decide(.licenseView).reason == .permissionGranted(roles: [desk.other]))
    #expect(try desk.decide(.keyView).reason == .noRoleGrantsPermission)

    #expect(try desk.decide(.orderView, active: desk.list(desk.orders)).reason == .permissionGranted(roles: [desk.orders]))
    #expect(try desk.decide(.reportView, active: desk.list(desk.orders)).reason == .noRoleGrantsPermission)
    #expect(try desk.decide(.licenseView, active: desk.list(desk.orders)).reason == .noRoleGrantsPermission)
    #expect(
      try desk.decide(.licenseView, active: desk.list(desk.pays, desk.other)).reason
        == .permissionGranted(roles: [desk.pays, desk.other].sorted()))
    #expect(try desk.decide(.licenseView, active: desk.list(desk.pays, desk.other), naming: .oneRole).allowed)
  }

  @Test func `active roles that are not to be used together allow nothing, whatever else is active`() async throws {
    let desk = try await desk()
    for permission in [Permission.orderView, .reportView, .licenseView] {
      let decision = try desk.decide(permission, active: desk.list(desk.other, desk.pays, desk.orders))
      #expect(decision.reason == .rolesExcludeEachOther)
      #expect(!decision.allowed)
    }
  }

  @Test func `a role that is not held becomes nobody's by being called active`() async throws {
    let desk = try await desk()
    #expect(try desk.decide(.keyView, active: ["account-administrator", "report-viewer"]).reason == .noRoleGrantsPermission)
    #expect(try desk.decide(.orderView, active: []).reason == .noRoleGrantsPermission)
    // Neither does it exclude one that is.
    #expect(try desk.decide(.orderView, active: desk.list(desk.orders, RoleID(trusted: "missing"))).allowed)
  }

  @Test func `active roles narrow what counts also where nothing excludes anything`() async throws {
    let desk = try await desk(excluding: false)
    #expect(try desk.decide(.orderView).allowed && desk.decide(.reportView).allowed)
    #expect(try desk.decide(.orderView, active: desk.list(desk.orders)).allowed)
    #expect(try !desk.decide(.reportView, active: desk.list(desk.orders)).allowed)
  }

  @Test func `what is no list of at most a hundred texts is not asked`() async throws {
    let desk = try await desk()
    let many = JSON.array((0...RoleActivation.maximumActive).map { .string("role-\($0)") })
    for active: JSON in ["account-viewer", .null, [1], [["a"]], ["a": true], many] {
      #expect(throws: DecideAccess.Refusal.activeRolesMalformed) { try desk.decide(.orderView, active: active) }
    }
    let most = JSON.array((0..<RoleActivation.maximumActive).map { .string("role-\($0)") })
    #expect(try !desk.decide(.orderView, active: most).allowed)
  }

  @Test func `what comes through a group or for one resource takes part`() async throws {
    let desk = try await desk()
    let (world, contoso) = (desk.world, desk.contoso)
    let colleague = try await world.member(of: contoso, "col@contoso.test", roles: [desk.orders], password: nil)
    let group = Group(id: world.command.newID(), organization: contoso.id, name: "Payers", createdAt: world.clock.now())
    let assignment = RoleAssignment(
      id: world.command.newID(), organization: contoso.id, holder: .group(group.id), role: desk.pays,
      scope: ResourceName(type: "report", id: "9"), grantedBy: "test", createdAt: world.clock.now())
    let membership = GroupMembership(
      group: group.id, organization: contoso.id, member: .account(colleague.id), addedBy: "test", addedAt: world.clock.now())
    let theirs = Desk(
      world: world, contoso: contoso, pat: colleague, orders: desk.orders, pays: desk.pays, other: desk.other)
    #expect(try theirs.decide(.orderView).allowed)
    try await world.env.store.write { tx in
      try tx.insert(group)
      try tx.seed(assignment)
      try tx.seed(membership)
    }
    #expect(try theirs.decide(.orderView).reason == .activeRolesRequired)
    #expect(try theirs.decide(.orderView, active: theirs.list(desk.orders)).allowed)
  }
}
