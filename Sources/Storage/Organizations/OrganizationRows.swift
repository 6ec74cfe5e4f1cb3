package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction: OrganizationStore {
  package func organization(_ id: OrganizationID) throws -> Organization? {
    try row("\(Organization.select) WHERE id = $1", [.id(id)], Organization.init)
  }

  package func portalOrganization() throws -> Organization? {
    try row("\(Organization.select) WHERE kind = 'portal'", [], Organization.init)
  }

  package func organizations(_ request: PageRequest) throws -> Page<Organization> {
    try organizations(kind: nil, request)
  }

  package func organizations(kind: OrganizationKind?, _ request: PageRequest) throws -> Page<Organization> {
    try page(
      request, Organization.select, narrowedBy: [Narrowing("kind", .state(kind))], cursor: \.id.text, Organization.init)
  }

  package func insert(_ organization: Organization) throws {
    try change(
      "INSERT INTO organizations (id, kind, name, state, created_at, version) VALUES ($1, $2, $3, $4, $5, $6)",
      [
        .id(organization.id), .state(organization.kind), .text(organization.name), .state(organization.state),
        .time(organization.createdAt), .integer(organization.version),
      ])
    changed.organizations.insert(organization.id)
    notes.made.insert(.organization(organization.id))
  }

  package func update(_ organization: Organization) throws -> Bool {
    let written = try change(
      "UPDATE organizations SET name = $3, state = $4, version = version + 1 WHERE id = $1 AND version = $2",
      [.id(organization.id), .integer(organization.version), .text(organization.name), .state(organization.state)])
    if written > 0 { changed.organizations.insert(organization.id) }
    return written > 0
  }
}

extension Organization {
  static let select = "SELECT id, kind, name, state, created_at, version FROM organizations"

  init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), kind: try row.state(1), name: try row.text(2), state: try row.state(3), createdAt: try row.time(4),
      version: try row.integer(5))
  }
}
