import AccessControl
import Identity
import Primitives
import TestKit
import Testing

/// What the snapshot makes of the facts that commits tell it.
@Suite struct KnowingThePolicy {
  private static let contoso = OrganizationID(trusted: "contoso")
  private static let fabrikam = OrganizationID(trusted: "fabrikam")
  private static let boris = AccountID(trusted: "boris")
  private static let auditors = GroupID(trusted: "auditors")
  private static let robot = RegisteredSubjectID(trusted: "robot-17")
  private static let now = Timestamp(seconds: 1_800_000_000)
  private static let order = ResourceName(type: "order", id: "42")
  private static let line = ResourceName(type: "order-line", id: "42-1")

  private let policy: PolicySnapshot
  private let asker = Application(
    id: ApplicationID(trusted: "asker"), name: "Orders", authentication: .basic, grantTypes: [], scopes: [],
    createdAt: KnowingThePolicy.now)

  init() {
    policy = PolicySnapshot(
      keys: KeyRing(root: .make(from: SystemRandomness()), logger: RecordedLog().logger), seededBy: SystemRandomness())
    policy.replace(
      with: PolicyFacts(
        revision: 1,
        organizations: [
          Self.contoso: Organization(id: Self.contoso, kind: .customer, name: "Contoso", createdAt: Self.now),
          Self.fabrikam: Organization(id: Self.fabrikam, kind: .customer, name: "Fabrikam", createdAt: Self.now),
        ],
        accounts: [Self.boris: Self.member([])]))
  }

  private static func member(
    _ assignments: [PolicyFacts.AssignmentFacts], groups: Set<GroupID> = [], state: Account.State = .active
  ) -> PolicyFacts.AccountFacts {
    PolicyFacts.AccountFacts(
      kind: .work(home: contoso), state: state,
      memberships: [contoso: PolicyFacts.MembershipFacts(state: .active, assignments: assignments, groups: groups)])
  }

  private static func assignment(
    _ role: RoleID, for scope: ResourceName? = nil, from: Timestamp? = nil, until: Timestamp? = nil
  ) -> PolicyFacts.AssignmentFacts {
    PolicyFacts.AssignmentFacts(id: RoleAssignmentID(trusted: "assignment"), role: role, scope: scope, from: from, until: until)
  }

  private func change(_ change: (inout PolicyFacts) -> Void) {
    var facts = PolicyFacts(revision: policy.revision + 1)
    change(&facts)
    policy.apply(facts)
  }

  private func give(_ assignments: PolicyFacts.AssignmentFacts...) {
    change { $0.accounts[Self.boris] = Self.member(assignments) }
  }

  private func decide(
    _ permission: Permission, on resource: String? = nil, as subject: (type: String, id: String) = ("user", "boris"),
    _ properties: JSONObject = [:], in organization: OrganizationID? = KnowingThePolicy.contoso, at moment: Timestamp = now
  ) throws -> Decision {
    let request = AccessRequest(
      subject: .init(type: subject.type, id: subject.id), action: .init(name: permission.action),
      resource: .init(type: permission.resourceType, id: resource, properties: properties),
      context: organization.map { ["organization": .string($0.text)] } ?? [:])
    let state = try #require(policy.currentState)
    let decision = try DecideAccess()(request, askedBy: asker, knowing: state, at: moment)
    // Who looks for one role decides the same as who looks for all.
    let short = try DecideAccess(naming: .oneRole)(request, askedBy: asker, knowing: state, at: moment)
    #expect(short.allowed == decision.allowed)
    #expect(short.reason.code == decision.reason.code)
    return decision
  }

  @Test func `an assignment counts from its beginning until its end`() throws {
    let (start, end) = (Self.now + .hours(1), Self.now + .hours(2))
    give(Self.assignment(.accountViewer, from: start, until: end))
    #expect(try !decide(.orderView, at: start - .milliseconds(1)).allowed)
    #expect(try decide(.orderView, at: start).allowed)
    #expect(try decide(.orderView, at: end - .milliseconds(1)).allowed)
    #expect(try !decide(.orderView, at: end).allowed)
    #expect(policy.state.activeRoles(of: Self.boris, in: Self.contoso, at: Self.now) == [])
    #expect(policy.state.activeRoles(of: Self.boris, in: Self.contoso, at: start) == [.accountViewer])
  }

