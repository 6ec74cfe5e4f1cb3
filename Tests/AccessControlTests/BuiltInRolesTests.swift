import AccessControl
import Primitives
import TestKit
import Testing

/// One row of the product's table of roles: what the holder may do, written out, in the kind of organization where the role is held.
struct RoleRow: Sendable, CustomTestStringConvertible {
  let role: RoleID
  let organization: OrganizationFacts
  let permissions: Set<Permission>

  var testDescription: String { "\(role) in a \(organization.kind) organization" }

  static let ownAffairs: Set<Permission> = [
    .organizationView, .userView, .userManage, .userInvite, .roleView, .roleAssign, .roleDefine, .domainLink, .applicationView,
    .applicationManage, .resourceManage, .sessionView, .sessionManage, .auditView,
  ]

  static let table: [RoleRow] = [
    RoleRow(
      role: .accountAdministrator, organization: World.contoso,
      permissions: ownAffairs.union([
        .agreementView, .agreementEdit, .keyView, .orderView, .licenseView, .reportView, .softwareDownload,
        .selfProvisioningManage,
      ])),
    RoleRow(
      role: .userAdministrator, organization: World.contoso,
      permissions: [.userView, .userManage, .userInvite, .roleView, .roleAssign]),
    RoleRow(role: .agreementAdministrator, organization: World.contoso, permissions: [.agreementView, .userInvite]),
    RoleRow(
      role: .accountManager, organization: World.contoso,
      permissions: [
        .agreementView, .agreementEdit, .keyView, .orderView, .licenseView, .reportView, .softwareDownload,
        .selfProvisioningManage,
      ]),
    RoleRow(
      role: .reportViewer, organization: World.contoso,
      permissions: [.agreementView, .keyView, .orderView, .licenseView, .reportView]),
    RoleRow(
      role: .accountViewer, organization: World.contoso, permissions: [.agreementView, .orderView, .licenseView, .reportView]),
    RoleRow(role: .accountAdministrator, organization: World.reseller, permissions: ownAffairs),
    RoleRow(
      role: .partnerAdministrator, organization: World.reseller,
      permissions: [.agreementResendInvitation, .agreementChangeAdministrator]),
    RoleRow(
      role: .operator, organization: World.portal,
      permissions: ownAffairs.union([
        .organizationManage, .agreementView, .agreementManage, .agreementResendInvitation, .agreementChangeAdministrator,
        .partnerView,
        .partnerManage, .jobManage, .permissionDefine,
      ])),
  ]
}

@Suite struct BuiltInRoles {
  @Test(arguments: RoleRow.table)
  func `a role allows exactly what its row says`(row: RoleRow) throws {
    for definition in World.permissions.definitions {
      let decision = Engine.decide(
        definition.permission, World.facts(in: row.organization, .active(World.held(row.role))))
      #expect(decision.allowed == row.permissions.contains(definition.permission), "\(row.role) \(definition.permission)")
      #expect(decision.organization == row.organization.id)
      #expect(
        decision.reason == (decision.allowed ? .permissionGranted(roles: [row.role]) : .noRoleGrantsPermission))
    }
    let role = try #require(World.roles[row.role])
    #expect(role.permissions.permissions(in: row.organization.kind, of: World.permissions) == row.permissions)
  }

  @Test func `a role held where it cannot be held allows nothing`() {
    let places = Set(RoleRow.table.map { [$0.role.text, $0.organization.kind.rawValue] })
    for role in RoleCatalog.builtIn {
      for organization in World.all where !places.contains([role.id.text, organization.kind.rawValue]) {
        #expect(!role.canBeHeld(in: organization))
        for definition in World.permissions.definitions {
          #expect(!Engine.decide(definition.permission, World.facts(in: organization, .active([role]))).allowed)
        }
      }
    }
  }

  @Test func `every organization has a role that administers it, and it may hand out every role there`() throws {
    for organization in World.all {
      let id = RoleCatalog.administratorRole(in: organization.kind)
      let administrator = World.actor([(organization, [id])])
      let here = World.roles.roles(heldIn: organization)
      #expect(here.contains { $0.id == id })
      for way in GrantWay.allCases {
        #expect(administrator.grantable(here, by: way, at: .init(organization)) == here)
      }
    }
  }

  @Test func `only roles that reach beyond their organization need a home account`() {
    #expect(Set(RoleCatalog.builtIn.filter(\.needsHomeAccount).map(\.id)) == [.operator, .partnerAdministrator])
  }

  @Test(.threat("ROL7"))
  func `a defined role never replaces a built-in one, and an unknown one is nothing`() throws {
    let forged = Role(
      id: .accountViewer, name: "Account viewer", permissions: .everything, mayGrant: .everyRole, organizationKinds: [.customer],
      origin: .organization(World.contoso.id))
    let catalog = RoleCatalog(adding: [forged])
    #expect(catalog[.accountViewer] == World.roles[.accountViewer])
    #expect(catalog[RoleID(trusted: "Account-Viewer")] == nil)
    #expect(catalog.roles([.accountViewer, RoleID(trusted: "ACCOUNT-ADMINISTRATOR")]).map(\.id) == [.accountViewer])
  }
}
