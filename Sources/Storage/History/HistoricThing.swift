internal import AccessControl
internal import Identity
internal import Primitives

/// Something of which there is history.
enum HistoricThing: Sendable, Hashable {
  case organization(OrganizationID)
  case account(AccountID)
  case application(ApplicationID)
  case group(GroupID)
  /// A registered subject, by what services call it: whoever asks about the past knows no other name.
  case subject(SubjectName)
  case resource(ResourceName)
  /// Where history begins.
  case beginning

  /// The columns that name it.
  var columns: [SQLValue] {
    switch self {
    case .organization(let id): [.text("organization"), .id(id)]
    case .account(let id): [.text("account"), .id(id)]
    case .application(let id): [.text("application"), .id(id)]
    case .group(let id): [.text("group"), .id(id)]
    case .subject(let name): [.text("subject"), .list([name.organization.text, name.type, name.name])]
    case .resource(let name): [.text("resource"), .list([name.type, name.id])]
    case .beginning: [.text("beginning"), .text("")]
    }
  }
}

/// An assignment that a transaction ended.
struct EndedAssignment: Sendable {
  let assignment: RoleAssignment
  /// The audit name of who ended it.
  let by: String?
  /// What its holder was called; nil of a person.
  let holder: HolderLabel?
}

/// What something that held a role was called.
struct HolderLabel: Sendable {
  /// Of a registered subject, whose name is what services call it.
  let subjectType: String?
  let name: String
}

/// What the history must know of a transaction beside what changed.
package struct HistoryNotes: Sendable {
  var ended: [EndedAssignment] = []
  /// Subjects that are gone, by what they were called.
  var gone: [RegisteredSubjectID: SubjectName] = [:]
  /// What was made here under a name of its own: nothing can have been kept of it.
  var made: Set<HistoricThing> = []

  package mutating func merge(_ other: HistoryNotes) {
    ended += other.ended
    gone.merge(other.gone) { _, new in new }
    made.formUnion(other.made)
  }
}
