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

  package func insert(_ resource: RegisteredResource) throws {
    try change(
      """
      INSERT INTO resources (type, id, organization_id, parent_type, parent_id, attributes, created_at, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """,
      [
        .text(resource.type), .text(resource.id), .id(resource.organization), .text(resource.parent?.type),
        .text(resource.parent?.id), .text(resource.attributes.text), .time(resource.createdAt), .integer(resource.version),
      ])
    changed.resources.insert(resource.name)
  }

  package func update(_ resource: RegisteredResource) throws -> Bool {
    let written = try change(
      """
      UPDATE resources SET organization_id = $4, parent_type = $5, parent_id = $6, attributes = $7, version = version + 1
      WHERE type = $1 AND id = $2 AND version = $3
      """,
      [
        .text(resource.type), .text(resource.id), .integer(resource.version), .id(resource.organization),
        .text(resource.parent?.type), .text(resource.parent?.id), .text(resource.attributes.text),
      ])
    if written > 0 { changed.resources.insert(resource.name) }
    return written > 0
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
