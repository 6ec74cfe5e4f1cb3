internal import AccessControl
package import Identity
package import Primitives

/// One row for each state a thing was in, from a moment until its next one. `facts` of a thing that was gone are NULL.
extension SQLTransaction {
  /// Writes down what this transaction changed; the last thing before its commit.
  package func keepHistory(at now: Timestamp) throws {
    try keepHistory(of: try historicFacts(changed), notes, at: now)
  }

  /// Writes down what a program that knows no history has changed.
  package func keepHistory(ofOthers change: PolicyChange, at now: Timestamp) throws {
    try keepHistory(of: try historicFacts(change), HistoryNotes(), at: now)
  }

  /// Writes down facts that have just become so. What is as it was last written down stays.
  func keepHistory(of facts: PolicyFacts, _ notes: HistoryNotes, at now: Timestamp) throws {
    var (begun, gone, going): ([(HistoricThing, String?)], Set<HistoricThing>, [(HistoricThing, String?)]) = ([], [], [])
    for (thing, coded) in facts.historic(gone: notes.gone) {
      switch coded {
      case let coded? where notes.made.contains(thing): begun.append((thing, coded))
      case let coded?: going.append((thing, coded))
      case nil: if !notes.made.contains(thing) { gone.insert(thing) }
      }
    }
    try begin(begun, at: now)
    // One that is gone before one that took its name in the same commit.
    try go(on: gone.map { ($0, nil) }, at: now)
    try go(on: going, at: now)
    for ended in notes.ended { try keepPast(ended, at: now) }
  }

  /// So many that no statement becomes very large.
  private static let rowsAtOnce = 1_000

  private func write(_ sql: String, _ things: [(HistoricThing, String?)], at now: Timestamp) throws {
    for first in stride(from: 0, to: things.count, by: Self.rowsAtOnce) {
      let rows = things[first..<min(first + Self.rowsAtOnce, things.count)].map { thing, facts in thing.columns + [.text(facts)] }
      try change(sql, [.rows(rows), .time(now)])
    }
  }

  private func rowsGiven() -> String { given("$1", ["kind": .text, "id": .text, "facts": .text]) }

  /// Of what has no row yet.
  private func begin(_ things: [(HistoricThing, String?)], at now: Timestamp) throws {
    try write(
      """
      INSERT INTO policy_history (kind, id, valid_from, facts) SELECT kind, id, CAST($2 AS BIGINT), facts FROM \(rowsGiven())
      """, things, at: now)
  }

  /// Later than the row before, whatever the clocks of two machines say. Each thing stands there once.
  private func go(on things: [(HistoricThing, String?)], at now: Timestamp) throws {
    try write(
      """
      INSERT INTO policy_history (kind, id, valid_from, facts)
      SELECT kind, id, CASE WHEN last >= CAST($2 AS BIGINT) THEN last + 1 ELSE CAST($2 AS BIGINT) END, facts
      FROM (
        SELECT kind, id, facts, (
          SELECT MAX(past.valid_from) FROM policy_history AS past WHERE past.kind = given.kind AND past.id = given.id
        ) AS last
        FROM \(rowsGiven())
      ) AS thing
      WHERE (
        SELECT past.facts FROM policy_history AS past
        WHERE past.kind = thing.kind AND past.id = thing.id AND past.valid_from = thing.last
      ) IS DISTINCT FROM facts
      """, things, at: now)
  }

  /// Assignments that are about to end, with what their holder is still called.
  func ending(_ assignments: [RoleAssignment], by endedBy: String?) throws -> [EndedAssignment] {
    try assignments.map { EndedAssignment(assignment: $0, by: endedBy, holder: try label(of: $0.holder)) }
  }

  private func label(of holder: RoleHolder) throws -> HolderLabel? {
    switch holder {
    case .account: return nil
    case .application(let id):
      return try row("SELECT name FROM applications WHERE id = $1", [.id(id)]) {
        HolderLabel(subjectType: nil, name: try $0.text(0))
      }
    case .group(let id):
      return try row("SELECT name FROM groups WHERE id = $1", [.id(id)]) { HolderLabel(subjectType: nil, name: try $0.text(0)) }
    case .subject(let id):
      return try row("SELECT type, name FROM subjects WHERE id = $1", [.id(id)]) {
        HolderLabel(subjectType: try $0.text(0), name: try $0.text(1))
      }
    }
  }

