import AccessControl
import Primitives
import TestKit
import Testing

@Suite struct ActingInUsher {
  @Test(.threat("ROL6"))
  func `roles of one organization never count in another`() {
    for held in RoleCatalog.builtIn where held.reach == .ownOrganization {
      for place in World.all where held.canBeHeld(in: place) {
        let actor = World.actor([(place, [held.id])])
        for target in World.all where target.id != place.id {
          for definition in World.permissions.definitions {
            #expect(!actor.decide(definition.permission, at: .init(target)).allowed)
            #expect(!actor.decide(definition.permission, at: .init(target, agreementNaming: place.id)).allowed)
          }
          #expect(actor.roles(countingAt: .init(target, agreementNaming: place.id)).isEmpty)
        }
      }
    }
  }

  @Test(.threat("ROL6"))
  func `somebody in two organizations has in each what they hold there`() {
    let actor = World.actor([(World.contoso, [.accountAdministrator]), (World.fabrikam, [.accountViewer])])
    #expect(actor.decide(.userManage, at: .init(World.contoso)).reason == .permissionGranted(roles: [.accountAdministrator]))
    #expect(actor.decide(.userManage, at: .init(World.fabrikam)).reason == .noRoleGrantsPermission)
    #expect(actor.decide(.orderView, at: .init(World.fabrikam)).reason == .permissionGranted(roles: [.accountViewer]))
  }

  @Test func `an operator manages every organization and reads no customer's business data but agreements`() {
    let actor = World.actor([(World.portal, [.operator])])
    for target in World.all where target.kind != .portal {
      for definition in World.permissions.definitions {
        let decision = actor.decide(definition.permission, at: .init(target))
        #expect(decision.allowed == definition.servesOperators, "\(definition.permission) in \(target.id)")
        if decision.allowed {
          #expect(decision.reason == .permissionGrantedAcross(roles: [.operator], from: World.portal.id))
          #expect(decision.organization == target.id)
        } else {
          #expect(decision.reason == .notAMember)
        }
      }
    }
    let shown = World.permissions.definitions.filter { $0.isCustomerData && $0.servesOperators }.map(\.permission)
    #expect(shown == [.agreementView])
  }

  @Test func `a partner does two things, for agreements that name it`() {
    let actor = World.actor([(World.reseller, [.partnerAdministrator])])
    let two: Set<Permission> = [.agreementResendInvitation, .agreementChangeAdministrator]
    for definition in World.permissions.definitions {
      let permission = definition.permission
      #expect(
        actor.decide(permission, at: .init(World.contoso, agreementNaming: World.reseller.id)).allowed == two.contains(permission)
      )
      #expect(!actor.decide(permission, at: .init(World.contoso, agreementNaming: World.otherReseller.id)).allowed)
      #expect(!actor.decide(permission, at: .init(World.contoso)).allowed)
      #expect(!actor.decide(permission, at: .init(World.portal, agreementNaming: World.otherReseller.id)).allowed)
    }
  }

  @Test func `a partner's account administrator cannot do a partner administrator's work`() {
    let actor = World.actor([(World.reseller, [.accountAdministrator])])
    #expect(!actor.decide(.agreementResendInvitation, at: .init(World.contoso, agreementNaming: World.reseller.id)).allowed)
    #expect(!actor.decide(.agreementResendInvitation, at: .init(World.reseller)).allowed)
  }

  @Test func `suspension ends all authority, wherever it comes from`() {
    let naming = Authority.Target(World.contoso, agreementNaming: World.reseller.id)
    for subject in [Facts.Subject.suspended, .unknown] {
      for (place, role) in [
        (World.portal, RoleID.operator), (World.reseller, .partnerAdministrator), (World.contoso, .accountAdministrator),
      ] {
        let actor = World.actor([(place, [role])], subject: subject)
        #expect(!actor.decide(.agreementResendInvitation, at: naming).allowed)
        #expect(!actor.decide(.userView, at: naming).allowed)
        #expect(actor.roles(countingAt: naming).isEmpty)
      }
    }
    let suspendedMember = Authority(
      subject: .active, holdings: [.init(organization: World.portal, membership: .suspended)], catalog: World.permissions)
    #expect(!suspendedMember.decide(.userView, at: .init(World.contoso)).allowed)
  }

  @Test func `a closed organization is closed to members and partners, and open to operators`() {
    let closed = OrganizationFacts(id: World.contoso.id, kind: .customer, isOpen: false)
    let target = Authority.Target(closed, agreementNaming: World.reseller.id)
    #expect(World.actor([(closed, [.accountAdministrator])]).decide(.userView, at: target).reason == .organizationClosed)
    #expect(World.actor([(closed, [.accountAdministrator])]).roles(countingAt: target).isEmpty)
    #expect(!World.actor([(World.reseller, [.partnerAdministrator])]).decide(.agreementResendInvitation, at: target).allowed)
    #expect(World.actor([(World.portal, [.operator])]).decide(.organizationManage, at: target).allowed)

    let closedPartner = OrganizationFacts(id: World.reseller.id, kind: .partner, isOpen: false)
    let open = Authority.Target(World.contoso, agreementNaming: World.reseller.id)
    #expect(!World.actor([(closedPartner, [.partnerAdministrator])]).decide(.agreementResendInvitation, at: open).allowed)
  }

  @Test func `the operator role counts only where it can be held`() {
    let impostor = World.actor([(World.contoso, [.operator])])
    for target in World.all {
      for definition in World.permissions.definitions {
        #expect(!impostor.decide(definition.permission, at: .init(target)).allowed)
      }
    }
  }

  @Test func `a permission added for a service serves nobody across organizations`() {
    let shipmentView = Permission("shipment", "view")
    let catalog = PermissionCatalog(adding: [.init(shipmentView, "See shipments.", kinds: [.customer], isCustomerData: true)])
    let actor = Authority(
      subject: .active, holdings: [.init(organization: World.portal, membership: .active(World.held(.operator)))],
      catalog: catalog)
    #expect(!actor.decide(shipmentView, at: .init(World.contoso)).allowed)
  }
}
