package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction: ResourceStore {
  package func resource(type: String, id: String) throws -> RegisteredResource? {
    try row("\(RegisteredResource.select) WHERE type = $1 AND id = $2", [.text(type), .text(id)], RegisteredResource.init)
  }

  package func resources(organization: OrganizationID?, _ request: PageRequest) throws -> Page<RegisteredResource> {
    try resources(request, narrowedBy: organization.map { [("organization_id", .id($0))] } ?? [])
  }

  package func resources(below parent: ResourceName, _ request: PageRequest) throws -> Page<RegisteredResource> {
    try resources(request, narrowedBy: [("parent_type", .text(parent.type)), ("parent_id", .text(parent.id))])
  }

  /// The key has two parts, so the page is asked for by comparing rows. The cursor is a JSON list of both, which fits whatever an
  /// operator calls a type; one that is not ours starts from the beginning.
  private func resources(
    _ request: PageRequest, narrowedBy narrowings: [(column: String, value: SQLValue)]
  ) throws -> Page<RegisteredResource> {
    let after = request.after.flatMap { try? TextList.decode($0) } ?? []
    var values: [SQLValue] = [.text(after.first ?? ""), .text(after.count == 2 ? after[1] : "")]
    var conditions = "(type, id) > ($1, $2)"
    for narrowing in narrowings {
      values.append(narrowing.value)
      conditions += " AND \(narrowing.column) = $\(values.count)"
    }
    values.append(.count(request.limit + 1))
    let found = try rows(
      "\(RegisteredResource.select) WHERE \(conditions) ORDER BY type, id LIMIT $\(values.count)", values, RegisteredResource.init
    )
    return Page(of: found, limit: request.limit) { TextList.encode([$0.type, $0.id]) }
  }

  package func resources(_ names: Set<ResourceName>) throws -> [ResourceName: RegisteredResource] {
    if names.count <= 1 { return try names.first.flatMap { try resource(type: $0.type, id: $0.id) }.map { [$0.name: $0] } ?? [:] }
    let found = try rows(
      "\(RegisteredResource.select) WHERE (type, id) IN (SELECT type, id FROM \(given("$1", ResourceName.columns)))",
      [.rows(names)], RegisteredResource.init)
    return Dictionary(uniqueKeysWithValues: found.map { ($0.name, $0) })
  }

  package func places(of names: Set<ResourceName>) throws -> [ResourceName: ResourcePlace] {
    let own = names.filter { $0.agreement != nil || $0.purchasingAccount != nil }
    let registered = try resources(names.subtracting(own)).mapValues {
      ResourcePlace(organization: $0.organization, parent: $0.parent)
    }
    return try registered.merging(naturalPlaces(of: own)) { first, _ in first }
  }

  /// Of agreements and purchasing accounts; other names are passed over.
  func naturalPlaces(of names: Set<ResourceName>) throws -> [ResourceName: ResourcePlace] {
    let found =
      try agreements(Set(names.compactMap(\.agreement))) + purchasingAccounts(Set(names.compactMap(\.purchasingAccount)))
    return Dictionary(found) { first, _ in first }
  }

  private func agreements(_ ids: Set<AgreementID>) throws -> [(ResourceName, ResourcePlace)] {
    if ids.count <= 1 {
      return try ids.compactMap { try agreement($0) }.map {
        (.agreement($0.id), ResourcePlace(organization: $0.organization, parent: nil))
      }
    }
    return try rows(
      "SELECT id, organization_id FROM agreements WHERE id IN (SELECT id FROM \(given("$1", ["id": .text])))", [.rows(ids)]
    ) { row in (.agreement(try row.id(0)), ResourcePlace(organization: try row.id(1), parent: nil)) }
  }

  private func purchasingAccounts(_ ids: Set<PurchasingAccountID>) throws -> [(ResourceName, ResourcePlace)] {
    if ids.count <= 1 {
      return try ids.compactMap { try purchasingAccount($0) }.map {
        (.purchasingAccount($0.id), ResourcePlace(organization: $0.organization, parent: .agreement($0.agreement)))
      }
    }
    return try rows(
      """
      SELECT id, organization_id, agreement_id FROM purchasing_accounts
      WHERE id IN (SELECT id FROM \(given("$1", ["id": .text])))
      """, [.rows(ids)]
    ) { row in
      (.purchasingAccount(try row.id(0)), ResourcePlace(organization: try row.id(1), parent: .agreement(try row.id(2))))
    }
  }

  package func places(below parents: Set<ResourceName>, atMost limit: Int) throws -> [ResourceName: ResourcePlace] {
    guard !parents.isEmpty else { return [:] }
    let found = try rows(
      """
      SELECT type, id, organization_id, parent_type, parent_id FROM resources
      WHERE (parent_type, parent_id) IN (SELECT type, id FROM \(given("$1", ResourceName.columns))) LIMIT $2
      """, [.rows(parents), .count(limit)]
    ) { row in
      (
        ResourceName(type: try row.text(0), id: try row.text(1)),
        ResourcePlace(organization: try row.id(2), parent: try row.parent(3))
      )
    }
    return Dictionary(found) { first, _ in first }
  }

  package func insert(_ resources: [RegisteredResource]) throws {
    guard !resources.isEmpty else { return }
    try change(
      """
      INSERT INTO resources (type, id, organization_id, parent_type, parent_id, attributes, created_at, version)
      SELECT type, id, organization_id, parent_type, parent_id, attributes, created_at, version
      FROM \(given("$1", RegisteredResource.columns))
      """, [.rows(resources.map(\.row))])
    changed.resources.formUnion(resources.map(\.name))
  }

  package func update(_ resources: [RegisteredResource]) throws -> Bool {
    guard !resources.isEmpty else { return true }
    let written = try change(
      """
      UPDATE resources SET organization_id = given.organization_id, parent_type = given.parent_type, parent_id = given.parent_id,
        attributes = given.attributes, version = resources.version + 1
      FROM \(given("$1", RegisteredResource.columns))
      WHERE resources.type = given.type AND resources.id = given.id AND resources.version = given.version
      """, [.rows(resources.map(\.row))])
    if written > 0 { changed.resources.formUnion(resources.map(\.name)) }
    return written == resources.count
  }

  package func deleteResource(type: String, id: String) throws -> Bool {
    let written = try change("DELETE FROM resources WHERE type = $1 AND id = $2", [.text(type), .text(id)])
    if written > 0 { changed.resources.insert(ResourceName(type: type, id: id)) }
    return written > 0
  }
}

