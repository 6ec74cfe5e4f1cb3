package import AccessControl
package import Identity
internal import Localization
internal import Primitives

extension SQLTransaction: InvitationStore {
  package func invitation(_ id: InvitationID) throws -> Invitation? {
    try row("\(Invitation.select) WHERE id = $1", [.id(id)], Invitation.init)
  }

  package func invitation(agreement: AgreementID, email: EmailAddress) throws -> Invitation? {
    try row(
      "\(Invitation.select) WHERE agreement_id = $1 AND email_key = $2 ORDER BY created_at DESC, id DESC LIMIT 1",
      [.id(agreement), .text(email.key)], Invitation.init)
  }

  package func pendingInvitations(agreement: AgreementID) throws -> [Invitation] {
    try rows("\(Invitation.select) WHERE agreement_id = $1 AND state = 'pending' ORDER BY id", [.id(agreement)], Invitation.init)
  }

  package func pendingMemberInvitation(organization: OrganizationID, email: EmailAddress) throws -> Invitation? {
    try row(
      """
      \(Invitation.select) WHERE organization_id = $1 AND email_key = $2 AND purpose <> 'agreement' AND state = 'pending'
        AND NOT \(Invitation.choosesPassword)
      ORDER BY created_at DESC, id DESC LIMIT 1
      """,
      [.id(organization), .text(email.key)], Invitation.init)
  }

  package func pendingPasswordInvitation(organization: OrganizationID, email: EmailAddress) throws -> Invitation? {
    try row(
      """
      \(Invitation.select) WHERE organization_id = $1 AND email_key = $2 AND \(Invitation.choosesPassword) AND state = 'pending'
      ORDER BY created_at DESC, id DESC LIMIT 1
      """,
      [.id(organization), .text(email.key)], Invitation.init)
  }

  package func invitations(
    organization: OrganizationID?, state: Invitation.State?, _ request: PageRequest
  ) throws -> Page<Invitation> {
    try page(
      request, Invitation.select,
      narrowedBy: [Narrowing("organization_id", .id(organization)), Narrowing("state", .state(state))], cursor: \.id.text,
      Invitation.init)
  }

  package func insert(_ invitation: Invitation) throws {
    let purpose = invitation.purpose.columns
    try change(
      """
      INSERT INTO invitations (
        id, organization_id, purpose, agreement_id, inviter_id, requester_id, email, email_key, first_name, last_name, language, country,
        roles, state, accepted_by, created_at, version
      ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
      """,
      [
        .id(invitation.id), .id(invitation.organization), .text(purpose.name), .id(purpose.agreement), .id(purpose.inviter),
        .id(purpose.requester), .text(invitation.email.text), .text(invitation.email.key), .text(invitation.name.first),
        .text(invitation.name.last), .text(invitation.language.tag), .text(invitation.country?.text),
        .list(invitation.roles.map(\.text)), .state(invitation.state), .id(invitation.acceptedBy), .time(invitation.createdAt),
        .integer(invitation.version),
      ])
  }

  package func update(_ invitation: Invitation) throws -> Bool {
    try change(
      """
      UPDATE invitations SET email = $3, email_key = $4, first_name = $5, last_name = $6, language = $7, country = $8, roles = $9,
        state = $10, accepted_by = $11, version = version + 1
      WHERE id = $1 AND version = $2
      """,
      [
        .id(invitation.id), .integer(invitation.version), .text(invitation.email.text), .text(invitation.email.key),
        .text(invitation.name.first), .text(invitation.name.last), .text(invitation.language.tag),
        .text(invitation.country?.text),
        .list(invitation.roles.map(\.text)), .state(invitation.state), .id(invitation.acceptedBy),
      ]) > 0
  }
}

extension Invitation {
  static let select = """
    SELECT id, organization_id, purpose, agreement_id, inviter_id, requester_id, email, first_name, last_name, language, country, roles,
      state, accepted_by, created_at, version
    FROM invitations
    """

  /// The property of the same name, of a row.
  static let choosesPassword = "(purpose = 'operation' AND requester_id IS NULL AND roles = '[]')"

  init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), organization: try row.id(1), purpose: try Purpose(row), email: EmailAddress(stored: try row.text(6)),
      name: PersonName(storedFirst: try row.text(7), last: try row.text(8)), language: try row.language(9),
      country: try row.country(10),
      roles: try row.list(11).map { RoleID(trusted: $0) }, state: try row.state(12), acceptedBy: try row.optionalID(13),
      createdAt: try row.time(14), version: try row.integer(15))
  }
}

extension Invitation.Purpose {
  fileprivate var columns: (name: String, agreement: AgreementID?, inviter: AccountID?, requester: ApplicationID?) {
    switch self {
    case .agreement(let id): ("agreement", id, nil, nil)
    case .member(let inviter): ("member", nil, inviter, nil)
    case .operation(let requester): ("operation", nil, nil, requester)
    }
  }

  /// Columns 2 to 5 of `Invitation.select`.
  fileprivate init(_ row: any SQLRow) throws {
    switch try row.text(2) {
    case "agreement": self = .agreement(try row.id(3))
    case "member": self = .member(inviter: try row.id(4))
    case "operation": self = .operation(by: try row.optionalID(5))
    default: throw StoredValue.unreadable("purpose of an invitation", 2)
    }
  }
}
