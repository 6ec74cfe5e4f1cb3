package import AccessControl
package import Primitives

/// Why something is not done with a registered subject, beside that somebody may not.
package enum SubjectRefusal: Error, Sendable, Hashable {
  case unknown
  /// The type is not 1 to 64 of `a`–`z`, digits, `-`, `_` and `.`, beginning with a letter; or it is one of `RegisteredSubject.ownTypes`.
  case typeRefused
  /// The id is not 1 to 200 visible characters.
  case nameRefused
  /// Larger than `AttributeLimits` allow.
  case attributesRefused
  /// Another one of the same name stands before it.
  case twice
  case changedMeanwhile
}

/// A subject as somebody wants it to be registered.
package struct SubjectDefinition: Sendable, Hashable {
  package let type: String
  /// What services call it.
  package let name: String
  package let attributes: JSONObject
  package let state: RegisteredSubject.State

  package init(type: String, name: String, attributes: JSONObject, state: RegisteredSubject.State) {
    self.type = type
    self.name = name
    self.attributes = attributes
    self.state = state
  }
}

/// Registers a subject that has no account, or says anew what is kept of it.
///
/// What is kept of a subject can be what a condition asks about. So whoever changes it must be able to take every role that the subject holds.
package struct RegisterSubject: Sendable {
  package struct Registered: Sendable {
    package let subject: RegisteredSubject
    /// False when it was registered before.
    package let isNew: Bool
  }

  package init() {}

  /// Needs `user:manage` in the organization.
  ///
  /// - Parameter version: the version the caller saw; nil writes whatever is there.
  /// - Throws: `SubjectRefusal`, `AccessDenied`.
  package func callAsFunction(
    _ wanted: SubjectDefinition, in organization: OrganizationID, seen version: Int64?, _ occasion: Occasion, env: Environment
  ) async throws -> Registered {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.userManage, in: organization, occasion)
      try wanted.check()
      guard let registered = try tx.put([wanted], seen: version, under: permit, occasion).first else {
        throw SubjectRefusal.changedMeanwhile
      }
      return Registered(subject: registered.thing, isNew: registered.isNew)
    }
  }
}

/// Registers many subjects of one organization at once: all of them, or none.
package struct RegisterSubjects: Sendable {
  package init() {}

  /// Needs `user:manage` in the organization, and of those that are changed the right to take every role that any of them holds. One that is registered
  /// already is changed, whichever version it has.
  ///
  /// - Parameter wanted: no more than `RegisterMany.maximum`.
  /// - Throws: `RegisterMany.Refusal<SubjectRefusal>`, `SubjectRefusal.changedMeanwhile`, `AccessDenied`.
  package func callAsFunction(
    _ wanted: [SubjectDefinition], in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> RegisterMany.Count {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.userManage, in: organization, occasion)
      var names: Set<SubjectName> = []
      try RegisterMany.checkEach(wanted) { (subject) throws(SubjectRefusal) in
        try subject.check()
        guard names.insert(subject.named(in: organization)).inserted else { throw .twice }
      }
      return RegisterMany.Count(try tx.put(wanted, seen: nil, under: permit, occasion))
    }
  }
}

extension SubjectDefinition {
  func named(in organization: OrganizationID) -> SubjectName { SubjectName(organization: organization, type: type, name: name) }

  /// - Throws: `SubjectRefusal` for what no subject can be.
  func check() throws(SubjectRefusal) {
    guard Permission(presentedType: type, action: "view") != nil, !RegisteredSubject.ownTypes.contains(type) else {
      throw .typeRefused
    }
    guard RegisteredResource.isID(name) else { throw .nameRefused }
    guard AttributeLimits.admit(attributes) else { throw .attributesRefused }
  }
}

