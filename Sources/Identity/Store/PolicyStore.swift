package import AccessControl
package import Primitives

/// Reads what the policy snapshot holds. The engine tracks which of these a transaction changed and hands the new facts to the observer.
package protocol PolicyStore {
  /// Grows with every commit that changed anything below.
  func policyRevision() throws -> Int64
  func policyFacts(_ scope: PolicyScope) throws -> PolicyFacts
  /// Clean-up only: what was written down for other instances about changes before `limit`. One that has not looked for so long reads the whole
  /// policy anew.
  func deletePolicyChanges(before limit: Timestamp, atMost count: Int) throws -> Int
}

/// Which part of the policy to read.
package enum PolicyScope: Sendable, Hashable {
  /// Everything, with the grants and tokens that ended since `endedSince` (older ones can have no living access token).
  case everything(endedSince: Timestamp)
  case changed(PolicyChange)
}

/// The things one commit changed that decisions depend on.
package struct PolicyChange: Sendable, Hashable {
  package var organizations: Set<OrganizationID> = []
  package var accounts: Set<AccountID> = []
  package var applications: Set<ApplicationID> = []
  /// Those whose assignments changed; who joins or leaves one is told of the member.
  package var groups: Set<GroupID> = []
  package var subjects: Set<RegisteredSubjectID> = []
  package var resources: Set<ResourceName> = []
  /// With the moment each ended.
  package var endedGrants: [GrantID: Timestamp] = [:]
  /// With the moment until which each must be remembered.
  package var revokedTokens: [String: Timestamp] = [:]
  /// A signing key was made, retired or deleted.
  package var signingKeys = false
  /// A role or a permission was defined, changed or deleted.
  package var catalogs = false

  package init() {}

  /// Whether nothing of it is kept in the history of the policy: grants, tokens and keys decide nothing about the past, and roles and permissions have
  /// versions of their own.
  package var isOutsideHistory: Bool {
    organizations.isEmpty && accounts.isEmpty && applications.isEmpty && groups.isEmpty && subjects.isEmpty && resources.isEmpty
  }

  package var isEmpty: Bool {
    isOutsideHistory && endedGrants.isEmpty && revokedTokens.isEmpty && !signingKeys && !catalogs
  }
}

package struct ResourceName: Sendable, Hashable {
  package let type: String
  package let id: String

  package init(type: String, id: String) {
    self.type = type
    self.id = id
  }
}

