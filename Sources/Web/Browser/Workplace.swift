internal import AccessControl
internal import Identity
internal import Primitives

/// The organization a person's pages are about: their home, or, where they may see nobody there, one whose users they look after as a guest.
struct Workplace: Sendable {
  let organization: Organization
  private let authority: Authority

  /// - Returns: nil for a personal account.
  static func of(_ account: Account, _ policy: PolicySnapshot) -> Workplace? {
    guard let home = account.home.flatMap(policy.organization) else { return nil }
    let authority = policy.authority(of: .account(account.id, via: nil))
    let all = [home] + authority.holdings.map(\.organization.id).sorted().filter { $0 != home.id }.compactMap(policy.organization)
    let places = all.map { Workplace(organization: $0, authority: authority) }
    return places.first { $0.may(.userView) || $0.may(.userInvite) } ?? places.first
  }

  /// For what the page offers; the use case behind decides again.
  func may(_ permission: Permission) -> Bool { authority.decide(permission, at: target).allowed }

  /// Whether the person may suspend or restore somebody with these roles.
  func mayAct(onHolderOf roles: [RoleID]) -> Bool {
    authority.mayAct(onHolderOf: RoleCatalog.builtInOnly.roles(roles), at: target)
  }

  /// Whether the person may send again or withdraw an invitation that gives these roles.
  func mayInvite(to roles: [RoleID]) -> Bool {
    RoleCatalog.builtInOnly.roles(roles).allSatisfy { authority.mayGrant($0, by: .invitation, at: target) }
  }

  private var target: Authority.Target { Authority.Target(organization.facts) }
}

extension RoleLabel {
  init(_ id: RoleID) { self.init(id: id.text, name: RoleCatalog.builtInOnly[id]?.name ?? id.text) }
}
