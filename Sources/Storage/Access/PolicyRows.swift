internal import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction: PolicyStore {
  package func policyRevision() throws -> Int64 {
    try row(policyRevisionQuery) { try $0.integer(0) } ?? 0
  }

  package func policyFacts(_ scope: PolicyScope) throws -> PolicyFacts {
    switch scope {
    case .everything(let endedSince): try wholePolicy(endedSince: endedSince)
    case .changed(let change): try changedPolicy(change)
    }
  }

  /// Counts one commit that changed the policy; the last thing before the commit. Only where there is one writer at a time: the row would make
  /// several wait for each other.
  func advancePolicyRevision() throws -> Int64 {
    try changeReturning("UPDATE policy_state SET revision = revision + 1 WHERE id = 1 RETURNING revision", []) {
      try $0.integer(0)
    }
    .first ?? 0
  }

  /// Some statements per changed thing: a commit changes few.
  private func changedPolicy(_ change: PolicyChange) throws -> PolicyFacts {
    var facts = PolicyFacts(revision: try policyRevision(), endedGrants: change.endedGrants, revokedTokens: change.revokedTokens)
    for id in change.organizations { facts.organizations.updateValue(try organization(id), forKey: id) }
    for id in change.accounts { facts.accounts.updateValue(try accountFacts(id), forKey: id) }
    for id in change.applications { facts.applications.updateValue(try applicationFacts(id), forKey: id) }
    for name in change.resources { facts.resources.updateValue(try owner(of: name), forKey: name) }
    if change.catalogs { facts.catalogs = try catalogs() }
    if change.signingKeys { facts.signingKeys = try signingKeys() }
    return facts
  }

  private func accountFacts(_ id: AccountID) throws -> PolicyFacts.AccountFacts? {
    guard let account = try account(id) else { return nil }
    let roles = Dictionary(grouping: try roleAssignments(of: .account(id)), by: \.organization)
    let memberships = try memberships(of: id).map { membership in
      (
        membership.organization,
        PolicyFacts.MembershipFacts(state: membership.state, roles: Set(roles[membership.organization, default: []].map(\.role)))
      )
    }
    return PolicyFacts.AccountFacts(
      kind: account.kind, state: account.state, memberships: Dictionary(memberships) { _, last in last })
  }

  private func applicationFacts(_ id: ApplicationID) throws -> PolicyFacts.ApplicationFacts? {
    guard let application = try application(id) else { return nil }
    let roles = Dictionary(grouping: try roleAssignments(of: .application(id)), by: \.organization)
    return PolicyFacts.ApplicationFacts(application: application, roles: roles.mapValues { Set($0.map(\.role)) })
  }

  /// The organization a resource belongs to. Agreements and purchasing accounts answer for themselves: nothing registered under their
  /// type and id can move them elsewhere.
  private func owner(of name: ResourceName) throws -> OrganizationID? {
    if let agreement = name.agreement, let found = try self.agreement(agreement) { return found.organization }
    if let account = name.purchasingAccount, let found = try purchasingAccount(account) { return found.organization }
    return try resource(type: name.type, id: name.id)?.organization
  }
}

extension ResourceName {
  private static let agreementType = "agreement"
  private static let purchasingAccountType = "purchasing-account"

  static func agreement(_ id: AgreementID) -> ResourceName { ResourceName(type: agreementType, id: id.text) }
  static func purchasingAccount(_ id: PurchasingAccountID) -> ResourceName {
    ResourceName(type: purchasingAccountType, id: id.text)
  }

  var agreement: AgreementID? { type == Self.agreementType ? AgreementID(trusted: id) : nil }
  var purchasingAccount: PurchasingAccountID? { type == Self.purchasingAccountType ? PurchasingAccountID(trusted: id) : nil }
}
