internal import AccessControl
internal import Primitives

/// The part of the policy on which the answer to one question depends, read for it from the store: where an answer has to tell more than memory keeps.
///
/// It is put into an index like the whole policy, so that the same engine decides from it.
struct PolicyExcerpt {
  let facts: PolicyFacts
  let state: PolicyState

  /// The resource and what it lies in, nearest first, as far as that counts for a decision in the organization.
  func places(of resource: AccessRequest.Resource, in organization: OrganizationID) -> [ResourceName] {
    var places: [ResourceName] = []
    var next = resource.id.map { ResourceName(type: resource.type, id: $0) }
    while let name = next, places.count <= PolicyView.deepestResource {
      places.append(name)
      next = (facts.resources[name] ?? nil).flatMap { $0.organization == organization ? $0.parent : nil }
    }
    return places
  }

  /// One assignment that the subject holds, or a group of theirs.
  struct HeldAssignment {
    let facts: PolicyFacts.AssignmentFacts
    let holder: RoleHolder
  }

  /// Everything that counts for the subject in the organization: their own, then that of their groups.
  func held(in organization: OrganizationID) -> [HeldAssignment] {
    var held: [HeldAssignment] = []
    var groups: Set<GroupID> = []
    func add(_ assignments: [PolicyFacts.AssignmentFacts], of holder: RoleHolder, in theirs: Set<GroupID>) {
      held += assignments.map { HeldAssignment(facts: $0, holder: holder) }
      groups.formUnion(theirs)
    }
    for (id, account) in facts.accounts {
      guard let membership = account?.memberships[organization] else { continue }
      add(membership.assignments, of: .account(id), in: membership.groups)
    }
    for (id, application) in facts.applications {
      guard let application else { continue }
      add(
        application.assignments[organization, default: []], of: .application(id),
        in: application.groups[organization, default: []])
    }
    for (id, subject) in facts.subjects {
      guard let subject, subject.organization == organization else { continue }
      add(subject.assignments, of: .subject(id), in: subject.groups)
    }
    for id in groups.sorted() { add((facts.groups[id] ?? nil)?.assignments ?? [], of: .group(id), in: []) }
    return held
  }
}

/// Reads excerpts for several questions, all from what one transaction sees.
struct PolicyExcerpts {
  private let tx: any Transaction
  private let seed: any RandomSource
  private var memory: PolicyMemory

  /// - Parameter seed: of the hash of names.
  init(_ tx: any Transaction, seededBy seed: any RandomSource) throws {
    self.tx = tx
    self.seed = seed
    memory = PolicyMemory(seededBy: seed)
    var catalogs = PolicyChange()
    catalogs.catalogs = true
    memory.apply(try tx.policyFacts(.changed(catalogs)))
  }

  /// What is known of everything the question names, and of what that lies in and belongs to: now, or at a moment of the past.
  ///
  /// - Throws: `PastRefusal`, and what the store throws.
  mutating func excerpt(
    for request: AccessRequest, askedFrom asker: OrganizationRule.Asker, at past: Timestamp?
  ) throws -> PolicyExcerpt {
    if let past { return try PolicyExcerpt(ofPast: past, for: request, askedFrom: asker, tx, seededBy: seed) }
    let resources = try resources(from: request.resource)
    var change = PolicyChange()
    change.organizations = request.organizations(askedFrom: asker).union(
      resources.values.compactMap { $0?.organization })
    switch request.subject.type {
    case PolicyState.accountType: change.accounts = Set([AccountID(request.subject.id)].compactMap(\.self))
    case PolicyState.applicationType: change.applications = Set([ApplicationID(request.subject.id)].compactMap(\.self))
    default:
      for organization in change.organizations {
        if let subject = try tx.subject(type: request.subject.type, name: request.subject.id, of: organization) {
          change.subjects.insert(subject.id)
        }
      }
    }
    var facts = try tx.policyFacts(.changed(change))
    var groups = PolicyChange()
    groups.groups = facts.groupsOfPrincipals
    if !groups.isEmpty { facts.groups = try tx.policyFacts(.changed(groups)).groups }
    facts.resources = resources
    memory.apply(facts)
    return PolicyExcerpt(facts: facts, state: memory.makeState(noting: RecentUses()))
  }

  /// The resource and what it lies in, as far as decisions go.
  private func resources(from resource: AccessRequest.Resource) throws -> [ResourceName: PolicyFacts.ResourceFacts?] {
    var found: [ResourceName: PolicyFacts.ResourceFacts?] = [:]
    var next = resource.id.map { ResourceName(type: resource.type, id: $0) }
    while let name = next, found[name] == nil, found.count <= PolicyView.deepestResource {
      var change = PolicyChange()
      change.resources = [name]
      let facts = try tx.policyFacts(.changed(change)).resources[name] ?? nil
      found.updateValue(facts, forKey: name)
      next = facts?.parent
    }
    return found
  }
}

extension AccessRequest {
  /// The organizations that are named, or that whoever asks need not name.
  func organizations(askedFrom asker: OrganizationRule.Asker) -> Set<OrganizationID> {
    var organizations = Set(
      [resource.properties["organization"], context["organization"]].compactMap { $0?.stringValue }
        .compactMap { OrganizationID($0) })
    if case .owned(let owner) = asker { organizations.insert(owner) }
    return organizations
  }
}

extension PolicyFacts {
  /// The groups to which those who are told of belong.
  fileprivate var groupsOfPrincipals: Set<GroupID> {
    let accounts = accounts.values.compactMap(\.self).flatMap { $0.memberships.values.flatMap(\.groups) }
    let applications = applications.values.compactMap(\.self).flatMap { $0.groups.values.flatMap(\.self) }
    let subjects = subjects.values.compactMap(\.self).flatMap(\.groups)
    return Set(accounts + applications + subjects)
  }
}
