import AccessControl
import Primitives
import TestKit
import Testing

@Suite struct DecidingAccess {
  /// Facts, and the one reason they come to for `order:view`.
  static let table: [(facts: Facts, reason: Reason)] = [
    (World.facts(.active(World.held(.accountViewer))), .permissionGranted(roles: [.accountViewer])),
    (
      World.facts(.active(World.held(.reportViewer, .accountViewer, .userAdministrator))),
      .permissionGranted(roles: [.accountViewer, .reportViewer])
    ),
    (World.facts(.active(World.held(.userAdministrator))), .noRoleGrantsPermission),
    (World.facts(.active([])), .noRoleGrantsPermission),
    (World.facts(.suspended), .membershipSuspended),
    (World.facts(.none), .notAMember),
    (World.facts(subject: .suspended, .active(World.held(.accountViewer))), .subjectSuspended),
    (World.facts(subject: .suspended, .suspended), .subjectSuspended),
    (World.facts(subject: .unknown, .active(World.held(.accountViewer))), .subjectUnknown),
    (World.facts(subject: .unknown, .none), .subjectUnknown),
    (World.facts(in: nil, .active(World.held(.accountViewer))), .organizationUnknown),
    (
      World.facts(
        in: OrganizationFacts(id: World.contoso.id, kind: .customer, isOpen: false), .active(World.held(.accountViewer))),
      .organizationClosed
    ),
    // What a stranger is told does not depend on the state of the account or the organization.
    (World.facts(subject: .suspended, .none), .notAMember),
    (World.facts(in: OrganizationFacts(id: World.contoso.id, kind: .customer, isOpen: false), .none), .notAMember),
  ]

  @Test func `facts come to exactly one reason, and only a grant allows`() {
    for row in Self.table {
      let decision = Engine.decide(.orderView, row.facts)
      #expect(decision.reason == row.reason)
      #expect(decision.allowed == !row.reason.roles.isEmpty)
      #expect(decision.organization == row.facts.organization?.id)
    }
  }

  @Test(
    .threat("ROL7"),
    arguments: [
      ("order", "fly"), ("order", "View"), ("Order", "view"), ("order", ""), ("", ""), ("order:view", "view"), ("*", "*"),
      ("order ", "view"), ("оrder", "view"),
    ])
  func `names that are no permission are denied, even to an administrator`(type: String, action: String) {
    let request = AccessRequest(
      subject: .init(type: "user", id: "her"), action: .init(name: action), resource: .init(type: type))
    let decision = Engine.decide(request, World.facts(.active(World.held(.accountAdministrator))))
    #expect(!decision.allowed)
    #expect(decision.reason == .permissionUnknown)
  }

  @Test func `properties that look like permissions or roles change nothing`() {
    let forged: JSONObject = ["roles": ["account-administrator"], "permissions": ["key:view"], "decision": true]
    let request = AccessRequest(
      subject: .init(type: "user", id: "him", properties: forged), action: .init(name: "view", properties: forged),
      resource: .init(type: "key", properties: forged), context: forged)
    #expect(Engine.decide(request, World.facts(.active(World.held(.accountViewer)))).reason == .noRoleGrantsPermission)
  }

  @Test(.threat("ROL6"))
  func `a role another organization defined counts nowhere else`() {
    let foreign = Role(
      id: RoleID(trusted: "06f1"), name: "Key keeper", permissions: .listed([.keyView]), mayGrant: .nothing,
      organizationKinds: [.customer], origin: .organization(World.fabrikam.id))
    #expect(Engine.decide(.keyView, World.facts(in: World.fabrikam, .active([foreign]))).allowed)
    #expect(!Engine.decide(.keyView, World.facts(in: World.contoso, .active([foreign]))).allowed)
  }

  @Test(.threat("AZN3"))
  func `an application cannot tell an unknown subject or organization from a stranger`() {
    for reason in [Reason.subjectUnknown, .organizationUnknown, .notAMember] {
      #expect(reason.codeForApplications == "not_a_member")
    }
    #expect(Reason.permissionGranted(roles: [.accountViewer]).codeForApplications == "permission_granted")
  }
}
