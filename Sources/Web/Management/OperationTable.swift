internal import AccessControl

/// Everything the management API can do, in one table. The paths, who may, the shapes, the OpenAPI document and the test that tries every
/// writing operation as a viewer all come from here.
enum OperationTable {
  static let operations: [Operation] =
    (Operation.organizations + Operation.partners + Operation.agreements + Operation.purchasingAccounts + Operation.invitations
    + Operation.members + Operation.rolesOfPortal + Operation.rolesOfOrganizations + Operation.roleExclusions
    + Operation.roleLimits + Operation.conditions + Operation.permissions + Operation.roleAssignments + Operation.groups
    + Operation.subjects
    + Operation.roleReview + Operation.reviews + Operation.applications + Operation.resources + Operation.explanations
    + Operation.sessions + Operation.audit + Operation.jobs).map { $0.changesRights ? $0.planned : $0 }

  /// What makes a table unusable: a permission nobody can have, a place that the path does not name, two operations of one name or one path.
  static func flaws(_ operations: [Operation]) -> [String] {
    var flaws: [String] = []
    var seen: Set<String> = []
    for operation in operations {
      if !seen.insert(operation.name).inserted { flaws.append("two operations are called \(operation.name)") }
      if !seen.insert("\(operation.method) \(operation.path)").inserted {
        flaws.append("two operations for \(operation.method) \(operation.path)")
      }
      switch operation.need {
      case .permission(let permission, let place):
        if PermissionCatalog.builtIn.definition(of: permission) == nil {
          flaws.append("\(operation.name) needs an unknown permission")
        }
        if place != .portal, place != .anywhere, !operation.path.contains("{\(place.rawValue)}") {
          flaws.append("\(operation.name) does not say in which \(place.rawValue)")
        }
      case .anyCaller(let because):
        if because.isEmpty || operation.isWriting { flaws.append("\(operation.name) needs a permission") }
      }
    }
    return flaws
  }
}
