package import AccessControl
package import Primitives

/// One thing that somebody may do somewhere, with all that narrows it.
package struct Right: Sendable, Hashable {
  package let holder: RoleHolder
  package let organization: OrganizationID
  package let permission: Permission
  /// For this resource alone and for what lies in it; nil: for everything in the organization.
  package let scope: ResourceName?
  /// Where this condition is true; nil: always.
  package let condition: String?
  package let from: Timestamp?
  package let until: Timestamp?

  /// Whether nothing narrows it.
  var isWhole: Bool { scope == nil && condition == nil && from == nil && until == nil }
}

extension Right: Comparable {
  package static func < (left: Right, right: Right) -> Bool { left.order.lexicographicallyPrecedes(right.order) }

  private var order: [String] {
    [
      organization.text, holder.auditName, permission.text, scope?.type ?? "", scope?.id ?? "", condition ?? "",
      from?.rfc3339 ?? "", until?.rfc3339 ?? "",
    ]
  }
}

extension Transaction {
  /// What somebody may do everywhere, through their own assignments and those of their groups, at any time that has not passed.
  ///
  /// What can be done always and to everything stands there without its narrower versions.
  ///
  /// - Parameter holder: no group: what a group holds counts for its members.
  func rights(of holder: RoleHolder, at now: Timestamp) throws -> Set<Right> {
    guard try canAct(holder) else { return [] }
    let catalogs = try catalogs()
    var rights: Set<Right> = []
    for (id, assignments) in Dictionary(grouping: try roleAssignments(reaching: holder), by: \.organization) {
      guard let organization = try organization(id), organization.state == .active, try canAct(holder, in: id) else { continue }
      for assignment in assignments {
        guard !assignment.isPast(at: now), let role = catalogs.roles[assignment.role], role.canBeHeld(in: organization.facts)
        else { continue }
        func add(_ permission: Permission, _ condition: String?) {
          rights.insert(
            Right(
              holder: holder, organization: id, permission: permission, scope: assignment.scope, condition: condition,
              from: assignment.startsAt, until: assignment.endsAt))
        }
        for permission in role.effective.permissions(in: organization.kind, of: catalogs.permissions) { add(permission, nil) }
        for permission in role.conditionalGrants.keys {
          for grant in role.conditionalGrants(of: permission, in: organization.kind, of: catalogs.permissions) {
            add(permission, grant.condition.text)
          }
        }
      }
    }
    let whole = Set(rights.filter(\.isWhole))
    return rights.filter { right in
      right.isWhole
        || !whole.contains(
          Right(
            holder: holder, organization: right.organization, permission: right.permission, scope: nil, condition: nil, from: nil,
            until: nil))
    }
  }

  private func canAct(_ holder: RoleHolder) throws -> Bool {
    switch holder {
    case .account(let id): try account(id)?.state == .active
    case .application(let id): try application(id)?.state == .active
    case .subject(let id): try subject(id)?.state == .active
    case .group: false
    }
  }

  private func canAct(_ holder: RoleHolder, in organization: OrganizationID) throws -> Bool {
    guard case .account(let id) = holder else { return true }
    return try membership(id, in: organization)?.state == .active
  }
}
