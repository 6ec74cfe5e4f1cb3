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

  package var isEmpty: Bool {
    organizations.isEmpty && accounts.isEmpty && applications.isEmpty && resources.isEmpty && endedGrants.isEmpty
      && revokedTokens.isEmpty && !signingKeys && !catalogs
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
  package struct AccountFacts: Sendable, Hashable {
    package let kind: Account.Kind
    package let state: Account.State
    /// Per organization: whether the membership is active, and the roles held there.
    package let memberships: [OrganizationID: MembershipFacts]

    package init(kind: Account.Kind, state: Account.State, memberships: [OrganizationID: MembershipFacts]) {
      self.kind = kind
      self.state = state
      self.memberships = memberships
    }
  }

  package struct MembershipFacts: Sendable, Hashable {
    package let state: Membership.State
    package let roles: Set<RoleID>

    package init(state: Membership.State, roles: Set<RoleID>) {
      self.state = state
      self.roles = roles
    }
  }

  package struct ApplicationFacts: Sendable {
    package let application: Application
    /// The roles it holds itself, per organization.
    package let roles: [OrganizationID: Set<RoleID>]

    package init(application: Application, roles: [OrganizationID: Set<RoleID>]) {
      self.application = application
      self.roles = roles
    }
  }

  package var revision: Int64
  package var organizations: [OrganizationID: Organization?]
  package var accounts: [AccountID: AccountFacts?]
  package var applications: [ApplicationID: ApplicationFacts?]
  /// Registered resources, and the agreements and purchasing accounts, which are resources by nature.
  package var resources: [ResourceName: OrganizationID?]
  /// With the moment each ended.
  package var endedGrants: [GrantID: Timestamp]
  /// With the moment until which each must be remembered.
  package var revokedTokens: [String: Timestamp]
  /// Every key that is kept, when that changed; nil when it did not.
  package var signingKeys: [StoredSigningKey]?
  /// All roles and permissions, when any of them changed; nil when none did.
  package var catalogs: Catalogs?
  /// No access token issued before counts, since the database was set back then (`GrantStore.endEveryGrant`). Only with the whole policy.
  package var oldestToken: Timestamp?

  package init(
    revision: Int64, organizations: [OrganizationID: Organization?] = [:], accounts: [AccountID: AccountFacts?] = [:],
    applications: [ApplicationID: ApplicationFacts?] = [:], resources: [ResourceName: OrganizationID?] = [:],
    endedGrants: [GrantID: Timestamp] = [:], revokedTokens: [String: Timestamp] = [:], signingKeys: [StoredSigningKey]? = nil,
    catalogs: Catalogs? = nil
  ) {
    self.revision = revision
    self.organizations = organizations
    self.accounts = accounts
    self.applications = applications
    self.resources = resources
    self.endedGrants = endedGrants
    self.revokedTokens = revokedTokens
    self.signingKeys = signingKeys
    self.catalogs = catalogs
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
