import AccessControl
import Primitives
import TestKit
import Testing

@Suite(.threat("ROL1", "ROL12")) struct GrantingRoles {
  static let customerRoles: Set<RoleID> = [
    .accountAdministrator, .userAdministrator, .agreementAdministrator, .accountManager, .reportViewer, .accountViewer,
  ]

  /// The product's table: what the holder of a role may hand out in their own organization, by each way.
  static let table: [(holder: RoleID, organization: OrganizationFacts, grants: [GrantWay: Set<RoleID>])] = [
    (
      .accountAdministrator, World.contoso,
      [.assignment: customerRoles, .invitation: customerRoles, .designation: customerRoles]
    ),
    (
      .userAdministrator, World.contoso,
      [
        .assignment: [.userAdministrator, .accountManager, .reportViewer, .accountViewer],
        .invitation: [.userAdministrator, .accountManager, .reportViewer, .accountViewer],
      ]
    ),
    (.agreementAdministrator, World.contoso, [.invitation: [.reportViewer, .accountViewer]]),
    (.accountManager, World.contoso, [:]),
    (.reportViewer, World.contoso, [:]),
    (.accountViewer, World.contoso, [:]),
    (
      .accountAdministrator, World.reseller,
      [
        .assignment: [.accountAdministrator, .partnerAdministrator], .invitation: [.accountAdministrator, .partnerAdministrator],
        .designation: [.accountAdministrator, .partnerAdministrator],
      ]
    ),
    (.partnerAdministrator, World.reseller, [.designation: [.accountAdministrator]]),
    (.operator, World.portal, [.assignment: [.operator], .invitation: [.operator], .designation: [.operator]]),
  ]

  @Test func `every role hands out exactly what its row says, by each way, and takes what it may assign`() {
    for row in Self.table {
      let actor = World.actor([(row.organization, [row.holder])])
      let target = Authority.Target(row.organization)
      for role in RoleCatalog.builtIn {
        for way in GrantWay.allCases {
          #expect(
            actor.mayGrant(role, by: way, at: target) == (row.grants[way] ?? []).contains(role.id),
            "\(row.holder) \(way) \(role.id) in \(row.organization.id)")
        }
        #expect(actor.mayTake(role, at: target) == (row.grants[.assignment] ?? []).contains(role.id))
        #expect(actor.mayAct(onHolderOf: [role], at: target) == actor.mayTake(role, at: target))
      }
    }
  }

  @Test func `an operator hands out every role of a customer or partner, and never the operator role outside the portal`() {
    let actor = World.actor([(World.portal, [.operator])])
    for organization in World.all {
      for role in RoleCatalog.builtIn {
        #expect(actor.mayGrant(role, by: .assignment, at: .init(organization)) == role.canBeHeld(in: organization))
      }
    }
    #expect(!actor.mayGrant(World.held(.operator)[0], by: .assignment, at: .init(World.contoso)))
  }

  @Test func `one role that may not be taken protects its holder`() {
    let actor = World.actor([(World.contoso, [.userAdministrator])])
    let target = Authority.Target(World.contoso)
    #expect(actor.mayAct(onHolderOf: World.held(.accountViewer, .accountManager), at: target))
    #expect(actor.mayAct(onHolderOf: [], at: target))
    #expect(!actor.mayAct(onHolderOf: World.held(.accountViewer, .accountAdministrator), at: target))
    #expect(!actor.mayAct(onHolderOf: World.held(.agreementAdministrator), at: target))
  }

  @Test func `roles held together add up, and only there`() {
    let actor = World.actor([
      (World.contoso, [.accountViewer, .agreementAdministrator]), (World.fabrikam, [.accountAdministrator]),
    ])
    let viewer = World.held(.accountViewer)[0]
    let administrator = World.held(.accountAdministrator)[0]
    #expect(actor.mayGrant(viewer, by: .invitation, at: .init(World.contoso)))
    #expect(!actor.mayGrant(viewer, by: .assignment, at: .init(World.contoso)))
    #expect(!actor.mayGrant(administrator, by: .invitation, at: .init(World.contoso)))
    #expect(actor.mayGrant(administrator, by: .invitation, at: .init(World.fabrikam)))
  }

  @Test(arguments: [Facts.Subject.suspended, .unknown])
  func `who cannot act grants nothing`(subject: Facts.Subject) {
    let administrator = World.actor([(World.contoso, [.accountAdministrator])], subject: subject)
    let operatorOfPortal = World.actor([(World.portal, [.operator])], subject: subject)
    for role in World.roles.roles(heldIn: World.contoso) {
      #expect(!administrator.mayGrant(role, by: .assignment, at: .init(World.contoso)))
      #expect(!operatorOfPortal.mayGrant(role, by: .assignment, at: .init(World.contoso)))
    }
  }

  @Test func `a role defined by one organization is handed out only there`() {
    let own = Role(
      id: RoleID(trusted: "06f1"), name: "Buyer", permissions: .listed([.orderView]), mayGrant: .nothing,
      organizationKinds: [.customer], origin: .organization(World.contoso.id))
    let actor = World.actor([(World.contoso, [.accountAdministrator]), (World.fabrikam, [.accountAdministrator])])
    #expect(actor.mayGrant(own, by: .assignment, at: .init(World.contoso)))
    #expect(!actor.mayGrant(own, by: .assignment, at: .init(World.fabrikam)))
    #expect(!World.actor([(World.contoso, [.userAdministrator])]).mayGrant(own, by: .assignment, at: .init(World.contoso)))
  }

  @Test func `a partner names an agreement's administrator, only of an agreement that names the partner`() {
    let actor = World.actor([(World.reseller, [.partnerAdministrator])])
    let administrator = World.held(.accountAdministrator)[0]
    #expect(actor.mayGrant(administrator, by: .designation, at: .init(World.contoso, agreementNaming: World.reseller.id)))
    #expect(!actor.mayGrant(administrator, by: .assignment, at: .init(World.contoso, agreementNaming: World.reseller.id)))
    #expect(!actor.mayGrant(administrator, by: .designation, at: .init(World.contoso, agreementNaming: World.otherReseller.id)))
    #expect(!actor.mayGrant(administrator, by: .designation, at: .init(World.contoso)))
    for role in World.roles.roles(heldIn: World.contoso) where role.id != .accountAdministrator {
      #expect(!actor.mayGrant(role, by: .designation, at: .init(World.contoso, agreementNaming: World.reseller.id)))
    }
  }
}