extension RegisteredResource {
  static let select = """
    SELECT type, id, organization_id, parent_type, parent_id, attributes, created_at, version FROM resources
    """

  fileprivate static let columns: KeyValuePairs<String, SQLTransaction.ColumnType> = [
    "type": .text, "id": .text, "organization_id": .text, "parent_type": .text, "parent_id": .text, "attributes": .text,
    "created_at": .whole, "version": .whole,
  ]

  fileprivate var row: [SQLValue] {
    [
      .text(type), .text(id), .id(organization), .text(parent?.type), .text(parent?.id), .text(attributes.text), .time(createdAt),
      .integer(version),
    ]
  }

  init(_ row: any SQLRow) throws {
    self.init(
      type: try row.text(0), id: try row.text(1), organization: try row.id(2), parent: try row.parent(3),
      attributes: try row.object(5), createdAt: try row.time(6), version: try row.integer(7))
  }
}

extension SQLRow {
  /// Two columns, filled or not.
  func parent(_ first: Int) throws -> ResourceName? {
    try isNull(first) ? nil : ResourceName(type: text(first), id: text(first + 1))
  }
}

extension ResourceName {
  fileprivate static let columns: KeyValuePairs<String, SQLTransaction.ColumnType> = ["type": .text, "id": .text]
}

extension SQLValue {
  fileprivate static func rows(_ names: Set<ResourceName>) -> SQLValue { .rows(names.map { [.text($0.type), .text($0.id)] }) }
}
