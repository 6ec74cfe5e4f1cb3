/// What somebody laid down about who may hold some roles.
package protocol RoleRule: Sendable {
  var roles: Set<RoleID> { get }
  var origin: Role.Origin { get }
}

extension RoleExclusion: RoleRule {}

extension RoleLimit: RoleRule {
  package var roles: Set<RoleID> { [role] }
}

extension Authority {
  /// Whether the actor may make, change or take away this rule: only who may hand out each of its roles wherever it counts. Without it more could be
  /// held, and with it others can be given less.
  package func mayDefine(_ rule: some RoleRule, knowing known: RoleCatalog, at target: Target) -> Bool {
    let counting = roles(countingAt: target)
    switch rule.origin {
    case .builtIn: return false
    case .portal:
      guard target.organization.kind == .portal else { return false }
      return rule.roles.allSatisfy { id in
        counting.contains { $0.reach == .everyOrganization && $0.mayGrant.covers(id, by: .assignment) }
      }
    case .organization(let owner):
      guard owner == target.organization.id else { return false }
      return rule.roles.allSatisfy { id in known[id].map { mayTake($0, at: target) } ?? true }
    }
  }
}