  @Test func `an assignment for one resource counts for that and what lies below, and for nothing else`() throws {
    let edit = Permission("order-line", "edit")
    let role = Role(
      id: RoleID(trusted: "editor"), name: "Editor", permissions: .listed([.orderView, edit]), mayGrant: .nothing,
      organizationKinds: [.customer], origin: .organization(Self.contoso))
    change { facts in
      facts.catalogs = Catalogs(
        roles: RoleCatalog(adding: [role]),
        permissions: PermissionCatalog(adding: [PermissionDefinition(edit, "Edit", kinds: [.customer])]))
      facts.resources[Self.line] = PolicyFacts.ResourceFacts(organization: Self.contoso, parent: Self.order)
    }
    give(Self.assignment(role.id, for: Self.order))
    #expect(try decide(.orderView, on: "42").allowed)
    #expect(try !decide(.orderView, on: "43").allowed)
    #expect(try !decide(.orderView).allowed)
    #expect(try decide(edit, on: "42-1").allowed)
    #expect(try !decide(edit, on: "42-2").allowed)
    // What counts for one thing is no role of the person's.
    #expect(policy.state.activeRoles(of: Self.boris, in: Self.contoso, at: Self.now) == [])
    // The line goes elsewhere.
    change { $0.resources[Self.line] = PolicyFacts.ResourceFacts(organization: Self.contoso) }
    #expect(try !decide(edit, on: "42-1").allowed)
    change { $0.resources[Self.line] = .some(nil) }
    #expect(try !decide(edit, on: "42-1").allowed)
  }

  @Test func `what a group holds counts for its members as long as they belong to it`() throws {
    change { facts in
      facts.groups[Self.auditors] = PolicyFacts.GroupFacts(
        organization: Self.contoso, assignments: [Self.assignment(.accountViewer)])
      facts.accounts[Self.boris] = Self.member([], groups: [Self.auditors])
    }
    #expect(try decide(.orderView).reason == .permissionGranted(roles: [.accountViewer]))
    #expect(policy.state.activeRoles(of: Self.boris, in: Self.contoso, at: Self.now) == [.accountViewer])
    // Asked about by itself a group may nothing: it does not act.
    #expect(try !decide(.orderView, as: ("group", "auditors")).allowed)
    change { facts in
      facts.groups[Self.auditors] = PolicyFacts.GroupFacts(
        organization: Self.contoso, assignments: [Self.assignment(.reportViewer)])
    }
    #expect(try decide(.keyView).allowed)
    change { $0.accounts[Self.boris] = Self.member([], groups: [Self.auditors], state: .suspended) }
    #expect(try decide(.keyView).reason == .subjectSuspended)
    change { $0.accounts[Self.boris] = Self.member([]) }
    #expect(try decide(.keyView).reason == .noRoleGrantsPermission)
    change { $0.accounts[Self.boris] = Self.member([], groups: [Self.auditors]) }
    change { $0.groups[Self.auditors] = .some(nil) }
    #expect(try decide(.keyView).reason == .noRoleGrantsPermission)
  }

  @Test func `a registered subject is known in its organization and nowhere else, until it is removed`() throws {
    func register(active: Bool = true) {
      change { facts in
        facts.subjects[Self.robot] = PolicyFacts.SubjectFacts(
          organization: Self.contoso, type: "robot", name: "17", isActive: active, attributes: [:],
          assignments: [Self.assignment(.accountViewer)], groups: [])
      }
    }
    register()
    #expect(try decide(.orderView, as: ("robot", "17")).allowed)
    #expect(try decide(.orderView, as: ("robot", "17"), in: Self.fabrikam).reason == .subjectUnknown)
    #expect(try decide(.orderView, as: ("user", "17")).reason == .subjectUnknown)
    // Its name is what the administrator chose, not what the store calls it.
    #expect(try decide(.orderView, as: ("robot", "robot-17")).reason == .subjectUnknown)
    register(active: false)
    #expect(try decide(.orderView, as: ("robot", "17")).reason == .subjectSuspended)
    change { $0.subjects[Self.robot] = .some(nil) }
    #expect(try decide(.orderView, as: ("robot", "17")).reason == .subjectUnknown)
  }

