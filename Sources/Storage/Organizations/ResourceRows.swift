package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction: ResourceStore {
  package func resource(type: String, id: String) throws -> RegisteredResource? {
    try row("\(RegisteredResource.select) WHERE type = $1 AND id = $2", [.text(type), .text(id)], RegisteredResource.init)
  }

  /// The key has two parts, so the page is asked for by comparing rows. The cursor is a JSON list of both, which fits whatever an
  /// operator calls a type; one that is not ours starts from the beginning.
  package func resources(organization: OrganizationID?, _ request: PageRequest) throws -> Page<RegisteredResource> {
    let after = request.after.flatMap { try? TextList.decode($0) } ?? []
    var values: [SQLValue] = [.text(after.first ?? ""), .text(after.count == 2 ? after[1] : "")]
    var narrowing = ""
    if let organization {
      values.append(.id(organization))
      narrowing = "AND organization_id = $3"
    }
    values.append(.count(request.limit + 1))
    let found = try rows(
      "\(RegisteredResource.select) WHERE (type, id) > ($1, $2) \(narrowing) ORDER BY type, id LIMIT $\(values.count)", values,
      RegisteredResource.init)
    return Page(of: found, limit: request.limit) { TextList.encode([$0.type, $0.id]) }
  }

  package func insert(_ resource: RegisteredResource) throws {
    try change(
      "INSERT INTO resources (type, id, organization_id, created_at, version) VALUES ($1, $2, $3, $4, $5)",
      [
        .text(resource.type), .text(resource.id), .id(resource.organization), .time(resource.createdAt),
        .integer(resource.version),
      ])
    changed.resources.insert(ResourceName(type: resource.type, id: resource.id))
  }

  package func update(_ resource: RegisteredResource) throws -> Bool {
    let written = try change(
      "UPDATE resources SET organization_id = $4, version = version + 1 WHERE type = $1 AND id = $2 AND version = $3",
      [.text(resource.type), .text(resource.id), .integer(resource.version), .id(resource.organization)])
    if written > 0 { changed.resources.insert(ResourceName(type: resource.type, id: resource.id)) }
    return written > 0
  }

  package func deleteResource(type: String, id: String) throws -> Bool {
    let written = try change("DELETE FROM resources WHERE type = $1 AND id = $2", [.text(type), .text(id)])
    if written > 0 { changed.resources.insert(ResourceName(type: type, id: id)) }
    return written > 0
  }
}

extension RegisteredResource {
  static let select = "SELECT type, id, organization_id, created_at, version FROM resources"

  init(_ row: any SQLRow) throws {
    self.init(
      type: try row.text(0), id: try row.text(1), organization: try row.id(2), createdAt: try row.time(3),
      version: try row.integer(4))
  }
}
