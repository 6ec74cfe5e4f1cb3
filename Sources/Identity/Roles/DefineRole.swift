package import AccessControl
internal import Primitives

/// Why a role is not defined, changed or deleted as somebody wants, beside that they may not.
package enum RoleDefinitionRefusal: Error, Sendable, Hashable {
  /// There is no such role among those defined here.
  case unknown
  /// These permissions do not exist, or mean nothing somewhere the role can be held.
  case permissionsUnknown(Set<Permission>)
  /// These permissions take no condition: only Usher itself asks for them.
  case conditionsRefused(Set<Permission>)
  /// These roles do not exist, cannot be held wherever the role can, or permit everything.
  case parentsUnknown(Set<RoleID>)
  /// The parents lead in a circle, or too far: of this role or of one that inherits from it.
  case inheritance(RoleInheritance.Flaw)
  /// These roles do not exist, or cannot be held anywhere the role can.
  case grantsUnknown(Set<RoleID>)
  /// It can be held in no kind of organization.
  case noKind
  /// More permissions, conditions, parents or roles to hand out than one role may have.
  case tooMany
  /// There are `DefineRole.maximum` of this owner already.
  case tooManyRoles
  /// Another role that can be held in the same place is called the same, or so that a reader would take it for the same.
  case nameTaken
  /// There are kinds of organization in which it can be held now, and could not be any more.
  case kindsTakenAway
  /// It is still needed, by these; nothing was changed.
  case inUse(RoleNeeds)
  case changedMeanwhile
}

/// What needs a role, so that it cannot be deleted.
package struct RoleNeeds: Sendable, Hashable {
  package let uses: RoleUses
  /// The roles that inherit from it.
  package let children: [RoleID]
  /// The roles whose holders may hand it out because they list it.
  package let grantedBy: [RoleID]
  /// The exclusions that name it.
  package let excludedBy: [RoleExclusionID]
  /// Whether something says how many may hold it.
  package let isLimited: Bool

  var isEmpty: Bool {
    uses.assignments == 0 && uses.invitations == 0 && children.isEmpty && grantedBy.isEmpty && excludedBy.isEmpty
      && !isLimited
  }
}

/// Defines a role: an organization's own, or, without an organization, one of the portal's, which can be held in every organization of its kinds.
package struct DefineRole: Sendable {
  /// How many roles the portal, or one organization, may define: all that can be held in one place are shown together.
  package static let maximum = 500

  package init() {}

  /// Needs `role:define` in the organization; for a role of the portal there, as an operator. Nobody puts into a role what they could not give.
  ///
  /// - Throws: `RoleDefinitionRefusal`, `AccessDenied`.
  package func callAsFunction(
    _ definition: RoleDefinition, in organization: OrganizationID?, _ occasion: Occasion, env: Environment
  ) async throws -> SeenRole {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.roleDefine, of: organization, occasion)
      let role = definition.role(
        occasion.newID(), Role.Origin(owner: organization), kinds: permit.kinds(of: definition, organization))
      try permit.check(role)
      guard permit.roles.all.count(where: { $0.origin == role.origin }) < Self.maximum else {
        throw RoleDefinitionRefusal.tooManyRoles
      }
      let defined = DefinedRole(
        role: role, createdAt: occasion.now, definedAt: occasion.now, definedBy: occasion.actor.auditName)
      try tx.insert(try tx.warrant(toDefine: defined, under: permit))
      try tx.record(
        .roleDefined, on: role.id.auditName, in: permit.organization.id, before: nil, after: defined.audited, occasion)
      return permit.see(defined)
    }
  }
}

/// Defines a role anew: everything of it is as the new definition says. Whoever holds it has what it gives from the next question on.
package struct RedefineRole: Sendable {
  package init() {}

  /// Needs what defining it needs, and the right to take the role as it stands now.
  ///
  /// - Parameter version: the version the caller saw; nil changes whatever is there.
  /// - Throws: `RoleDefinitionRefusal`, `AccessDenied`.
  package func callAsFunction(
    _ id: RoleID, as definition: RoleDefinition, in organization: OrganizationID?, seen version: Int64?, _ occasion: Occasion,
    env: Environment
  ) async throws -> SeenRole {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.roleDefine, of: organization, occasion)
      let current = try tx.roleToChange(id, in: organization, seen: version)
      let role = definition.role(id, current.role.origin, kinds: permit.kinds(of: definition, organization))
      guard role.organizationKinds.isSuperset(of: current.role.organizationKinds) else {
        throw RoleDefinitionRefusal.kindsTakenAway
      }
      try permit.check(role)
      guard role != current.role else { return permit.see(current) }
      let defined = DefinedRole(
        role: role, createdAt: current.createdAt, definedAt: occasion.now.after(current.definedAt),
        definedBy: occasion.actor.auditName, version: current.version + 1)
      guard try tx.update(try tx.warrant(toDefine: defined, under: permit)) else { throw RoleDefinitionRefusal.changedMeanwhile }
      try tx.record(
        .roleRedefined, on: id.auditName, in: permit.organization.id, before: current.audited, after: defined.audited, occasion)
      return permit.see(defined)
    }
  }
}

