package import AccessControl
package import Primitives

/// Somebody or something that has no account here and holds roles all the same: a vehicle, a terminal, a person of another system. Services ask
/// about it by its type and name, in the organization that registered it.
package struct RegisteredSubject: Sendable, Hashable {
  package enum State: String, Sendable, CaseIterable { case active, suspended }

  package let id: RegisteredSubjectID
  package let organization: OrganizationID
  /// Never one of `ownTypes`.
  package let type: String
  /// What services call it; chosen by whoever registered it, unique with the type in the organization, compared byte by byte.
  package let name: String
  package var attributes: JSONObject
  package var state: State
  package let createdAt: Timestamp
  package var version: Int64

  /// Types of subjects that are principals of other kinds.
  package static let ownTypes: Set<String> = ["user", "group", "application"]

  package init(
    id: RegisteredSubjectID, organization: OrganizationID, type: String, name: String, attributes: JSONObject = [:],
    state: State = .active, createdAt: Timestamp, version: Int64 = 1
  ) {
    self.id = id
    self.organization = organization
    self.type = type
    self.name = name
    self.attributes = attributes
    self.state = state
    self.createdAt = createdAt
    self.version = version
  }
}

/// What tells registered subjects apart for those who ask about them.
package struct SubjectName: Sendable, Hashable {
  package let organization: OrganizationID
  package let type: String
  package let name: String

  package init(organization: OrganizationID, type: String, name: String) {
    self.organization = organization
    self.type = type
    self.name = name
  }
}

extension RegisteredSubject {
  package var named: SubjectName { SubjectName(organization: organization, type: type, name: name) }
}