/// What decisions depend on, as read from the store. A nil value says that the thing is gone.
package struct PolicyFacts: Sendable {
  /// One role held in one organization; see `RoleAssignment`.
  package struct AssignmentFacts: Sendable, Hashable {
    package let id: RoleAssignmentID
    package let role: RoleID
    package let scope: ResourceName?
    package let from: Timestamp?
    /// Exclusive.
    package let until: Timestamp?

    package init(
      id: RoleAssignmentID, role: RoleID, scope: ResourceName? = nil, from: Timestamp? = nil, until: Timestamp? = nil
    ) {
      self.id = id
      self.role = role
      self.scope = scope
      self.from = from
      self.until = until
    }

    /// See `RoleAssignment.counts`.
    package func counts(at moment: Timestamp) -> Bool {
      scope == nil && from.map { $0 <= moment } ?? true && until.map { moment < $0 } ?? true
    }
  }

  package struct AccountFacts: Sendable, Hashable {
    package let kind: Account.Kind
    package let state: Account.State
    /// Per organization: whether the membership is active, and what is held there.
    package let memberships: [OrganizationID: MembershipFacts]

    package init(kind: Account.Kind, state: Account.State, memberships: [OrganizationID: MembershipFacts]) {
      self.kind = kind
      self.state = state
      self.memberships = memberships
    }
  }

  package struct MembershipFacts: Sendable, Hashable {
    package let state: Membership.State
    package let assignments: [AssignmentFacts]
    package let groups: Set<GroupID>

    package init(state: Membership.State, assignments: [AssignmentFacts], groups: Set<GroupID> = []) {
      self.state = state
      self.assignments = assignments
      self.groups = groups
    }

    /// Those held themselves, for everything and for good.
    package var roles: Set<RoleID> { assignments.wholeRoles }
  }

  package struct ApplicationFacts: Sendable, Hashable {
    package let application: Application
    /// What it holds itself, per organization.
    package let assignments: [OrganizationID: [AssignmentFacts]]
    /// Where it belongs, per organization.
    package let groups: [OrganizationID: Set<GroupID>]

    package init(
      application: Application, assignments: [OrganizationID: [AssignmentFacts]] = [:],
      groups: [OrganizationID: Set<GroupID>] = [:]
    ) {
      self.application = application
      self.assignments = assignments
      self.groups = groups
    }

    /// Those held itself in an organization, for everything and for good.
    package func roles(in organization: OrganizationID) -> Set<RoleID> { assignments[organization, default: []].wholeRoles }
  }

  package struct GroupFacts: Sendable, Hashable {
    package let organization: OrganizationID
    package let assignments: [AssignmentFacts]

    package init(organization: OrganizationID, assignments: [AssignmentFacts]) {
      self.organization = organization
      self.assignments = assignments
    }
  }

  /// A registered subject.
  package struct SubjectFacts: Sendable, Hashable {
    package let organization: OrganizationID
    package let type: String
    package let name: String
    package let isActive: Bool
    package let attributes: JSONObject
    package let assignments: [AssignmentFacts]
    package let groups: Set<GroupID>

    package init(
      organization: OrganizationID, type: String, name: String, isActive: Bool, attributes: JSONObject,
      assignments: [AssignmentFacts], groups: Set<GroupID>
    ) {
      self.organization = organization
      self.type = type
      self.name = name
      self.isActive = isActive
      self.attributes = attributes
      self.assignments = assignments
      self.groups = groups
    }
  }

  package struct ResourceFacts: Sendable, Hashable {
    package let organization: OrganizationID
    package let parent: ResourceName?
    package let attributes: JSONObject

    package init(organization: OrganizationID, parent: ResourceName? = nil, attributes: JSONObject = [:]) {
      self.organization = organization
      self.parent = parent
      self.attributes = attributes
    }
  }

  package var revision: Int64
  package var organizations: [OrganizationID: Organization?]
  package var accounts: [AccountID: AccountFacts?]
  package var applications: [ApplicationID: ApplicationFacts?]
  package var groups: [GroupID: GroupFacts?]
  package var subjects: [RegisteredSubjectID: SubjectFacts?]
  /// Registered resources, and the agreements and purchasing accounts, which are resources by nature; a purchasing account lies in its agreement.
  package var resources: [ResourceName: ResourceFacts?]
  /// With the moment each ended.
  package var endedGrants: [GrantID: Timestamp]
  /// With the moment until which each must be remembered.
  package var revokedTokens: [String: Timestamp]
  /// Every key that is kept, when that changed; nil when it did not.
  package var signingKeys: [StoredSigningKey]?
  /// All roles and permissions, when any of them changed; nil when none did.
  package var catalogs: Catalogs?
  /// No access token counts that was issued before this moment or in its second, since the database was set back then (`GrantStore.endEveryGrant`).
  /// Only with the whole policy.
  package var endOfTokens: Timestamp?

  package init(
    revision: Int64, organizations: [OrganizationID: Organization?] = [:], accounts: [AccountID: AccountFacts?] = [:],
    applications: [ApplicationID: ApplicationFacts?] = [:], groups: [GroupID: GroupFacts?] = [:],
    subjects: [RegisteredSubjectID: SubjectFacts?] = [:], resources: [ResourceName: ResourceFacts?] = [:],
    endedGrants: [GrantID: Timestamp] = [:], revokedTokens: [String: Timestamp] = [:], signingKeys: [StoredSigningKey]? = nil,
    catalogs: Catalogs? = nil
  ) {
    self.revision = revision
    self.organizations = organizations
    self.accounts = accounts
    self.applications = applications
    self.groups = groups
    self.subjects = subjects
    self.resources = resources
    self.endedGrants = endedGrants
    self.revokedTokens = revokedTokens
    self.signingKeys = signingKeys
    self.catalogs = catalogs
  }
}

extension [PolicyFacts.AssignmentFacts] {
  /// The roles of assignments that count for everything, at every moment.
  fileprivate var wholeRoles: Set<RoleID> {
    Set(lazy.filter { $0.scope == nil && $0.from == nil && $0.until == nil }.map(\.role))
  }
}

/// Told about every commit that changed the policy: by this process in the order of commits before `write` returns, by others
/// within 250 ms.
package protocol PolicyObserver: Sendable {
  /// Takes over changed facts of one commit.
  func apply(_ facts: PolicyFacts)
  /// Takes over the whole state.
  func replace(with facts: PolicyFacts)
  /// Told after every look for other processes' commits: true when the store answered and everything known is applied, false when it could not
  /// be asked. What cannot be confirmed must allow nothing.
  ///
  /// - Parameter deadline: a confirmation that is not renewed is worth nothing from then on; nil: it holds until the next word.
  func confirm(isCurrent: Bool, until deadline: ContinuousClock.Instant?)
}
