import AccessControl
import Identity
import Primitives
import TestKit

/// A policy of two customers and the portal, and the applications that ask. Told as the product's journey tells it: he is an account viewer
/// at Contoso, she administers it.
struct World {
  static let now = Timestamp(seconds: 1_800_000_000)
  static let portal = OrganizationID(trusted: "portal")
  static let contoso = OrganizationID(trusted: "contoso")
  static let fabrikam = OrganizationID(trusted: "fabrikam")

  /// Account administrator at Contoso, account viewer at Fabrikam.
  static let her = AccountID(trusted: "her")
  /// Account viewer at Contoso.
  static let him = AccountID(trusted: "him")
  static let operatorOfPortal = AccountID(trusted: "operator-of-portal")
  static let personal = AccountID(trusted: "personal")

  let policy: PolicySnapshot

  init() {
    policy = PolicySnapshot(
      keys: KeyRing(root: RootKey.make(from: SystemRandomness()), logger: RecordedLog().logger), seededBy: SystemRandomness())
    policy.replace(
      with: PolicyFacts(
        revision: 1,
        organizations: [
          Self.portal: Organization(id: Self.portal, kind: .portal, name: "Portal", createdAt: Self.now),
          Self.contoso: Organization(id: Self.contoso, kind: .customer, name: "Contoso", createdAt: Self.now),
          Self.fabrikam: Organization(id: Self.fabrikam, kind: .customer, name: "Fabrikam", createdAt: Self.now),
        ],
        accounts: [
          Self.her: Self.member([Self.contoso: [.accountAdministrator], Self.fabrikam: [.accountViewer]]),
          Self.him: Self.member([Self.contoso: [.accountViewer]]),
          Self.operatorOfPortal: Self.member([Self.portal: [.operator]]),
          Self.personal: PolicyFacts.AccountFacts(kind: .personal, state: .active, memberships: [:]),
        ],
        resources: [
          ResourceName(type: "order", id: "order-of-fabrikam"): PolicyFacts.ResourceFacts(organization: Self.fabrikam)
        ]))
    policy.confirm(isCurrent: true, until: nil)
  }

  /// What a commit that changes this account would tell the policy.
  func change(_ account: AccountID, to facts: PolicyFacts.AccountFacts) {
    policy.apply(PolicyFacts(revision: policy.revision + 1, accounts: [account: facts]))
  }

  static func member(
    _ roles: [OrganizationID: Set<RoleID>], state: Account.State = .active, membership: Membership.State = .active
  ) -> PolicyFacts.AccountFacts {
    PolicyFacts.AccountFacts(
      kind: .work(home: contoso), state: state,
      memberships: roles.mapValues { roles in
        PolicyFacts.MembershipFacts(
          state: membership,
          assignments: roles.map { PolicyFacts.AssignmentFacts(id: RoleAssignmentID(trusted: $0.text), role: $0) })
      })
  }

  /// A portal-wide application, admitted everywhere.
  static let portalWide = application(owner: nil)
  static let ownedByContoso = application(owner: contoso)

  static func application(owner: OrganizationID?, decidesIn: Set<OrganizationID>? = nil) -> Application {
    Application(
      id: ApplicationID(trusted: "application"), name: "Orders", authentication: .basic, grantTypes: [.clientCredentials],
      scopes: ["usher:decide"], owner: owner, decidesIn: decidesIn, createdAt: now)
  }
}
