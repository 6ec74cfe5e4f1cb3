/// Which of somebody's roles count for one question, where some of them are not to be used together (ANSI INCITS 359: dynamic separation of duty).
///
/// Usher sees nothing of a session of the asking service; the service says which roles are active in it.
package struct RoleActivation: Sendable {
  /// Those that count.
  package let counting: Set<RoleID>
  /// Those that are held and were said to be active, where they are too many together. Then none counts.
  package let excluded: Set<RoleID>
  /// Whether there are such.
  package var isBroken: Bool { !excluded.isEmpty }

  /// How many roles a question may say are active.
  package static let maximumActive = 100

  /// - Parameters:
  ///   - held: what the subject holds there at the moment, itself or through groups.
  ///   - active: what the question says is active; a role that is not held counts for nothing. Nil when it says nothing: then the roles that are not to
  ///     be used together do not count, as soon as there are too many of them, and all others do.
  ///   - exclusions: the dynamic ones that count in the organization.
  package init(held: Set<RoleID>, active: Set<RoleID>?, exclusions: [RoleExclusion], of roles: RoleCatalog) {
    if let active {
      let used = held.intersection(active)
      let having = roles.withAncestors(used)
      let isBroken = exclusions.contains { $0.isBroken(by: having) }
      (counting, excluded) = isBroken ? ([], used) : (used, [])
      return
    }
    let having = roles.withAncestors(held)
    let broken = exclusions.filter { $0.isBroken(by: having) }
    excluded = []
    counting = held.filter { role in
      let given = roles.withAncestors([role])
      return broken.allSatisfy { $0.roles.isDisjoint(with: given) }
    }
  }
}
