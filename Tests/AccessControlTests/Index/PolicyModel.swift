@testable import AccessControl

/// A policy kept as plainly as can be, and decided by reading all of it: what the index is held to.
struct PolicyModel {
  struct Role {
    var owner: String?
    var kinds: Set<Int>
    var granted: [String]?
    /// Permissions with the number of their condition.
    var conditional: [String: UInt32]
  }

  struct Resource {
    var organization: String
    var parent: String?
  }

  static let permissions = (0..<12).map { "type\($0 % 3):action\($0)" }
  static let now: Int64 = 1_000

  var organizations: [String: (kind: Int, isOpen: Bool)] = [:]
  var roles: [String: Role] = [:]
  var resources: [String: Resource] = [:]
  /// By type and id, with the organization for groups and registered subjects.
  var principals: [String: IndexedPrincipal] = [:]

  static func key(_ type: String, _ id: String, _ organization: String?) -> String { "\(organization ?? "-")/\(type)/\(id)" }
  static func halves(_ name: String) -> (type: String, id: String) {
    let halves = name.split(separator: ":")
    return (String(halves[0]), String(halves[1]))
  }

  /// The permission means something in organizations of kinds 0 and 1; "everything" there leaves the last one out.
  static func means(_ permission: String, in kind: Int) -> Bool { kind < 2 }
  static func includes(_ permission: String, in kind: Int) -> Bool { kind < 2 && permission != permissions.last }

  /// Conditions with even numbers hold.
  static func holds(_ condition: UInt32) -> Bool { condition % 2 == 0 }

  func decide(_ principal: String, _ permission: String, in organization: String, on resource: String?) -> VerdictReason {
    guard let place = organizations[organization] else { return .organizationUnknown }
    guard let found = principals[principal] else { return .subjectUnknown }
    guard let membership = found.memberships.first(where: { $0.organization == organization }) else { return .notAMember }
    guard found.isActive else { return .subjectSuspended }
    guard membership.isActive else { return .membershipSuspended }
    guard place.isOpen else { return .organizationClosed }
    guard Self.means(permission, in: place.kind) else { return .noRoleGrantsPermission }
    let grants = assignments(of: found, in: organization).contains { assignment in
      counts(assignment, resource, organization) && gives(assignment.role, permission, organization, place.kind)
    }
    return grants ? .permissionGranted : .noRoleGrantsPermission
  }

  /// The resources that are named by what gives somebody the permission for one of them.
  func scopes(_ principal: String, _ permission: String, in organization: String) -> Set<String> {
    guard let found = principals[principal], let place = organizations[organization] else { return [] }
    let named = assignments(of: found, in: organization).compactMap { assignment -> String? in
      guard let scope = assignment.scope.map({ "\($0.type):\($0.id)" }), counts(assignment, scope, organization),
        gives(assignment.role, permission, organization, place.kind)
      else { return nil }
      return scope
    }
    return Set(named)
  }

  /// The roles that somebody holds for everything in an organization.
  func roles(_ principal: String, in organization: String) -> Set<String> {
    guard let found = principals[principal], found.memberships.contains(where: { $0.organization == organization }) else {
      return []
    }
    return Set(assignments(of: found, in: organization).filter { $0.scope == nil && counts($0, nil, organization) }.map(\.role))
  }

  /// What somebody holds in an organization, by themselves and by the groups they belong to.
  private func assignments(of principal: IndexedPrincipal, in organization: String) -> [IndexedPrincipal.Assignment] {
    var held = principal.assignments
    for group in principal.groups where group.organization == organization {
      guard let group = principals[Self.key(IndexedPrincipal.groupType, group.id, organization)], group.isActive,
        group.memberships.contains(where: { $0.organization == organization && $0.isActive })
      else { continue }
      held += group.assignments
    }
    return held.filter { $0.organization == organization }
  }

  private func gives(_ id: String, _ permission: String, _ organization: String, _ kind: Int) -> Bool {
    guard let role = roles[id], role.kinds.contains(kind), role.owner == nil || role.owner == organization else { return false }
    guard let granted = role.granted else { return Self.includes(permission, in: kind) || conditionally(role, permission) }
    return granted.contains(permission) || conditionally(role, permission)
  }

  private func conditionally(_ role: Role, _ permission: String) -> Bool {
    role.conditional[permission].map(Self.holds) ?? false
  }

  private func counts(_ assignment: IndexedPrincipal.Assignment, _ resource: String?, _ organization: String) -> Bool {
    guard assignment.from ?? .min <= Self.now, Self.now < assignment.until ?? .max else { return false }
    guard let scope = assignment.scope.map({ "\($0.type):\($0.id)" }) else { return true }
    var place = resource
    for _ in 0...PolicyView.deepestResource {
      guard let name = place else { return false }
      if name == scope { return true }
      guard let resource = resources[name], resource.organization == organization else { return false }
      place = resource.parent
    }
    return false
  }
}