/// Deletes a role that nobody needs any more. One in use stays as it is, so that no right changes by it (THREATS ROL9).
package struct DeleteRole: Sendable {
  package init() {}

  /// Needs what redefining it needs.
  ///
  /// - Throws: `RoleDefinitionRefusal`, `AccessDenied`.
  package func callAsFunction(
    _ id: RoleID, in organization: OrganizationID?, seen version: Int64?, _ occasion: Occasion, env: Environment
  ) async throws {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.roleDefine, of: organization, occasion)
      let current = try tx.roleToChange(id, in: organization, seen: version)
      let warrant = try tx.warrant(toDelete: current, at: occasion.now.after(current.definedAt), under: permit)
      let needs = RoleNeeds(
        uses: try tx.uses(of: id), children: permit.roles.children(of: id).map(\.id),
        grantedBy: permit.roles.listing(id).map(\.id).filter { $0 != id },
        excludedBy: try tx.catalogs().exclusions.filter { $0.roles.contains(id) }.map(\.id),
        isLimited: try tx.catalogs().limits[id] != nil)
      guard needs.isEmpty else { throw RoleDefinitionRefusal.inUse(needs) }
      guard try tx.delete(warrant) else { throw RoleDefinitionRefusal.unknown }
      try tx.record(.roleDeleted, on: id.auditName, in: permit.organization.id, before: current.audited, after: nil, occasion)
    }
  }
}

extension Transaction {
  /// A role that was defined here, as the caller saw it.
  fileprivate func roleToChange(_ id: RoleID, in organization: OrganizationID?, seen version: Int64?) throws -> DefinedRole {
    guard let current = try definedRole(id), current.isDefined(in: organization) else { throw RoleDefinitionRefusal.unknown }
    if let version, version != current.version { throw RoleDefinitionRefusal.changedMeanwhile }
    return current
  }
}

extension DefinedRole {
  /// - Parameter organization: nil for the portal's own.
  func isDefined(in organization: OrganizationID?) -> Bool {
    role.origin == Role.Origin(owner: organization)
  }

  /// What an auditor asks for: everything that decides. What it is called decides nothing.
  fileprivate var audited: JSONObject {
    var ways = JSONObject()
    if case .listed(let listed) = role.mayGrant {
      for (way, roles) in listed.sorted(by: { $0.key.rawValue < $1.key.rawValue }) { ways[way.rawValue] = Self.texts(roles) }
    }
    var permissions: Set<Permission> = []
    if case .listed(let listed) = role.permissions { permissions = listed }
    var conditions = JSONObject()
    for (permission, condition) in role.conditions.sorted(by: { $0.key < $1.key }) {
      conditions[permission.text] = .string(condition.text)
    }
    return [
      "version": .integer(version), "permissions": .array(permissions.sorted().map { .string($0.text) }),
      "conditions": .object(conditions),
      "parents": Self.texts(role.parents), "may_grant": .object(ways),
      "organization_kinds": .array(role.organizationKinds.map(\.rawValue).sorted().map { .string($0) }),
    ]
  }

  private static func texts(_ roles: Set<RoleID>) -> JSON { .array(roles.sorted().map { .string($0.text) }) }
}

extension Permit {
  fileprivate func kinds(of definition: RoleDefinition, _ organization: OrganizationID?) -> Set<OrganizationKind> {
    organization == nil ? definition.kinds : [self.organization.kind]
  }

  /// What is wrong with a definition, whoever writes it. What is more than theirs to give is left to the choke point.
  fileprivate func check(_ role: Role) throws(RoleDefinitionRefusal) {
    guard !role.organizationKinds.isEmpty else { throw .noKind }
    guard case .listed(let always) = role.permissions else { throw .tooMany }
    let permissions = always.union(role.conditions.keys)
    guard permissions.count <= RoleDefinition.maximumPermissions, role.conditions.count <= RoleDefinition.maximumConditions,
      role.parents.count <= RoleInheritance.maximumParents
    else { throw .tooMany }
    let catalog = authority.catalog
    let meaningless = permissions.filter { permission in
      !role.organizationKinds.allSatisfy { catalog.has(permission, in: $0) }
    }
    guard meaningless.isEmpty else { throw .permissionsUnknown(meaningless) }
    let unasked = Set(role.conditions.keys.filter { !PermissionCatalog.takesConditions($0) })
    guard unasked.isEmpty else { throw .conditionsRefused(unasked) }
    let strangers = role.parents.filter { id in roles[id].map { !RoleInheritance.counts($0, for: role) } ?? true }
    guard strangers.isEmpty else { throw .parentsUnknown(strangers) }
    if let flaw = roles.flaw(ofParentsOf: role) { throw .inheritance(flaw) }
    if case .listed(let ways) = role.mayGrant {
      guard ways.values.allSatisfy({ $0.count <= RoleDefinition.maximumGrantable }) else { throw .tooMany }
      let unknown = ways.values.reduce(into: Set<RoleID>()) { unknown, ids in
        unknown.formUnion(ids.filter { id in id != role.id && roles[id].map { !$0.canBeHandedOut(byHoldersOf: role) } ?? true })
      }
      guard unknown.isEmpty else { throw .grantsUnknown(unknown) }
    }
    let key = Wording.key(of: role.name)
    let confusable = roles.all.contains { other in
      // What an organization calls its own roles takes no name from the portal.
      let counts = role.origin == other.origin || other.isForEveryOrganization
      return other.id != role.id && counts && other.sharesPlaces(with: role) && Wording.key(of: other.name) == key
    }
    if confusable { throw .nameTaken }
  }
}

extension Timestamp {
  /// This moment, or the first after the other: what replaces something never begins before it, whatever the clocks of two machines say.
  func after(_ other: Timestamp) -> Timestamp { max(self, other + .microseconds(1)) }
}
