package import AccessControl
package import Primitives

/// One state of the policy: what every question asked at one moment is answered from, with no statement and no lock. It never changes.
///
/// An object, so that whoever asks holds one reference to all of it.
package final class PolicyState: Sendable {
  /// Under which type of subject accounts and applications are asked about; every other type is a registered subject's.
  package static let accountType = "user"
  package static let applicationType = "application"

  /// Grows with every commit that changed the policy.
  package let revision: Int64
  package let view: PolicyView
  /// All roles and permissions there are.
  package let catalogs: Catalogs
  let organizations: [OrganizationID: Organization]
  let applications: [ApplicationID: Application]
  let byAudience: [String: ApplicationID]
  let conditions: ConditionNumbers
  let roleIDs: NumberedValues<RoleID>
  let resourceAttributes: NumberedValues<JSONObject>
  let subjectAttributes: NumberedValues<JSONObject>
  /// Where what allows something is noted.
  let uses: RecentUses

  init(
    revision: Int64, view: PolicyView, catalogs: Catalogs, organizations: [OrganizationID: Organization],
    applications: [ApplicationID: Application], byAudience: [String: ApplicationID], conditions: ConditionNumbers,
    roleIDs: NumberedValues<RoleID>, resourceAttributes: NumberedValues<JSONObject>,
    subjectAttributes: NumberedValues<JSONObject>, uses: RecentUses
  ) {
    self.revision = revision
    self.view = view
    self.catalogs = catalogs
    self.organizations = organizations
    self.applications = applications
    self.byAudience = byAudience
    self.conditions = conditions
    self.roleIDs = roleIDs
    self.resourceAttributes = resourceAttributes
    self.subjectAttributes = subjectAttributes
    self.uses = uses
  }

  package func organization(_ id: OrganizationID) -> Organization? { organizations[id] }

  package func application(_ id: ApplicationID) -> Application? { applications[id] }

  /// The resource server that is this audience.
  package func application(audience: String) -> Application? { byAudience[audience].flatMap { applications[$0] } }

  // MARK: numbers

  package func number(of organization: OrganizationID) -> UInt32? { organization.text.withBytes(view.organization) }

  package func number(of permission: Permission) -> UInt32? {
    Self.withBytes(permission.resourceType, permission.action, number(ofPermission:_:))
  }

  /// The number of the permission of these two names, if there is one.
  func number(ofPermission type: UnsafeRawBufferPointer, _ action: UnsafeRawBufferPointer) -> UInt32? {
    view.permission(type, action).flatMap { view.isKnown(permission: $0) ? $0 : nil }
  }

  /// The number of a resource that is registered or that an assignment names.
  package func number(of resource: ResourceName) -> UInt32? { Self.withBytes(resource.type, resource.id, view.resource) }

  /// The number of an account.
  package func number(of account: AccountID) -> UInt32? { number(ofPrincipal: Self.accountType, account.text) }

  /// The number of a subject as a question names it: an account, an application, or a registered subject of the organization of the decision.
  package func number(ofSubject type: String, _ id: String, in organization: UInt32?) -> UInt32? {
    Self.withBytes(type, id) { number(ofSubject: $0, $1, in: organization) }
  }

  /// The same of names as they came.
  func number(ofSubject type: UnsafeRawBufferPointer, _ id: UnsafeRawBufferPointer, in organization: UInt32?) -> UInt32? {
    if type.isExactly(Self.accountType) || type.isExactly(Self.applicationType) { return view.principal(type, id) }
    // A group does not act.
    guard !type.isExactly(IndexedPrincipal.groupType) else { return nil }
    return organization.flatMap { view.principal(type, id, of: $0) }
  }

  /// The number of who acts; nil for somebody unknown and for a command.
  func number(of who: Actor.Who) -> UInt32? {
    switch who {
    case .account(let id, _): number(of: id)
    case .application(let id): number(ofPrincipal: Self.applicationType, id.text)
    case .anonymous, .command: nil
    }
  }

  private func number(ofPrincipal type: String, _ id: String, of organization: UInt32? = nil) -> UInt32? {
    Self.withBytes(type, id) { view.principal($0, $1, of: organization) }
  }

  package func role(_ number: UInt32) -> RoleID? { roleIDs[number] }

  /// The organization a resource belongs to, where it is registered.
  package func organization(ofResource number: UInt32) -> OrganizationID? {
    view.organization(ofResource: number).flatMap { view.id(ofOrganization: $0) }.map { OrganizationID(trusted: $0) }
  }

  /// What an administrator said of a resource.
  package func attributes(ofResource number: UInt32) -> JSONObject { resourceAttributes[number] ?? [:] }

  /// What an administrator said of a registered subject.
  package func attributes(ofSubject number: UInt32) -> JSONObject { subjectAttributes[number] ?? [:] }

  package func condition(_ number: UInt32) -> Condition { conditions.all[Int(number)] }

  private static func withBytes<Value>(
    _ type: String, _ id: String, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Value
  ) -> Value {
    type.withBytes { type in id.withBytes { id in body(type, id) } }
  }
}

