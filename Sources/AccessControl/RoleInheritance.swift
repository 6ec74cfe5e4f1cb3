internal import Primitives

/// How permissions come down from a role to those that name it as a parent (ANSI INCITS 359: the role hierarchy).
///
/// Only permissions do, each with its condition where it has one. Which roles somebody may hand out is another relation and never inherited, and a
/// condition that is put to a role's own permission says nothing of the parent's: what either gives counts.
package enum RoleInheritance {
  /// How far up a permission may come from: the parent of a role is one step away. What is further away is not inherited.
  package static let maximumDepth = 8
  /// How many parents one role may have.
  package static let maximumParents = 20

  /// Whether a role that names this one as its parent has its permissions.
  ///
  /// A parent can be held wherever its child can, so that nothing comes to an organization by inheritance that could not be given there; and it
  /// lists what it permits, because what "everything" comes to is nobody's to pass on in part.
  package static func counts(_ parent: Role, for child: Role) -> Bool {
    guard case .listed = parent.permissions, parent.organizationKinds.isSuperset(of: child.organizationKinds) else {
      return false
    }
    return switch parent.origin {
    case .builtIn, .portal: true
    case .organization: parent.origin == child.origin
    }
  }

  /// The ancestors of a role that count, each with the roles between: the way begins with a parent and ends with the ancestor. Nearest first, and
  /// of two ways of one length the one through the smaller ids. A circle ends where it would begin anew.
  static func ancestors(of role: Role, in byID: [RoleID: Role]) -> [(ancestor: Role, way: [RoleID])] {
    var found: [(ancestor: Role, way: [RoleID])] = []
    var seen: Set<RoleID> = [role.id]
    var reached: [(ancestor: Role, way: [RoleID])] = [(role, [])]
    for _ in 0..<maximumDepth {
      var next: [(ancestor: Role, way: [RoleID])] = []
      for (child, way) in reached {
        for id in child.parents.sorted() where !seen.contains(id) {
          guard let parent = byID[id], counts(parent, for: child) else { continue }
          seen.insert(id)
          next.append((parent, way + [id]))
        }
      }
      if next.isEmpty { break }
      found += next
      reached = next
    }
    return found
  }

  /// What comes to the role from its ancestors: without a condition every permission that is not its own, by the shortest way; and what it has
  /// under conditions alone, its own ones among it.
  static func inherited(
    by role: Role, from ancestors: [(ancestor: Role, way: [RoleID])]
  ) -> (always: [Permission: [RoleID]], conditionally: [Permission: [ConditionalGrant]]) {
    guard !ancestors.isEmpty, case .listed(let own) = role.permissions else { return ([:], role.conditionalGrants) }
    var always: [Permission: [RoleID]] = [:]
    for (ancestor, way) in ancestors {
      guard case .listed(let permissions) = ancestor.permissions else { continue }
      for permission in permissions where !own.contains(permission) && always[permission] == nil {
        always[permission] = way
      }
    }
    var conditionally = role.conditions.filter { always[$0.key] == nil }.mapValues { [ConditionalGrant(condition: $0)] }
    for (ancestor, way) in ancestors {
      for (permission, condition) in ancestor.conditions where !own.contains(permission) && always[permission] == nil {
        // Asked once, the same condition says all that it has to say.
        guard conditionally[permission]?.contains(where: { $0.condition == condition }) != true else { continue }
        conditionally[permission, default: []].append(ConditionalGrant(condition: condition, way: way))
      }
    }
    return (always, conditionally)
  }

  /// What is wrong with the parents of roles.
  package enum Flaw: Hashable, Sendable {
    case circle
    /// Further up than `maximumDepth`.
    case tooDeep
  }

  /// Whether the parents of this role, or of any that inherits from it, lead in a circle or too far.
  static func flaw(around role: Role, in byID: [RoleID: Role]) -> Flaw? {
    let descendants = descendants(of: role.id, in: byID)
    if descendants.contains(role.id) { return .circle }
    return descendants.union([role.id]).contains { isTooDeep($0, in: byID) } ? .tooDeep : nil
  }

  /// Whether some ancestor is further away than `maximumDepth`, by whichever way.
  private static func isTooDeep(_ id: RoleID, in byID: [RoleID: Role]) -> Bool {
    var level: Set<RoleID> = [id]
    for _ in 0...maximumDepth {
      level = Set(level.flatMap { byID[$0]?.parents ?? [] }.filter { byID[$0] != nil })
      if level.isEmpty { return false }
    }
    return true
  }

  /// The roles that name this one as a parent, or as a parent of a parent, whether or not it counts.
  static func descendants(of id: RoleID, in byID: [RoleID: Role]) -> Set<RoleID> {
    var children: [RoleID: [RoleID]] = [:]
    for role in byID.values { for parent in role.parents { children[parent, default: []].append(role.id) } }
    var found: Set<RoleID> = []
    var waiting = children[id, default: []]
    while let next = waiting.popLast() {
      if found.insert(next).inserted { waiting += children[next, default: []] }
    }
    return found
  }
}