  @Test func `an application is a subject of its own`() throws {
    let id = ApplicationID(trusted: "night-job")
    let application = Application(
      id: id, name: "Night job", authentication: .basic, grantTypes: [], scopes: [], createdAt: Self.now)
    change { facts in
      facts.applications[id] = PolicyFacts.ApplicationFacts(
        application: application, assignments: [Self.contoso: [Self.assignment(.accountViewer)]])
    }
    #expect(try decide(.orderView, as: ("application", "night-job")).allowed)
    #expect(try decide(.orderView, as: ("user", "night-job")).reason == .subjectUnknown)
    #expect(policy.state.roles(of: id, in: Self.contoso, at: Self.now) == [.accountViewer])
  }

  @Test func `a condition looks at the request before it looks at what is stored, and one that fails allows nothing`() throws {
    let condition = try Condition("resource.properties.amount < 1000 && resource.properties.region == subject.properties.region")
    let role = Role(
      id: RoleID(trusted: "clerk"), wording: Wording(name: "Clerk"), permissions: .listed([]),
      conditions: [.orderView: condition], mayGrant: .nothing, organizationKinds: [.customer],
      origin: .organization(Self.contoso))
    change { facts in
      facts.catalogs = Catalogs(roles: RoleCatalog(adding: [role]), permissions: .builtIn)
      facts.resources[Self.order] = PolicyFacts.ResourceFacts(
        organization: Self.contoso, attributes: ["amount": 500, "region": "north"])
      facts.subjects[Self.robot] = PolicyFacts.SubjectFacts(
        organization: Self.contoso, type: "robot", name: "17", isActive: true, attributes: ["region": "north"],
        assignments: [Self.assignment(role.id)], groups: [])
    }
    let robot = (type: "robot", id: "17")
    #expect(try decide(.orderView, on: "42", as: robot).allowed)
    #expect(try !decide(.orderView, on: "42", as: robot, ["amount": 2000]).allowed)
    #expect(try !decide(.orderView, on: "42", as: robot, ["region": "south"]).allowed)
    #expect(try !decide(.orderView, on: "42", as: robot, ["amount": "much"]).allowed)
    // Of this one nothing is known.
    #expect(try !decide(.orderView, on: "43", as: robot).allowed)
    change { $0.resources[Self.order] = PolicyFacts.ResourceFacts(organization: Self.contoso, attributes: ["amount": 5000]) }
    #expect(try !decide(.orderView, on: "42", as: robot).allowed)
  }

  @Test func `a role or a permission counts from its definition until it is taken away`() throws {
    let ship = Permission("parcel", "ship")
    let role = Role(
      id: RoleID(trusted: "shipper"), name: "Shipper", permissions: .listed([ship]), mayGrant: .nothing,
      organizationKinds: [.customer], origin: .portal)
    let known = PermissionCatalog(adding: [PermissionDefinition(ship, "Ship", kinds: [.customer])])
    give(Self.assignment(role.id))
    #expect(try decide(ship).reason == .permissionUnknown)
    // The role first: it lists what does not exist yet.
    change { $0.catalogs = Catalogs(roles: RoleCatalog(adding: [role]), permissions: .builtIn) }
    #expect(try decide(ship).reason == .permissionUnknown)
    change { $0.catalogs = Catalogs(roles: RoleCatalog(adding: [role]), permissions: known) }
    #expect(try decide(ship).reason == .permissionGranted(roles: [role.id]))
    change { $0.catalogs = Catalogs(roles: .builtInOnly, permissions: known) }
    #expect(try decide(ship).reason == .noRoleGrantsPermission)
    // Whoever has everything has what was defined later, too.
    give(Self.assignment(.accountAdministrator))
    #expect(try decide(ship).allowed)
    change { $0.catalogs = .builtIn }
    #expect(try decide(ship).reason == .permissionUnknown)
  }

  @Test func `a state does not change when the policy does`() throws {
    give(Self.assignment(.accountViewer))
    let before = policy.state
    change { $0.accounts[Self.boris] = .some(nil) }
    #expect(before.activeRoles(of: Self.boris, in: Self.contoso, at: Self.now) == [.accountViewer])
    #expect(policy.state.standing(of: Self.boris) == nil)
    #expect(before.standing(of: Self.boris)?.kind == .work(home: Self.contoso))
    #expect(policy.state.revision == before.revision + 1)
  }

  @Test func `the whole policy replaces all that was known`() throws {
    give(Self.assignment(.accountViewer))
    policy.replace(with: PolicyFacts(revision: 9))
    #expect(try decide(.orderView).reason == .organizationUnknown)
    #expect(policy.revision == 9)
  }
}
