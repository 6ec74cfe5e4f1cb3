package import AccessControl
internal import Primitives

/// Why an exclusion of roles is not defined or taken away as somebody wants, beside that they may not.
package enum ExclusionRefusal: Error, Sendable, Hashable {
  /// There is no such exclusion among those defined here.
  case unknown
  /// The name is not 1 to 100 visible characters, or the description more than 500.
  case textRefused
  /// It names fewer than two roles or more than fifty, or so many of them are too many that none or all could be.
  case numbersRefused
  /// These roles do not exist, or can be held nowhere the exclusion counts.
  case rolesUnknown(Set<RoleID>)
  /// It counts in no kind of organization.
  case noKind
  /// There are a hundred of this owner already.
  case tooMany
  case changedMeanwhile
}

/// Defines which roles exclude each other: in an organization, or, without one, in every organization of some kinds.
package struct DefineExclusion: Sendable {
  /// How many the portal, or one organization, may have.
  package static let maximum = 100

  package init() {}

  /// Needs `role:define` in the organization, or in the portal, and that the actor may hand out each of its roles.
  ///
  /// - Throws: `ExclusionRefusal`, `DutiesNotSeparated` with those who hold too many of them now, `AccessDenied`.
  package func callAsFunction(
    _ definition: ExclusionDefinition, in organization: OrganizationID?, _ occasion: Occasion, env: Environment
  ) async throws -> DefinedExclusion {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.roleDefine, of: organization, occasion)
      let exclusion = try permit.exclusion(occasion.newID(), definition, in: organization)
      let known = try tx.catalogs().exclusions.count { $0.origin == exclusion.origin }
      guard known < Self.maximum else { throw ExclusionRefusal.tooMany }
      let defined = DefinedExclusion(
        exclusion: exclusion, createdAt: occasion.now, definedAt: occasion.now, definedBy: occasion.actor.auditName)
      try tx.insert(try tx.warrant(toDefine: defined, under: permit))
      try tx.record(
        .exclusionDefined, on: exclusion.id.auditName, in: permit.organization.id, before: nil, after: defined.audited, occasion)
      return defined
    }
  }
}

/// Defines an exclusion anew: everything of it is as the new definition says.
package struct RedefineExclusion: Sendable {
  package init() {}

  /// Needs what defining it needs, and the same for the exclusion as it stands.
  ///
  /// - Parameter version: the version the caller saw; nil changes whatever is there.
  /// - Throws: `ExclusionRefusal`, `DutiesNotSeparated`, `AccessDenied`.
  package func callAsFunction(
    _ id: RoleExclusionID, as definition: ExclusionDefinition, in organization: OrganizationID?, seen version: Int64?,
    _ occasion: Occasion, env: Environment
  ) async throws -> DefinedExclusion {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.roleDefine, of: organization, occasion)
      let current = try tx.exclusionToChange(id, in: organization, seen: version)
      let exclusion = try permit.exclusion(id, definition, in: organization)
      guard exclusion != current.exclusion else { return current }
      let defined = DefinedExclusion(
        exclusion: exclusion, createdAt: current.createdAt, definedAt: occasion.now.after(current.definedAt),
        definedBy: occasion.actor.auditName, version: current.version + 1)
      guard try tx.update(try tx.warrant(toDefine: defined, replacing: current, under: permit)) else {
        throw ExclusionRefusal.changedMeanwhile
      }
      try tx.record(
        .exclusionRedefined, on: id.auditName, in: permit.organization.id, before: current.audited, after: defined.audited,
        occasion)
      return defined
    }
  }
}

/// Takes an exclusion away.
package struct DeleteExclusion: Sendable {
  package init() {}

  /// Needs what redefining it needs.
  ///
  /// - Throws: `ExclusionRefusal`, `AccessDenied`.
  package func callAsFunction(
    _ id: RoleExclusionID, in organization: OrganizationID?, seen version: Int64?, _ occasion: Occasion, env: Environment
  ) async throws {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.roleDefine, of: organization, occasion)
      let current = try tx.exclusionToChange(id, in: organization, seen: version)
      let warrant = try tx.warrant(toDelete: current, at: occasion.now.after(current.definedAt), under: permit)
      guard try tx.delete(warrant) else { throw ExclusionRefusal.unknown }
      try tx.record(
        .exclusionDeleted, on: id.auditName, in: permit.organization.id, before: current.audited, after: nil, occasion)
    }
  }
}

