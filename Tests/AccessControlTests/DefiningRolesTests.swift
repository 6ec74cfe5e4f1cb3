import AccessControl
import Primitives
import TestKit
import Testing

@Suite(.threat("ROL1")) struct DefiningRoles {
  static func role(
    _ permissions: PermissionSet, mayGrant: GrantRule = .nothing, kinds: Set<OrganizationKind> = [.customer]
  ) -> Role {
    Role(
      id: RoleID(trusted: "06f1"), name: "Buyer", permissions: permissions, mayGrant: mayGrant, organizationKinds: kinds,
      origin: .organization(World.contoso.id))
  }

  static func refusal(
    _ role: Role, replacing current: Role? = nil, by roles: [RoleID] = [.accountAdministrator], also: [Role] = []
  )
    -> Authority.DefinitionRefusal?
  {
    let actor = Authority(
      subject: .active,
      holdings: [.init(organization: World.contoso, membership: .active(World.roles.roles(roles) + also))],
      catalog: World.permissions)
    return actor.refusal(toDefine: role, replacing: current, knowing: World.roles, at: .init(World.contoso))
  }

  /// Somebody who may define roles, and has one permission of the business besides.
  static let definer = Role(
    id: RoleID(trusted: "06f2"), name: "Definer", permissions: .listed([.roleDefine, .orderView]),
    mayGrant: .listed([.assignment: [.accountViewer]]), organizationKinds: [.customer], origin: .organization(World.contoso.id))

  @Test func `an account administrator defines a role of anything a customer organization has`() {
    #expect(Self.refusal(Self.role(.listed([.orderView, .keyView, .userInvite]))) == nil)
    #expect(Self.refusal(Self.role(.listed([]), mayGrant: .listed([.invitation: [.accountViewer]]))) == nil)
  }

  @Test func `nobody puts into a role what is not theirs`() {
    #expect(Self.refusal(Self.role(.listed([.orderView])), by: [], also: [Self.definer]) == nil)
    #expect(
      Self.refusal(Self.role(.listed([.orderView, .keyView])), by: [], also: [Self.definer]) == .permissions([.keyView]))
    #expect(
      Self.refusal(
        Self.role(
          .listed([]), mayGrant: .listed([.assignment: [.accountViewer, .reportViewer], .invitation: [.accountViewer]])),
        by: [], also: [Self.definer]) == .grants([.reportViewer, .accountViewer]))
  }

  @Test func `a permission of the portal, or of nothing, fits in no customer's role`() {
    #expect(Self.refusal(Self.role(.listed([.organizationManage]))) == .permissions([.organizationManage]))
    let unknown = Permission("moon", "paint")
    #expect(Self.refusal(Self.role(.listed([unknown]))) == .permissions([unknown]))
    #expect(Self.refusal(Self.role(.listed([.keyView]), kinds: [.customer, .partner])) == .permissions([.keyView]))
  }

  @Test func `no defined role is unlimited`() {
    #expect(Self.refusal(Self.role(.everything)) == .unlimited)
    #expect(Self.refusal(Self.role(.listed([]), mayGrant: .everyRole)) == .unlimited)
  }

  @Test func `a role that is not the definer's to take is not theirs to change`() {
    let current = Self.role(.listed([.keyView]))
    #expect(Self.refusal(Self.role(.listed([.orderView])), replacing: current) == nil)
    #expect(Self.refusal(Self.role(.listed([.orderView])), replacing: current, by: [], also: [Self.definer]) == .roleNotYours)
    for builtIn in RoleCatalog.builtIn {
      #expect(Self.refusal(Self.role(.listed([.orderView])), replacing: builtIn) == .roleNotYours)
    }
  }

  @Test func `a role may not hand out one that does not exist`() {
    let missing = RoleID(trusted: "no-such-role")
    #expect(Self.refusal(Self.role(.listed([]), mayGrant: .listed([.assignment: [missing]]))) == .grants([missing]))
  }
}
