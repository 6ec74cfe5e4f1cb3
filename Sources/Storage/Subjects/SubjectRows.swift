package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction: SubjectStore {
  package func subject(_ id: RegisteredSubjectID) throws -> RegisteredSubject? {
    try row("\(RegisteredSubject.select) WHERE id = $1", [.id(id)], RegisteredSubject.init)
  }

  package func subject(type: String, name: String, of organization: OrganizationID) throws -> RegisteredSubject? {
    try row(
      "\(RegisteredSubject.select) WHERE organization_id = $1 AND type = $2 AND name = $3",
      [.id(organization), .text(type), .text(name)], RegisteredSubject.init)
  }

  package func subjects(of organization: OrganizationID, type: String?, _ request: PageRequest) throws -> Page<RegisteredSubject>
  {
    try page(
      request, RegisteredSubject.select,
      narrowedBy: [Narrowing("organization_id", .id(organization)), Narrowing("type", .text(type))], cursor: \.id.text,
      RegisteredSubject.init)
  }

  package func insert(_ subject: RegisteredSubject) throws {
    try change(
      """
      INSERT INTO subjects (id, organization_id, type, name, attributes, state, created_at, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """,
      [
        .id(subject.id), .id(subject.organization), .text(subject.type), .text(subject.name), .text(subject.attributes.text),
        .state(subject.state), .time(subject.createdAt), .integer(subject.version),
      ])
    changed.subjects.insert(subject.id)
  }

  package func update(_ subject: RegisteredSubject) throws -> Bool {
    let written = try change(
      "UPDATE subjects SET attributes = $3, state = $4, version = version + 1 WHERE id = $1 AND version = $2",
      [.id(subject.id), .integer(subject.version), .text(subject.attributes.text), .state(subject.state)])
    if written > 0 { changed.subjects.insert(subject.id) }
    return written > 0
  }

  /// What it holds, and its place in every group, goes with it (`ON DELETE CASCADE`).
  package func delete(_ warranted: Warranted<SubjectDeletion>) throws -> Bool {
    let subject = warranted.change.subject
    let ending = try ending(roleAssignments(of: .subject(subject.id)), by: warranted.change.endedBy)
    let written = try change(
      "DELETE FROM subjects WHERE id = $1 AND organization_id = $2", [.id(subject.id), .id(subject.organization)])
    guard written > 0 else { return false }
    changed.subjects.insert(subject.id)
    notes.ended += ending
    notes.gone[subject.id] = subject.historicName
    return true
  }
}

extension RegisteredSubject {
  static let select = "SELECT id, organization_id, type, name, attributes, state, created_at, version FROM subjects"

  init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), organization: try row.id(1), type: try row.text(2), name: try row.text(3),
      attributes: try row.object(4), state: try row.state(5), createdAt: try row.time(6), version: try row.integer(7))
  }
}
