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

  /// What changed of that of which there is history. Some statements per changed thing, because a commit changes few; but of subjects and resources,
  /// which are registered many at once, the same few for all of them.
  func historicFacts(_ change: PolicyChange) throws -> PolicyFacts {
    var facts = PolicyFacts(revision: 0)
    for id in change.organizations { facts.organizations.updateValue(try organization(id), forKey: id) }
    for id in change.accounts { facts.accounts.updateValue(try accountFacts(id), forKey: id) }
    for id in change.applications { facts.applications.updateValue(try applicationFacts(id), forKey: id) }
    for id in change.groups { facts.groups.updateValue(try groupFacts(id), forKey: id) }
    let subjects = try subjectFacts(change.subjects)
    for id in change.subjects { facts.subjects.updateValue(subjects[id], forKey: id) }
    let resources = try resourceFacts(change.resources)
    for name in change.resources { facts.resources.updateValue(resources[name], forKey: name) }
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

  private func subjectFacts(_ ids: Set<RegisteredSubjectID>) throws -> [RegisteredSubjectID: PolicyFacts.SubjectFacts] {
    let subjects = try subjects(ids)
    let found = Set(subjects.keys)
    let assignments = try roleAssignments(of: found)
    let places = try groupMemberships(of: found)
    return subjects.mapValues { subject in
      PolicyFacts.SubjectFacts(
        subject, assignments: assignments[subject.id, default: []].map { PolicyFacts.AssignmentFacts($0) },
        groups: Set(places[subject.id, default: []].map(\.group)))
    }
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
  private func resourceFacts(_ names: Set<ResourceName>) throws -> [ResourceName: PolicyFacts.ResourceFacts] {
    let registered = try resources(names)
    let natural = try naturalPlaces(of: names).map { name, place in
      (
        name,
        PolicyFacts.ResourceFacts(
          organization: place.organization, parent: place.parent, attributes: registered[name]?.attributes ?? [:])
      )
    }
    return registered.mapValues {
      PolicyFacts.ResourceFacts(organization: $0.organization, parent: $0.parent, attributes: $0.attributes)
    }.merging(natural) { _, natural in natural }
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
