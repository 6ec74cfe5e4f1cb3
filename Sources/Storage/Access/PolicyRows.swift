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

  private func changedPolicy(_ change: PolicyChange) throws -> PolicyFacts {
    var facts = try historicFacts(change)
    facts.revision = try policyRevision()
    facts.endedGrants = change.endedGrants
    facts.revokedTokens = change.revokedTokens
    if change.catalogs { facts.catalogs = try catalogs() }
    if change.signingKeys { facts.signingKeys = try signingKeys() }
    return facts
  }

  /// What changed of that of which there is history. Some statements per changed thing: a commit changes few.
  func historicFacts(_ change: PolicyChange) throws -> PolicyFacts {
    var facts = PolicyFacts(revision: 0)
    for id in change.organizations { facts.organizations.updateValue(try organization(id), forKey: id) }
    for id in change.accounts { facts.accounts.updateValue(try accountFacts(id), forKey: id) }
    for id in change.applications { facts.applications.updateValue(try applicationFacts(id), forKey: id) }
    for id in change.groups { facts.groups.updateValue(try groupFacts(id), forKey: id) }
    for id in change.subjects { facts.subjects.updateValue(try subjectFacts(id), forKey: id) }
    for name in change.resources { facts.resources.updateValue(try resourceFacts(name), forKey: name) }
    return facts
  }

  private func accountFacts(_ id: AccountID) throws -> PolicyFacts.AccountFacts? {
    guard let account = try account(id) else { return nil }
    let held = try assignmentFacts(of: .account(id))
    let groups = try places(of: .account(id))
    let memberships = try memberships(of: id).map { membership in
      (
        membership.organization,
        PolicyFacts.MembershipFacts(
          state: membership.state, assignments: held[membership.organization, default: []],
          groups: groups[membership.organization, default: []])
      )
    }
    return PolicyFacts.AccountFacts(
      kind: account.kind, state: account.state, memberships: Dictionary(memberships) { _, last in last })
  }

  private func applicationFacts(_ id: ApplicationID) throws -> PolicyFacts.ApplicationFacts? {
    guard let application = try application(id) else { return nil }
    return PolicyFacts.ApplicationFacts(
      application: application, assignments: try assignmentFacts(of: .application(id)),
      groups: try places(of: .application(id)))
  }

  private func groupFacts(_ id: GroupID) throws -> PolicyFacts.GroupFacts? {
    guard let group = try group(id) else { return nil }
    return PolicyFacts.GroupFacts(
      organization: group.organization, assignments: try assignmentFacts(of: .group(id))[group.organization, default: []])
  }

  private func subjectFacts(_ id: RegisteredSubjectID) throws -> PolicyFacts.SubjectFacts? {
    guard let subject = try subject(id) else { return nil }
    return PolicyFacts.SubjectFacts(
      subject, assignments: try assignmentFacts(of: .subject(id))[subject.organization, default: []],
      groups: try places(of: .subject(id))[subject.organization, default: []])
  }

  /// In the order of their ids, so that equal facts are equal texts.
  private func assignmentFacts(of holder: RoleHolder) throws -> [OrganizationID: [PolicyFacts.AssignmentFacts]] {
    try roleAssignments(of: holder).reduce(into: [:]) { held, assignment in
      held[assignment.organization, default: []].append(PolicyFacts.AssignmentFacts(assignment))
    }
  }

  private func places(of member: GroupMember) throws -> [OrganizationID: Set<GroupID>] {
    try groupMemberships(of: member).reduce(into: [:]) { $0[$1.organization, default: []].insert($1.group) }
  }

  /// Agreements and purchasing accounts answer for themselves: nothing registered under their type and id can move them elsewhere. What is registered
  /// there gives them their attributes.
  private func resourceFacts(_ name: ResourceName) throws -> PolicyFacts.ResourceFacts? {
    let registered = try resource(type: name.type, id: name.id)
    if let agreement = name.agreement, let found = try self.agreement(agreement) {
      return PolicyFacts.ResourceFacts(organization: found.organization, attributes: registered?.attributes ?? [:])
    }
    if let account = name.purchasingAccount, let found = try purchasingAccount(account) {
      return PolicyFacts.ResourceFacts(
        organization: found.organization, parent: .agreement(found.agreement), attributes: registered?.attributes ?? [:])
    }
    return registered.map {
      PolicyFacts.ResourceFacts(organization: $0.organization, parent: $0.parent, attributes: $0.attributes)
    }
  }
}

extension PolicyFacts.AssignmentFacts {
  init(_ assignment: RoleAssignment) {
    self.init(
      id: assignment.id, role: assignment.role, scope: assignment.scope, from: assignment.startsAt, until: assignment.endsAt)
  }
}

extension PolicyFacts.SubjectFacts {
  init(_ subject: RegisteredSubject, assignments: [PolicyFacts.AssignmentFacts], groups: Set<GroupID>) {
    self.init(
      organization: subject.organization, type: subject.type, name: subject.name, isActive: subject.state == .active,
      attributes: subject.attributes, assignments: assignments, groups: groups)
  }
}

extension ResourceName {
  var agreement: AgreementID? { type == Self.agreementType ? AgreementID(trusted: id) : nil }
  var purchasingAccount: PurchasingAccountID? { type == Self.purchasingAccountType ? PurchasingAccountID(trusted: id) : nil }
}