  private func keepPast(_ ended: EndedAssignment, at now: Timestamp) throws {
    let assignment = ended.assignment
    try change(
      """
      INSERT INTO past_role_assignments (
        id, organization_id, \(assignment.holder.column), role_id, scope_type, scope_id, starts_at, ends_at, reason, granted_by,
        created_at, ended_at, ended_by, subject_type, holder_name
      ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (id) DO NOTHING
      """,
      [
        .id(assignment.id), .id(assignment.organization), .text(assignment.holder.id), .id(assignment.role),
        .text(assignment.scope?.type ?? ""), .text(assignment.scope?.id ?? ""), .time(assignment.startsAt),
        .time(assignment.endsAt), .text(assignment.reason), .text(assignment.grantedBy), .time(assignment.createdAt), .time(now),
        .text(ended.by), .text(ended.holder?.subjectType), .text(ended.holder?.name),
      ])
  }

  /// Begins the history of a database: whatever is there already was not always so, but nobody knows since when.
  func beginHistory(at now: Timestamp) throws {
    try begin([(.beginning, "{}")], at: now)
    var facts = PolicyFacts(revision: 0)
    try readPrincipals(into: &facts)
    facts.resources = try everyResource()
    try begin(facts.historic(gone: [:]).filter { $0.facts != nil }, at: now)
  }

  private static let wholeAt = "history_whole_at"

  /// Notes the revision up to which every commit kept its history. Only where there is one writer at a time: the row would make several wait for
  /// each other.
  func noteThatHistoryIsWhole(at revision: Int64) throws { try set(Self.wholeAt, to: String(revision)) }

  /// Writes down what a program that knows no history has changed meanwhile; since when, nobody can tell any more.
  func makeHistoryWhole(at now: Timestamp) throws {
    let revision = try policyRevision()
    guard revision > 0, try setting(Self.wholeAt).flatMap({ Int64($0) }) ?? 0 < revision else { return }
    var facts = PolicyFacts(revision: 0)
    try readPrincipals(into: &facts)
    facts.resources = try everyResource()
    // Accounts and organizations are never deleted, and no such program knew of groups and subjects.
    let known = try rows("SELECT DISTINCT kind, id FROM policy_history WHERE kind IN ('application', 'resource')") { row in
      (kind: try row.text(0), id: try row.text(1))
    }
    for thing in known {
      if thing.kind == "application" {
        let id = ApplicationID(trusted: thing.id)
        if facts.applications[id] == nil { facts.applications.updateValue(nil, forKey: id) }
      } else {
        let name = try TextList.decode(thing.id)
        guard name.count == 2 else { throw StoreError.unreadable("the history of the policy") }
        let resource = ResourceName(type: name[0], id: name[1])
        if facts.resources[resource] == nil { facts.resources.updateValue(nil, forKey: resource) }
      }
    }
    try keepHistory(of: facts, HistoryNotes(), at: now)
    try noteThatHistoryIsWhole(at: revision)
  }

  /// What can be found out of a moment of the past.
  func historicFacts(of thing: HistoricThing, at moment: Timestamp) throws -> HistoricFacts? {
    let text = try row(
      """
      SELECT facts FROM policy_history WHERE kind = $1 AND id = $2 AND valid_from <= $3 ORDER BY valid_from DESC LIMIT 1
      """, thing.columns + [.time(moment)]
    ) { try $0.optionalText(0) }
    return try (text ?? nil).map { try HistoricFacts($0) }
  }

  func beginningOfHistory() throws -> Timestamp? {
    try row("SELECT valid_from FROM policy_history WHERE kind = $1 AND id = $2", HistoricThing.beginning.columns) {
      try $0.time(0)
    }
  }
}

extension PolicyFacts {
  /// Everything in it of which there is history, with its facts as they are kept; nil for what is gone.
  ///
  /// - Parameter gone: what registered subjects were called of which nothing is left to say it.
  fileprivate func historic(gone: [RegisteredSubjectID: SubjectName]) -> [(thing: HistoricThing, facts: String?)] {
    var all: [(HistoricThing, String?)] = []
    for (id, facts) in organizations { all.append((.organization(id), facts?.historicFacts.text)) }
    for (id, facts) in accounts { all.append((.account(id), facts?.historicFacts.text)) }
    for (id, facts) in applications { all.append((.application(id), facts?.historicFacts.text)) }
    for (id, facts) in groups { all.append((.group(id), facts?.historicFacts.text)) }
    for (id, facts) in subjects where facts == nil { if let name = gone[id] { all.append((.subject(name), nil)) } }
    for (id, facts) in subjects {
      if let facts { all.append((.subject(facts.historicName), facts.historicFacts(of: id).text)) }
    }
    for (name, facts) in resources { all.append((.resource(name), facts?.historicFacts.text)) }
    return all
  }
}
