package import AccessControl
package import Primitives

package protocol AccountStore {
  func account(_ id: AccountID) throws -> Account?
  func account(_ kind: Account.KindName, email: EmailAddress) throws -> Account?
  /// - Throws: `StoreError.taken(.accountAddress)`: one address, one account of each kind.
  func insert(_ account: Account) throws
  /// - Throws: `StoreError.taken(.accountAddress)` when the address changed to a taken one.
  func update(_ account: Account) throws -> Bool

  func insert(_ signUp: PendingSignUp) throws
  func pendingSignUp(_ link: SecretDigest) throws -> PendingSignUp?
  /// Uses the link up: one conditional write.
  ///
  /// - Returns: false when it was used before, or has expired.
  func usePendingSignUp(_ link: SecretDigest, at now: Timestamp) throws -> Bool
  /// Makes every unused sign-up of this address worthless, when one of them was confirmed.
  func discardPendingSignUps(email: EmailAddress) throws
  /// Clean-up only: used or not, with the password hashes in them.
  func deletePendingSignUps(expiredBefore limit: Timestamp, atMost count: Int) throws -> Int
}

package protocol MembershipStore {
  func membership(_ account: AccountID, in organization: OrganizationID) throws -> Membership?
  func memberships(of account: AccountID) throws -> [Membership]
  /// Members in the order of their account ids, with their accounts.
  func members(of organization: OrganizationID, _ page: PageRequest) throws -> Page<Member>
  /// - Throws: `StoreError.taken(.membership)`.
  func insert(_ membership: Membership) throws
  func update(_ membership: Membership) throws -> Bool
  /// - Returns: false when it was gone already.
  func delete(_ membership: Warranted<MembershipRemoval>) throws -> Bool

  /// Assignments of every kind of holder, narrowed ones included: whoever wants those that count asks `RoleAssignment.isWhole` or `counts`.
  func roleAssignment(_ id: RoleAssignmentID) throws -> RoleAssignment?
  func roleAssignments(of holder: RoleHolder, in organization: OrganizationID) throws -> [RoleAssignment]
  func roleAssignments(of holder: RoleHolder) throws -> [RoleAssignment]
  /// What somebody holds everywhere, directly and through groups; of a group its own.
  func roleAssignments(reaching holder: RoleHolder) throws -> [RoleAssignment]
  /// What any of these holds, itself and through groups, in one statement. What reaches several of them stands there once at least.
  func roleAssignments(reachingAnyOf subjects: Set<RegisteredSubjectID>) throws -> [RoleAssignment]
  /// In the order of their ids.
  func roleAssignments(
    in organization: OrganizationID, _ filter: AssignmentQuery, _ page: PageRequest
  ) throws -> Page<RoleAssignment>
  /// - Throws: `StoreError.taken(.roleAssignment)` when the holder has the role there already, for the same resource or for none.
  func insert(_ assignment: Warranted<RoleAssignment>) throws
  /// - Returns: false when it was gone already.
  func delete(_ assignment: Warranted<RoleRemoval>) throws -> Bool
  /// How many people who can act (account and membership both active) hold one of these roles in the organization, themselves and whole: what keeps
  /// the last administrator from vanishing. A role that ends by itself or goes with a group would leave nobody one day, unnoticed. Exact within the
  /// transaction.
  func activeHolders(ofAny roles: Set<RoleID>, in organization: OrganizationID) throws -> Int
  /// Some of them, in the order of their ids.
  func activeHolders(ofAny roles: Set<RoleID>, in organization: OrganizationID, atMost count: Int) throws -> [AccountID]
}

/// Which assignments of an organization somebody wants to see; nil leaves a thing open.
package struct AssignmentQuery: Sendable, Hashable {
  package let holder: RoleHolder?
  /// One of these.
  package let roles: Set<RoleID>?
  /// Exactly this one, not what it lies in.
  package let scope: ResourceName?

  package static let all = AssignmentQuery()

  package init(holder: RoleHolder? = nil, roles: Set<RoleID>? = nil, scope: ResourceName? = nil) {
    self.holder = holder
    self.roles = roles
    self.scope = scope
  }
}

/// A membership seen from its organization.
package struct Member: Sendable, Hashable {
  package let account: Account
  package let membership: Membership
  /// Those held by the member themselves, for everything and for good.
  package let roles: [RoleID]

  package init(account: Account, membership: Membership, roles: [RoleID]) {
    self.account = account
    self.membership = membership
    self.roles = roles
  }
}
