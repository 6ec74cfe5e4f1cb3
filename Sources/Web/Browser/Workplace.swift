internal import AccessControl
internal import HTTPTypes
internal import Identity
internal import Localization
internal import Primitives

/// One organization that a person's pages are about, and what these pages may offer there.
///
/// Somebody can look after the users of several: of their home, and of organizations of which they are a guest. Every address and every form of
/// these pages names the one it is about, so that nothing is done in another because somebody's roles changed between two clicks.
struct Workplace: Sendable {
  let organization: Organization
  private let authority: Authority
  private let roles: RoleCatalog

  /// Every organization the person belongs to, their home first, the others by name; none for a personal account.
  static func all(of account: Account, _ env: Environment) -> [Workplace] {
    let policy = env.policy.state
    guard let home = account.home.flatMap(policy.organization) else { return [] }
    let authority = policy.authority(of: .account(account.id, via: nil), at: env.clock())
    let roles = policy.catalogs.roles
    let others = authority.holdings.map(\.organization.id).filter { $0 != home.id }.compactMap(policy.organization)
    return ([home] + others.sorted { ($0.name, $0.id) < ($1.name, $1.id) }).map {
      Workplace(organization: $0, authority: authority, roles: roles)
    }
  }

  /// Those of them in which the person may do something.
  static func all(of account: Account, where permission: Permission, _ env: Environment) -> [Workplace] {
    all(of: account, env).filter { $0.may(permission) }
  }

  /// For what the page offers; the use case behind decides again.
  func may(_ permission: Permission) -> Bool { authority.decide(permission, at: target).allowed }

  /// Whether the person may suspend or restore somebody with these roles.
  func mayAct(onHolderOf roles: [RoleID]) -> Bool {
    authority.mayAct(onHolderOf: self.roles.roles(roles), at: target)
  }

  /// Whether the person may send again or withdraw an invitation that gives these roles.
  func mayInvite(to roles: [RoleID]) -> Bool {
    self.roles.roles(roles).allSatisfy { authority.mayGrant($0, by: .invitation, at: target) }
  }

  private var target: Authority.Target { Authority.Target(organization.facts) }
}

// MARK: in addresses

extension Workplace {
  /// A page about this organization.
  func address(_ path: String, _ more: [(name: String, value: String)] = []) -> String {
    "\(path)?\(FormFields([(name: FormName.organization, value: organization.id.text)] + more).encoded)"
  }

  /// A page about the organization that a request named, to come back to after signing in. What is no identifier is left out.
  static func page(_ path: String) -> @Sendable (Exchange) -> String {
    { exchange in
      let named = exchange.query.first(FormName.organization).flatMap { OrganizationID($0) }
      return named.map { "\(path)?\(FormName.organization)=\($0)" } ?? path
    }
  }
}

extension PageRouting.SignedIn {
  /// The organization this request is about: the one its address names, or else the first in which the person may do what the page is for.
  ///
  /// Whether they may do it there is for the use case to say, also that there is no such organization: both look the same.
  func workplace(for permission: Permission) throws(Failure) -> Workplace {
    let own = Workplace.all(of: account, visit.env)
    guard let named = visit.exchange.query.first(FormName.organization) else {
      guard let place = own.first(where: { $0.may(permission) }) ?? own.first else { throw .forbidden }
      return place
    }
    guard let id = OrganizationID(named) else { throw .notFound }
    guard let place = own.first(where: { $0.organization.id == id }) ?? Workplace.elsewhere(id, account, visit.env) else {
      throw .forbidden
    }
    return place
  }

  /// The organizations to choose from on a page for those with this permission; empty where there is nothing to choose.
  ///
  /// - Parameter path: of that page.
  func organizations(where permission: Permission, besides here: Workplace, _ path: String) -> [OrganizationChoice] {
    let all = Workplace.all(of: account, where: permission, visit.env)
    guard all.contains(where: { $0.organization.id != here.organization.id }) else { return [] }
    return all.map { place in
      OrganizationChoice(
        name: place.organization.name, address: place.address(path), isCurrent: place.organization.id == here.organization.id)
    }
  }
}

extension Workplace {
  /// An organization of which the person is no member: operators look after others too.
  fileprivate static func elsewhere(_ id: OrganizationID, _ account: Account, _ env: Environment) -> Workplace? {
    let policy = env.policy.state
    return policy.organization(id).map {
      Workplace(
        organization: $0, authority: policy.authority(of: .account(account.id, via: nil), at: env.clock()),
        roles: policy.catalogs.roles)
    }
  }
}

extension Visit {
  /// Roles as the reader's language calls them; one that is not there any more gives nothing, and has no name.
  func labels(_ ids: [RoleID]) -> [RoleLabel] {
    let roles = env.policy.catalogs.roles
    return ids.compactMap { roles[$0] }.map { label($0) }
  }

  func label(_ role: Role) -> RoleLabel {
    let words = role.wording.text(in: language.tag)
    return RoleLabel(id: role.id.text, name: words.name, about: words.description.isEmpty ? nil : words.description)
  }
}