/// Lists the exclusions that count in an organization, those of the portal among them; without one all of the portal.
package struct ListExclusions: Sendable {
  package init() {}

  /// Needs `role:view` there.
  ///
  /// - Returns: sorted by id.
  package func callAsFunction(
    in organization: OrganizationID?, _ occasion: Occasion, env: Environment
  ) async throws -> [RoleExclusion] {
    try await env.read(occasion) { tx in
      let permit = try tx.permit(.roleView, of: organization, occasion)
      let all = try tx.catalogs().exclusions
      guard organization != nil else { return all.filter { $0.origin == .portal } }
      return all.filter { $0.counts(in: permit.target.organization) }
    }
  }
}

/// Looks at one exclusion that counts in an organization, or at one of the portal.
package struct ViewExclusion: Sendable {
  package init() {}

  /// Needs `role:view` there.
  ///
  /// - Throws: `ExclusionRefusal.unknown`, `AccessDenied`.
  package func callAsFunction(
    _ id: RoleExclusionID, in organization: OrganizationID?, _ occasion: Occasion, env: Environment
  ) async throws -> DefinedExclusion {
    try await env.read(occasion) { tx in
      let permit = try tx.permit(.roleView, of: organization, occasion)
      guard let found = try tx.roleExclusion(id) else { throw ExclusionRefusal.unknown }
      let isSeen =
        organization == nil ? found.exclusion.origin == .portal : found.exclusion.counts(in: permit.target.organization)
      guard isSeen else { throw ExclusionRefusal.unknown }
      return found
    }
  }
}

extension Transaction {
  fileprivate func exclusionToChange(
    _ id: RoleExclusionID, in organization: OrganizationID?, seen version: Int64?
  ) throws -> DefinedExclusion {
    guard let current = try roleExclusion(id),
      current.exclusion.origin == Role.Origin(owner: organization)
    else { throw ExclusionRefusal.unknown }
    if let version, version != current.version { throw ExclusionRefusal.changedMeanwhile }
    return current
  }
}

extension Permit {
  /// - Throws: what is wrong with a definition, whoever writes it.
  fileprivate func exclusion(
    _ id: RoleExclusionID, _ definition: ExclusionDefinition, in owner: OrganizationID?
  ) throws(ExclusionRefusal) -> RoleExclusion {
    guard let wording = Wording.cleaned(name: definition.name, description: definition.description, translations: []) else {
      throw .textRefused
    }
    guard (2...RoleExclusion.maximumRoles).contains(definition.roles.count),
      (2...definition.roles.count).contains(definition.cardinality)
    else { throw .numbersRefused }
    let kinds = owner == nil ? definition.kinds : [organization.kind]
    guard !kinds.isEmpty else { throw .noKind }
    let unknown = definition.roles.filter { id in
      guard let role = roles[id] else { return true }
      return owner == nil
        ? !role.isForEveryOrganization || role.organizationKinds.isDisjoint(with: kinds)
        : !role.canBeHeld(in: target.organization)
    }
    guard unknown.isEmpty else { throw .rolesUnknown(unknown) }
    return RoleExclusion(
      id: id, name: wording.name, description: wording.description, kind: definition.kind, roles: definition.roles,
      cardinality: definition.cardinality, origin: Role.Origin(owner: owner), organizationKinds: kinds)
  }
}

extension DefinedExclusion {
  /// What an auditor asks for: everything that decides.
  fileprivate var audited: JSONObject {
    [
      "version": .integer(version), "kind": .string(exclusion.kind.rawValue),
      "roles": .array(exclusion.roles.sorted().map { .string($0.text) }),
      "cardinality": .integer(Int64(exclusion.cardinality)),
      "organization_kinds": .array(exclusion.organizationKinds.map(\.rawValue).sorted().map { .string($0) }),
    ]
  }
}
