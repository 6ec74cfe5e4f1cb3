package import AccessControl
internal import Primitives

/// Why a limit of a role is not defined or taken away as somebody wants, beside that they may not.
package enum LimitRefusal: Error, Sendable, Hashable {
  /// There is no limit of this role among those defined here.
  case unknown
  /// The description is more than 500 characters, or not visible ones in one line.
  case textRefused
  /// It is none from 1 to 10 000.
  case maximumRefused
  /// One alone is to hold the role that administers an organization: they could never hand it over, as there must always be one.
  case tooFewAdministrators
  /// There is no such role, or it can be held nowhere the limit counts.
  case roleUnknown
  /// There are a hundred of this owner already.
  case tooMany
  case changedMeanwhile
}

/// Says how many may hold a role: in an organization, or, without one, in every organization, in each for itself.
package struct DefineLimit: Sendable {
  package struct Defined: Sendable {
    package let limit: DefinedLimit
    package let isNew: Bool
  }

  /// How many the portal, or one organization, may have.
  package static let maximum = 100

  package init() {}

  /// Needs `role:define` in the organization, or in the portal, and that the actor may hand out the role.
  ///
  /// - Parameter version: the version the caller saw; nil changes whatever is there.
  /// - Throws: `LimitRefusal`, `RoleLimitExceeded` with where more hold it now, `AccessDenied`.
  package func callAsFunction(
    of role: RoleID, to maximum: Int, description: String, in organization: OrganizationID?, seen version: Int64?,
    _ occasion: Occasion, env: Environment
  ) async throws -> Defined {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.roleDefine, of: organization, occasion)
      let limit = try permit.limit(of: role, to: maximum, description, in: organization)
      guard let current = try tx.roleLimit(of: role, from: limit.origin) else {
        guard version == nil else { throw LimitRefusal.changedMeanwhile }
        let known = try tx.catalogs().limits.values.joined().count { $0.origin == limit.origin }
        guard known < Self.maximum else { throw LimitRefusal.tooMany }
        let last = try tx.roleLimitVersions(of: role, from: limit.origin).last
        let defined = DefinedLimit(
          limit: limit, createdAt: occasion.now, definedAt: max(occasion.now, last?.validUntil ?? occasion.now),
          definedBy: occasion.actor.auditName, version: (last?.thing.version ?? 0) + 1)
        do {
          try tx.insert(try tx.warrant(toDefine: defined, under: permit))
        } catch StoreError.taken(.roleLimit) {
          throw LimitRefusal.changedMeanwhile
        }
        try tx.record(
          .limitDefined, on: role.auditName, in: permit.organization.id, before: nil, after: defined.audited, occasion)
        return Defined(limit: defined, isNew: true)
      }
      if let version, version != current.version { throw LimitRefusal.changedMeanwhile }
      guard limit != current.limit else { return Defined(limit: current, isNew: false) }
      let defined = DefinedLimit(
        limit: limit, createdAt: current.createdAt, definedAt: occasion.now.after(current.definedAt),
        definedBy: occasion.actor.auditName, version: current.version + 1)
      guard try tx.update(try tx.warrant(toDefine: defined, under: permit)) else { throw LimitRefusal.changedMeanwhile }
      try tx.record(
        .limitRedefined, on: role.auditName, in: permit.organization.id, before: current.audited, after: defined.audited,
        occasion)
      return Defined(limit: defined, isNew: false)
    }
  }
}

/// Takes a limit away: anybody may hold the role who may be given it.
package struct DeleteLimit: Sendable {
  package init() {}

  /// Needs what defining it needs.
  ///
  /// - Throws: `LimitRefusal`, `AccessDenied`.
  package func callAsFunction(
    of role: RoleID, in organization: OrganizationID?, seen version: Int64?, _ occasion: Occasion, env: Environment
  ) async throws {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.roleDefine, of: organization, occasion)
      guard let current = try tx.roleLimit(of: role, from: Role.Origin(owner: organization)) else { throw LimitRefusal.unknown }
      if let version, version != current.version { throw LimitRefusal.changedMeanwhile }
      let warrant = try tx.warrant(toDelete: current, at: occasion.now.after(current.definedAt), under: permit)
      guard try tx.delete(warrant) else { throw LimitRefusal.unknown }
      try tx.record(
        .limitDeleted, on: role.auditName, in: permit.organization.id, before: current.audited, after: nil, occasion)
    }
  }
}

/// Lists the limits of roles that can be held in an organization, its own and those of the portal; without one all of the portal.
package struct ListLimits: Sendable {
  package init() {}

  /// Needs `role:view` there.
  ///
  /// - Returns: sorted by role; of two of one role the portal's first.
  package func callAsFunction(
    in organization: OrganizationID?, _ occasion: Occasion, env: Environment
  ) async throws -> [RoleLimit] {
    try await env.read(occasion) { tx in
      let permit = try tx.permit(.roleView, of: organization, occasion)
      let all = try tx.catalogs().limits.sorted { $0.key < $1.key }.flatMap(\.value)
      guard let organization else { return all.filter { $0.origin == .portal } }
      return all.filter {
        $0.counts(in: organization) && permit.roles[$0.role]?.canBeHeld(in: permit.target.organization) ?? false
      }
    }
  }
}

/// Looks at an organization's own limit of a role, or, without one, at the portal's.
package struct ViewLimit: Sendable {
  package init() {}

  /// Needs `role:view` there.
  ///
  /// - Throws: `LimitRefusal.unknown`, `AccessDenied`.
  package func callAsFunction(
    of role: RoleID, in organization: OrganizationID?, _ occasion: Occasion, env: Environment
  ) async throws -> DefinedLimit {
    try await env.read(occasion) { tx in
      _ = try tx.permit(.roleView, of: organization, occasion)
      guard let found = try tx.roleLimit(of: role, from: Role.Origin(owner: organization)) else { throw LimitRefusal.unknown }
      return found
    }
  }
}

extension Permit {
  /// - Throws: what is wrong with a limit, whoever wants it.
  fileprivate func limit(
    of id: RoleID, to maximum: Int, _ description: String, in owner: OrganizationID?
  ) throws(LimitRefusal) -> RoleLimit {
    guard let description = Wording.cleaned(description: description) else { throw .textRefused }
    guard (1...RoleLimit.greatest).contains(maximum) else { throw .maximumRefused }
    guard let role = roles[id], owner == nil ? role.isForEveryOrganization : role.canBeHeld(in: target.organization) else {
      throw .roleUnknown
    }
    let kinds = owner == nil ? OrganizationKind.allCases : [organization.kind]
    guard maximum > 1 || !kinds.contains(where: { RoleCatalog.administratorRole(in: $0) == id }) else {
      throw .tooFewAdministrators
    }
    return RoleLimit(role: id, maximum: maximum, description: description, origin: Role.Origin(owner: owner))
  }
}

extension DefinedLimit {
  /// What an auditor asks for: everything that decides.
  fileprivate var audited: JSONObject {
    [
      "version": .integer(version), "maximum": .integer(Int64(limit.maximum)),
      "organization": limit.origin.owner.map { .string($0.text) } ?? .null,
    ]
  }
}
