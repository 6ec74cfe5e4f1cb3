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

  package func subjects(_ names: Set<SubjectName>) throws -> [SubjectName: RegisteredSubject] {
    if names.count <= 1 {
      return try names.first.flatMap { try subject(type: $0.type, name: $0.name, of: $0.organization) }.map { [$0.named: $0] }
        ?? [:]
    }
    let found = try rows(
      """
      \(RegisteredSubject.select) WHERE (organization_id, type, name) IN (
        SELECT organization_id, type, name FROM \(given("$1", ["organization_id": .text, "type": .text, "name": .text])))
      """, [.rows(names.map { [.id($0.organization), .text($0.type), .text($0.name)] })], RegisteredSubject.init)
    return Dictionary(uniqueKeysWithValues: found.map { ($0.named, $0) })
  }

  package func subjects(_ ids: Set<RegisteredSubjectID>) throws -> [RegisteredSubjectID: RegisteredSubject] {
    if ids.count <= 1 { return try ids.first.flatMap { try subject($0) }.map { [$0.id: $0] } ?? [:] }
    let found = try rows(
      "\(RegisteredSubject.select) WHERE id IN (SELECT id FROM \(given("$1", ["id": .text])))", [.rows(ids)],
      RegisteredSubject.init)
    return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
  }

  package func insert(_ subjects: [RegisteredSubject]) throws {
    guard !subjects.isEmpty else { return }
    try change(
      """
      INSERT INTO subjects (id, organization_id, type, name, attributes, state, created_at, version)
      SELECT id, organization_id, type, name, attributes, state, created_at, version
      FROM \(given("$1", RegisteredSubject.columns))
      """, [.rows(subjects.map(\.row))])
    changed.subjects.formUnion(subjects.map(\.id))
  }

  package func update(_ subjects: [RegisteredSubject]) throws -> Bool {
    guard !subjects.isEmpty else { return true }
    let written = try change(
      """
      UPDATE subjects SET attributes = given.attributes, state = given.state, version = subjects.version + 1
      FROM \(given("$1", RegisteredSubject.columns))
      WHERE subjects.id = given.id AND subjects.version = given.version
      """, [.rows(subjects.map(\.row))])
    if written > 0 { changed.subjects.formUnion(subjects.map(\.id)) }
    return written == subjects.count
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
    notes.gone[subject.id] = subject.named
    return true
  }
}

extension RegisteredSubject {
  static let select = "SELECT id, organization_id, type, name, attributes, state, created_at, version FROM subjects"

  fileprivate static let columns: KeyValuePairs<String, SQLTransaction.ColumnType> = [
    "id": .text, "organization_id": .text, "type": .text, "name": .text, "attributes": .text, "state": .text,
    "created_at": .whole, "version": .whole,
  ]

  fileprivate var row: [SQLValue] {
    [
      .id(id), .id(organization), .text(type), .text(name), .text(attributes.text), .state(state), .time(createdAt),
      .integer(version),
    ]
  }

  init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), organization: try row.id(1), type: try row.text(2), name: try row.text(3),
      attributes: try row.object(4), state: try row.state(5), createdAt: try row.time(6), version: try row.integer(7))
  }
}