extension Transaction {
  /// Writes subjects of the permit's organization as they are wanted, and records it.
  ///
  /// - Parameter version: the version of each that the caller saw; nil writes whatever is there.
  /// - Throws: `SubjectRefusal.changedMeanwhile`, `AccessDenied` when one would change whose roles the actor may not take.
  fileprivate func put(
    _ wanted: [SubjectDefinition], seen version: Int64?, under permit: Permit, _ occasion: Occasion
  ) throws -> [Registration<RegisteredSubject>] {
    let organization = permit.organization.id
    let found = try subjects(Set(wanted.map { $0.named(in: organization) }))
    let registered = try wanted.map { wanted in
      let one = Registration(
        of: found[wanted.named(in: organization)], seen: version,
        new: RegisteredSubject(
          id: occasion.newID(), organization: organization, type: wanted.type, name: wanted.name,
          attributes: wanted.attributes, state: wanted.state, createdAt: occasion.now)
      ) {
        $0.attributes = wanted.attributes
        $0.state = wanted.state
      }
      guard let one else { throw SubjectRefusal.changedMeanwhile }
      return one
    }
    let changed = registered.changed()
    try checkMayAct(onSubjects: Set(changed.map(\.id)), under: permit)
    do { try insert(registered.added()) } catch StoreError.taken(.subjectName) { throw SubjectRefusal.changedMeanwhile }
    guard try update(changed) else { throw SubjectRefusal.changedMeanwhile }
    try append(registered.compactMap { $0.entry(occasion) })
    return registered
  }
}

/// Deletes a registered subject: what it holds is taken, and its place in every group ends, in the same transaction (THREATS ROL9).
package struct DeleteSubject: Sendable {
  package init() {}

  /// Needs `user:manage` in the organization, and the right to take every role that the subject holds, itself or by its groups.
  ///
  /// - Parameter version: the version the caller saw; nil deletes whatever is there.
  /// - Throws: `SubjectRefusal`, `AccessDenied`.
  package func callAsFunction(
    type: String, name: String, in organization: OrganizationID, seen version: Int64?, _ occasion: Occasion, env: Environment
  ) async throws {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.userManage, in: organization, occasion)
      guard let subject = try tx.subject(type: type, name: name, of: organization) else { throw SubjectRefusal.unknown }
      if let version, version != subject.version { throw SubjectRefusal.changedMeanwhile }
      try tx.takeEverything(from: .subject(subject.id), under: permit, occasion)
      guard try tx.delete(try tx.warrant(toDelete: subject, under: permit, occasion)) else { throw SubjectRefusal.unknown }
      try tx.record(.subjectDeleted, on: subject.id.auditName, in: organization, before: subject.audited, after: nil, occasion)
    }
  }
}

/// Lists the registered subjects of an organization: all, or those of one type.
package struct ListSubjects: Sendable {
  package init() {}

  /// Needs `user:view` in the organization.
  package func callAsFunction(
    of organization: OrganizationID, type: String?, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<RegisteredSubject> {
    try await env.read(with: .userView, in: organization, occasion) { tx in
      try tx.subjects(of: organization, type: type, page)
    }
  }
}

/// Looks at one registered subject.
package struct ViewSubject: Sendable {
  package init() {}

  /// Needs `user:view` in the organization.
  ///
  /// - Throws: `SubjectRefusal.unknown`, `AccessDenied`.
  package func callAsFunction(
    type: String, name: String, of organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> RegisteredSubject {
    try await env.read(with: .userView, in: organization, occasion) { tx in
      guard let subject = try tx.subject(type: type, name: name, of: organization) else { throw SubjectRefusal.unknown }
      return subject
    }
  }
}

extension Registration<RegisteredSubject> {
  /// What the trail says of it; nil where nothing changed.
  fileprivate func entry(_ occasion: Occasion) -> AuditEntry? {
    switch self {
    case .new(let subject):
      occasion.entry(
        .subjectRegistered, on: subject.id.auditName, in: subject.organization, before: nil, after: subject.audited)
    case .changed(let before, let after):
      occasion.entry(
        .subjectChanged, on: after.id.auditName, in: after.organization, before: before.audited, after: after.audited)
    case .unchanged: nil
    }
  }
}

extension RegisteredSubject {
  /// Neither its name nor its attributes: both may be a person's.
  fileprivate var audited: JSONObject { ["type": .string(type), "state": .string(state.rawValue), "version": .integer(version)] }
}
