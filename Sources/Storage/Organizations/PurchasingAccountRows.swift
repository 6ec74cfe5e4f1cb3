package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction {
  package func purchasingAccount(_ id: PurchasingAccountID) throws -> PurchasingAccount? {
    try row("\(PurchasingAccount.select) WHERE id = $1", [.id(id)], PurchasingAccount.init)
  }

  package func purchasingAccount(number: String) throws -> PurchasingAccount? {
    try row("\(PurchasingAccount.select) WHERE number_key = $1", [.text(ContractNumber.key(number))], PurchasingAccount.init)
  }

  package func purchasingAccounts(agreement: AgreementID) throws -> [PurchasingAccount] {
    try rows("\(PurchasingAccount.select) WHERE agreement_id = $1 ORDER BY id", [.id(agreement)], PurchasingAccount.init)
  }

  package func purchasingAccounts(organization: OrganizationID?, _ request: PageRequest) throws -> Page<PurchasingAccount> {
    try page(
      request, PurchasingAccount.select, narrowedBy: [Narrowing("organization_id", .id(organization))], cursor: \.id.text,
      PurchasingAccount.init)
  }

  package func insert(_ account: PurchasingAccount) throws {
    try change(
      """
      INSERT INTO purchasing_accounts (id, number, number_key, agreement_id, organization_id, created_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """,
      [
        .id(account.id), .text(account.number), .text(ContractNumber.key(account.number)), .id(account.agreement),
        .id(account.organization), .time(account.createdAt),
      ])
    changed.resources.insert(.purchasingAccount(account.id))
  }
}

extension PurchasingAccount {
  static let select = "SELECT id, number, agreement_id, organization_id, created_at FROM purchasing_accounts"

  init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), number: try row.text(1), agreement: try row.id(2), organization: try row.id(3),
      createdAt: try row.time(4))
  }
}
