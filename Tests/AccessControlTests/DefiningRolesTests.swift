import AccessControl
import Primitives
import TestKit
import Testing

@Suite(.threat("ROL1")) struct DefiningRoles {
  static func role(
    _ permissions: PermissionSet, if conditions: [Permission: Condition] = [:], mayGrant: GrantRule = .nothing,
    kinds: Set<OrganizationKind> = [.customer]
  ) -> Role {
    Role(
      id: RoleID(trusted: "06f1"), wording: Wording(name: "Buyer"), permissions: permissions, conditions: conditions,
      mayGrant: mayGrant, organizationKinds: kinds, origin: .organization(World.contoso.id))
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

  @Test func `a condition makes nothing one's own to give`() throws {
    let never = try Condition("false")
    #expect(Self.refusal(Self.role(.listed([]), if: [.orderView: never]), by: [], also: [Self.definer]) == nil)
    #expect(
      Self.refusal(Self.role(.listed([]), if: [.orderView: never, .keyView: never]), by: [], also: [Self.definer])
        == .permissions([.keyView]))
    let parent = Inheriting.role("parent", if: [.keyView: never])
    let actor = Authority(
      subject: .active, holdings: [.init(organization: World.contoso, membership: .active([Self.definer]))],
      catalog: World.permissions)
    #expect(
      actor.refusal(
        toDefine: Self.child(of: parent.id), replacing: nil, knowing: RoleCatalog(adding: [parent]), at: .init(World.contoso))
        == .parents([parent.id]))
  }

  @Test func `who has a permission under a condition does not have it to give`() throws {
    let sometimes = Role(
      id: RoleID(trusted: "06f5"), wording: Wording(name: "Sometimes"), permissions: .listed([.roleDefine]),
      conditions: [.orderView: try Condition("true")], mayGrant: .nothing, organizationKinds: [.customer],
      origin: .organization(World.contoso.id))
    #expect(Self.refusal(Self.role(.listed([.orderView])), by: [], also: [sometimes]) == .permissions([.orderView]))
    #expect(
      Self.refusal(Self.role(.listed([]), if: [.orderView: try Condition("true")]), by: [], also: [sometimes])
        == .permissions([.orderView]))
  }

  @Test func `what only Usher asks for takes no condition, since it says nothing that one could look at`() throws {
    let condition = try Condition("true")
    for definition in World.permissions.definitions where definition.kinds.contains(.customer) {
      let refusal = Self.refusal(Self.role(.listed([]), if: [definition.permission: condition]))
      #expect(refusal == (definition.isCustomerData ? nil : .conditions([definition.permission])), "\(definition.permission)")
    }
    #expect(PermissionCatalog.takesConditions(Permission("order", "pack")))
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

  // MARK: parents

  static func child(of parents: RoleID..., permissions: Set<Permission> = []) -> Role {
    Role(
      id: RoleID(trusted: "06f3"), wording: Wording(name: "Child"), permissions: .listed(permissions), parents: Set(parents),
      mayGrant: .nothing, organizationKinds: [.customer], origin: .organization(World.contoso.id))
  }

  @Test func `a role inherits from one whose every permission is the definer's`() {
    #expect(Self.refusal(Self.child(of: .reportViewer, .userAdministrator)) == nil)
    #expect(Self.refusal(Self.child(of: .accountViewer), by: [.accountViewer], also: [Self.definer]) == nil)
    #expect(
      Self.refusal(Self.child(of: .accountViewer, .reportViewer), by: [.accountViewer], also: [Self.definer])
        == .parents([.reportViewer]))
  }

  @Test func `a parent's own parents count for what its child gives`() {
    let base = Inheriting.role("base", .listed([.keyView]))
    let middle = Inheriting.role("middle", .listed([.orderView]), parents: ["base"])
    let known = RoleCatalog(adding: [base, middle])
    let actor = Authority(
      subject: .active, holdings: [.init(organization: World.contoso, membership: .active([Self.definer]))],
      catalog: World.permissions)
    let role = Self.child(of: middle.id)
    #expect(
      actor.refusal(toDefine: role, replacing: nil, knowing: known, at: .init(World.contoso)) == .parents([middle.id]))
    #expect(
      actor.refusal(
        toDefine: role, replacing: nil, knowing: RoleCatalog(adding: [middle]), at: .init(World.contoso)) == nil)
  }

  @Test func `no parent has everything, is missing, or cannot be held wherever the role can`() {
    let elsewhere = Inheriting.role("elsewhere", origin: .organization(World.fabrikam.id))
    let known = RoleCatalog(adding: [elsewhere])
    let actor = World.actor([(World.contoso, [.accountAdministrator])])
    for parent in [RoleID.accountAdministrator, .operator, .partnerAdministrator, elsewhere.id, RoleID(trusted: "gone")] {
      #expect(
        actor.refusal(toDefine: Self.child(of: parent), replacing: nil, knowing: known, at: .init(World.contoso))
          == .parents([parent]))
    }
  }

  @Test func `no role inherits from itself, directly or by others`() {
    let origin = Role.Origin.organization(World.contoso.id)
    let first = Inheriting.role("first", parents: ["second"], origin: origin)
    let second = Inheriting.role("second", origin: origin)
    let known = RoleCatalog(adding: [first, second])
    let actor = World.actor([(World.contoso, [.accountAdministrator])])
    for parent in ["first", "second"] {
      #expect(
        actor.refusal(
          toDefine: Inheriting.role("second", parents: [parent], origin: origin), replacing: second, knowing: known,
          at: .init(World.contoso)) == .inheritance(.circle))
    }
  }

  // MARK: roles of the portal

  private static let portalRole = Inheriting.role("auditor", .listed([.auditView]), kinds: [.customer, .partner])

  @Test func `operators alone define roles for every organization, and only in the portal`() {
    let operators = World.actor([(World.portal, [.operator])])
    func refusal(_ actor: Authority, at place: OrganizationFacts) -> Authority.DefinitionRefusal? {
      actor.refusal(toDefine: Self.portalRole, replacing: nil, knowing: World.roles, at: .init(place))
    }
    #expect(refusal(operators, at: World.portal) == nil)
    #expect(refusal(operators, at: World.contoso) == .roleNotYours)
    #expect(refusal(World.actor([(World.contoso, [.accountAdministrator])]), at: World.contoso) == .roleNotYours)
    let definer = Role(
      id: RoleID(trusted: "06f4"), name: "Definer", permissions: .listed([.roleDefine, .auditView]), mayGrant: .nothing,
      organizationKinds: [.portal], origin: .organization(World.portal.id))
    let member = Authority(
      subject: .active, holdings: [.init(organization: World.portal, membership: .active([definer]))], catalog: World.permissions)
    #expect(refusal(member, at: World.portal) == .roleNotYours)
    #expect(!member.mayDelete(Self.portalRole, at: .init(World.portal)))
    #expect(operators.mayDelete(Self.portalRole, at: .init(World.portal)))
  }

  @Test func `a role of the portal hands out roles for the same places, none of one organization`() {
    let operators = World.actor([(World.portal, [.operator])])
    let own = Inheriting.role("own", origin: .organization(World.contoso.id))
    func refusal(_ granted: RoleID) -> Authority.DefinitionRefusal? {
      operators.refusal(
        toDefine: Inheriting.role("helper", mayGrant: .listed([.invitation: [granted]])), replacing: nil,
        knowing: RoleCatalog(adding: [own]), at: .init(World.portal))
    }
    #expect(refusal(.accountViewer) == nil)
    #expect(refusal(.operator) == .grants([.operator]))
    #expect(refusal(own.id) == .grants([own.id]))
  }

  @Test func `a role goes on to be held wherever it can be held now`() {
    let operators = World.actor([(World.portal, [.operator])])
    #expect(
      operators.refusal(
        toDefine: Inheriting.role("auditor", .listed([.auditView])), replacing: Self.portalRole,
        knowing: RoleCatalog(adding: [Self.portalRole]), at: .init(World.portal)) == .kindsTakenAway)
  }
}
