package import AccessControl
package import Primitives

/// Some members of an organization under one name. What the group holds counts for each of them, for as long as they can act there themselves.
/// Groups are no members of groups.
package struct Group: Sendable, Hashable {
  package let id: GroupID
  package let organization: OrganizationID
  /// Unique in the organization without regard to case (`Wording.key`).
  package var name: String
  /// Empty where nobody wrote one.
  package var description: String
  package let createdAt: Timestamp
  package var version: Int64

  package init(
    id: GroupID, organization: OrganizationID, name: String, description: String = "", createdAt: Timestamp, version: Int64 = 1
  ) {
    self.id = id
    self.organization = organization
    self.name = name
    self.description = description
    self.createdAt = createdAt
    self.version = version
  }
}

/// Who belongs to a group.
package enum GroupMember: Sendable, Hashable {
  /// A member of the group's organization.
  case account(AccountID)
  /// An application of the organization, or one of the portal's.
  case application(ApplicationID)
  /// A registered subject of the organization.
  case subject(RegisteredSubjectID)

  /// The same as one who can hold roles.
  package var holder: RoleHolder {
    switch self {
    case .account(let id): .account(id)
    case .application(let id): .application(id)
    case .subject(let id): .subject(id)
    }
  }
}

extension RoleHolder {
  /// The same as one who can belong to a group; nil for a group.
  package var groupMember: GroupMember? {
    switch self {
    case .account(let id): .account(id)
    case .application(let id): .application(id)
    case .subject(let id): .subject(id)
    case .group: nil
    }
  }
}

/// One member's place in one group.
package struct GroupMembership: Sendable, Hashable {
  package let group: GroupID
  /// The group's.
  package let organization: OrganizationID
  package let member: GroupMember
  /// The audit name of who added them (`Actor.auditName`).
  package let addedBy: String
  package let addedAt: Timestamp

  package init(group: GroupID, organization: OrganizationID, member: GroupMember, addedBy: String, addedAt: Timestamp) {
    self.group = group
    self.organization = organization
    self.member = member
    self.addedBy = addedBy
    self.addedAt = addedAt
  }
}