// MARK: people and applications

extension PolicyState {
  /// What is known of an account by itself.
  package struct AccountStanding: Sendable, Hashable {
    package let isActive: Bool
    package let kind: Account.Kind
  }

  package func standing(of account: AccountID) -> AccountStanding? {
    guard let number = number(of: account), let standing = view.standing(of: number) else { return nil }
    let home = standing.home.flatMap { view.id(ofOrganization: $0) }.map { OrganizationID(trusted: $0) }
    return AccountStanding(isActive: standing.isActive, kind: home.map { .work(home: $0) } ?? .personal)
  }

  /// The organizations in which the account can act: account, membership and organization are all active.
  package func organizations(of account: AccountID) -> Set<OrganizationID> {
    guard let number = number(of: account), view.standing(of: number)?.isActive == true else { return [] }
    return Set(
      view.memberships(of: number).filter(\.isActive).compactMap { view.id(ofOrganization: $0.organization) }
        .map { OrganizationID(trusted: $0) }.filter { organizations[$0]?.state == .active })
  }

  /// Whether an account can act in an organization: account, membership and organization are active.
  package func mayAct(_ account: AccountID, in organization: OrganizationID) -> Bool {
    number(of: account).map { view.refusal(of: $0, in: number(of: organization)) == nil } ?? false
  }

  /// The roles an account holds for everything in an organization, or nil when account, membership or organization cannot act.
  package func activeRoles(of account: AccountID, in organization: OrganizationID, at now: Timestamp) -> Set<RoleID>? {
    guard let number = number(of: account), view.refusal(of: number, in: self.number(of: organization)) == nil else { return nil }
    let holding = holdings(of: number, at: now).first { $0.organization.id == organization }
    return holding.map { Set($0.roles) }
  }

  /// The roles an application holds itself for everything in an organization, sorted.
  package func roles(of application: ApplicationID, in organization: OrganizationID, at now: Timestamp) -> [RoleID] {
    guard let number = number(ofPrincipal: Self.applicationType, application.text) else { return [] }
    return holdings(of: number, at: now).first { $0.organization.id == organization }?.roles.sorted() ?? []
  }

  /// Everything an account or application holds anywhere: the same answer `Transaction.authority` gives, from memory.
  package func authority(of who: Actor.Who, at now: Timestamp) -> Authority {
    guard let number = number(of: who), let standing = view.standing(of: number) else {
      return Authority(subject: .unknown, holdings: [], catalog: catalogs.permissions)
    }
    let holdings = holdings(of: number, at: now).map { holding in
      Authority.Holding(
        organization: holding.organization.facts,
        membership: holding.isActive ? .active(catalogs.roles.roles(holding.roles)) : .suspended)
    }
    return Authority(subject: standing.isActive ? .active : .suspended, holdings: holdings, catalog: catalogs.permissions)
  }

  private struct Holding {
    let organization: Organization
    let isActive: Bool
    let roles: [RoleID]
  }

  private func holdings(of principal: UInt32, at now: Timestamp) -> [Holding] {
    view.holdings(of: principal, at: now.microseconds).compactMap { holding in
      guard let id = view.id(ofOrganization: holding.organization),
        let organization = organizations[OrganizationID(trusted: id)]
      else { return nil }
      // By name, also where no such role is there any more: what is held is told as it is held.
      let roles = holding.roles.compactMap { view.id(ofRole: $0) }.map { RoleID(trusted: $0) }
      return Holding(organization: organization, isActive: holding.isActive, roles: roles)
    }
  }
}
