package import AccessControl
internal import Primitives

/// Groups and who belongs to them. Whatever gives rights along or takes them takes a `Warranted`, which only the choke point makes.
package protocol GroupStore {
  func group(_ id: GroupID) throws -> Group?
  func groups(of organization: OrganizationID, _ page: PageRequest) throws -> Page<Group>
  /// - Throws: `StoreError.taken(.groupName)`.
  func insert(_ group: Group) throws
  /// - Throws: `StoreError.taken(.groupName)`.
  func update(_ group: Group) throws -> Bool
  /// What it holds ends with it, and everybody's place in it.
  ///
  /// - Returns: false when it was gone already.
  func delete(_ group: Warranted<GroupDeletion>) throws -> Bool

  /// The members of a group, accounts first, then applications, then subjects, each in the order of their ids.
  func members(of group: GroupID, _ page: PageRequest) throws -> Page<GroupMembership>
  /// How many belong to a group; none to one that is not there.
  func memberCount(of group: GroupID) throws -> Int
  /// Where somebody belongs, in all organizations, in the order of the groups' ids.
  func groupMemberships(of member: GroupMember) throws -> [GroupMembership]
  /// - Returns: false when they belonged to it before.
  func insert(_ membership: Warranted<GroupMembership>) throws -> Bool
  /// - Returns: false when they did not belong to it.
  func delete(_ membership: Warranted<GroupRemoval>) throws -> Bool
}

package protocol SubjectStore {
  func subject(_ id: RegisteredSubjectID) throws -> RegisteredSubject?
  func subject(type: String, name: String, of organization: OrganizationID) throws -> RegisteredSubject?
  /// - Parameter type: nil lists all.
  func subjects(of organization: OrganizationID, type: String?, _ page: PageRequest) throws -> Page<RegisteredSubject>
  /// Those of these names that are registered. However many, they cost one statement, as the calls below do.
  func subjects(_ names: Set<SubjectName>) throws -> [SubjectName: RegisteredSubject]
  func subjects(_ ids: Set<RegisteredSubjectID>) throws -> [RegisteredSubjectID: RegisteredSubject]
  /// All of them, or none.
  ///
  /// - Throws: `StoreError.taken(.subjectName)`.
  func insert(_ subjects: [RegisteredSubject]) throws
  /// - Returns: false when one of them was not there in the version it has here; then the transaction must not be committed.
  func update(_ subjects: [RegisteredSubject]) throws -> Bool
  /// What it holds ends with it, and its place in every group.
  ///
  /// - Returns: false when it was gone already.
  func delete(_ subject: Warranted<SubjectDeletion>) throws -> Bool
}

extension SubjectStore {
  package func insert(_ subject: RegisteredSubject) throws { try insert([subject]) }
  package func update(_ subject: RegisteredSubject) throws -> Bool { try update([subject]) }
}
