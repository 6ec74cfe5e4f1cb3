package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction: AgreementStore {
  package func agreement(_ id: AgreementID) throws -> Agreement? {
    try row("\(Agreement.select) WHERE id = $1", [.id(id)], Agreement.init)
  }

  package func agreement(number: String) throws -> Agreement? {
    try row("\(Agreement.select) WHERE number_key = $1", [.text(ContractNumber.key(number))], Agreement.init)
  }

  package func agreements(organization: OrganizationID?, partner: OrganizationID?, _ request: PageRequest) throws -> Page<
    Agreement
  > {
    try page(
      request, Agreement.select,
      narrowedBy: [Narrowing("organization_id", .id(organization)), Narrowing("partner_id", .id(partner))],
      cursor: \.id.text, Agreement.init)
  }

  package func insert(_ agreement: Agreement) throws {
    try change(
      """
      INSERT INTO agreements (
        id, number, number_key, organization_id, partner_id, administrator_first_name, administrator_last_name, administrator_email,
        state, created_at, version
      ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """,
      [
        .id(agreement.id), .text(agreement.number), .text(ContractNumber.key(agreement.number)), .id(agreement.organization),
        .id(agreement.partner), .text(agreement.administrator.name.first), .text(agreement.administrator.name.last),
        .text(agreement.administrator.email.text), .state(agreement.state), .time(agreement.createdAt),
        .integer(agreement.version),
      ])
    changed.resources.insert(.agreement(agreement.id))
  }

  package func update(_ agreement: Agreement) throws -> Bool {
    // Number and organization never change, and nothing else of an agreement is part of the policy.
    try change(
      """
      UPDATE agreements SET partner_id = $3, administrator_first_name = $4, administrator_last_name = $5, administrator_email = $6,
        state = $7, version = version + 1
      WHERE id = $1 AND version = $2
      """,
      [
        .id(agreement.id), .integer(agreement.version), .id(agreement.partner), .text(agreement.administrator.name.first),
        .text(agreement.administrator.name.last), .text(agreement.administrator.email.text), .state(agreement.state),
      ]) > 0
  }
}

extension Agreement {
  static let select = """
    SELECT id, number, organization_id, partner_id, administrator_first_name, administrator_last_name, administrator_email, state,
      created_at, version
    FROM agreements
    """

  init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), number: try row.text(1), organization: try row.id(2), partner: try row.optionalID(3),
      administrator: DesignatedAdministrator(
        name: PersonName(storedFirst: try row.text(4), last: try row.text(5)), email: EmailAddress(stored: try row.text(6))),
      state: try row.state(7), createdAt: try row.time(8), version: try row.integer(9))
  }
}
