package import AccessControl
internal import Primitives

/// Who can hold roles, by the names that the outside knows.
package enum PrincipalName: Sendable, Hashable {
  case account(AccountID)
  case application(ApplicationID)
  case group(GroupID)
  case subject(type: String, name: String)

  /// - Parameters:
  ///   - type: `user`, `application`, `group`, or the type of a registered subject: as services name subjects when they ask for decisions.
  ///   - id: any text; what cannot be the name of anybody names nobody.
  package init(type: String, id: String) {
    switch type {
    case "user": self = .account(AccountID(trusted: id))
    case "application": self = .application(ApplicationID(trusted: id))
    case "group": self = .group(GroupID(trusted: id))
    default: self = .subject(type: type, name: id)
    }
  }

  package var type: String {
    switch self {
    case .account: "user"
    case .application: "application"
    case .group: "group"
    case .subject(let type, _): type
    }
  }

  package var id: String {
    switch self {
    case .account(let id): id.text
    case .application(let id): id.text
    case .group(let id): id.text
    case .subject(_, let name): name
    }
  }
}

/// An assignment, with its holder as the outside knows them.
package struct SeenAssignment: Sendable, Hashable {
  package let assignment: RoleAssignment
  /// Nil where a past assignment was held by a registered subject that is gone, and nobody wrote down what it was called.
  package let holder: PrincipalName?
}

extension Transaction {
  /// Who in this organization can hold roles and is called that: a member, an application of the organization or of the portal, one of its groups
  /// or registered subjects.
  func principal(_ name: PrincipalName, in organization: OrganizationID) throws -> RoleHolder? {
    switch name {
    case .account(let id): return try membership(id, in: organization).map { _ in .account(id) }
    case .application(let id):
      guard let application = try application(id) else { return nil }
      return application.owner == nil || application.owner == organization ? .application(id) : nil
    case .group(let id): return try group(id)?.organization == organization ? .group(id) : nil
    case .subject(let type, let name):
      return try subject(type: type, name: name, of: organization).map { .subject($0.id) }
    }
  }

  func name(of holder: RoleHolder) throws -> PrincipalName {
    switch holder {
    case .account(let id): return .account(id)
    case .application(let id): return .application(id)
    case .group(let id): return .group(id)
    case .subject(let id):
      guard let subject = try subject(id) else { throw StoreError.unreadable("a role is held by a subject that is not there") }
      return .subject(type: subject.type, name: subject.name)
    }
  }

  func see(_ assignment: RoleAssignment) throws -> SeenAssignment {
    if case .subject(let id) = assignment.holder, try subject(id) == nil {
      return SeenAssignment(assignment: assignment, holder: try pastRoleAssignment(assignment.id)?.holder)
    }
    return SeenAssignment(assignment: assignment, holder: try name(of: assignment.holder))
  }
}
