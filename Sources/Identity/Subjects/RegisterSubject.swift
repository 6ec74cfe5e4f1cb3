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
  case changedMeanwhile
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
    type: String, name: String, attributes: JSONObject, state: RegisteredSubject.State, in organization: OrganizationID,
    seen version: Int64?, _ occasion: Occasion, env: Environment
  ) async throws -> Registered {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.userManage, in: organization, occasion)
      guard Permission(presentedType: type, action: "view") != nil, !RegisteredSubject.ownTypes.contains(type) else {
        throw SubjectRefusal.typeRefused
      }
      guard RegisteredResource.isID(name) else { throw SubjectRefusal.nameRefused }
      guard AttributeLimits.admit(attributes) else { throw SubjectRefusal.attributesRefused }
      guard let current = try tx.subject(type: type, name: name, of: organization) else {
        guard version == nil else { throw SubjectRefusal.changedMeanwhile }
        let subject = RegisteredSubject(
          id: occasion.newID(), organization: organization, type: type, name: name, attributes: attributes, state: state,
          createdAt: occasion.now)
        do { try tx.insert(subject) } catch StoreError.taken(.subjectName) { throw SubjectRefusal.changedMeanwhile }
        try tx.record(
          .subjectRegistered, on: subject.id.auditName, in: organization, before: nil, after: subject.audited, occasion)
        return Registered(subject: subject, isNew: true)
      }
      if let version, version != current.version { throw SubjectRefusal.changedMeanwhile }
      var changed = current
      changed.attributes = attributes
      changed.state = state
      guard changed != current else { return Registered(subject: current, isNew: false) }
      try tx.checkMayAct(on: .subject(current.id), under: permit)
      guard try tx.update(changed) else { throw SubjectRefusal.changedMeanwhile }
      changed.version += 1
      try tx.record(
        .subjectChanged, on: current.id.auditName, in: organization, before: current.audited, after: changed.audited, occasion)
      return Registered(subject: changed, isNew: false)
    }
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

extension RegisteredSubject {
  /// Neither its name nor its attributes: both may be a person's.
  fileprivate var audited: JSONObject { ["type": .string(type), "state": .string(state.rawValue), "version": .integer(version)] }
}
