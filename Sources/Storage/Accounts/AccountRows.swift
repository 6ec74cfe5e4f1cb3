package import AccessControl
package import Identity
internal import Localization
internal import Primitives

extension SQLTransaction: AccountStore {
  package func account(_ id: AccountID) throws -> Account? {
    try row("\(Account.select) WHERE id = $1", [.id(id)]) { try Account($0) }
  }

  package func account(_ kind: Account.KindName, email: EmailAddress) throws -> Account? {
    try row("\(Account.select) WHERE kind = $1 AND email_key = $2", [.state(kind), .text(email.key)]) { try Account($0) }
  }

  package func insert(_ account: Account) throws {
    try change(
      """
      INSERT INTO accounts (
        id, kind, home_id, email, email_key, first_name, last_name, language, country, state, created_at, version
      ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      """,
      [
        .id(account.id), .state(account.kind.name), .id(account.home), .text(account.email.text), .text(account.email.key),
        .text(account.name.first), .text(account.name.last), .text(account.language.tag), .text(account.country?.text),
        .state(account.state), .time(account.createdAt), .integer(account.version),
      ])
    changed.accounts.insert(account.id)
    notes.made.insert(.account(account.id))
  }

  package func update(_ account: Account) throws -> Bool {
    let written = try change(
      """
      UPDATE accounts SET email = $3, email_key = $4, first_name = $5, last_name = $6, language = $7, country = $8, state = $9,
        version = version + 1
      WHERE id = $1 AND version = $2
      """,
      [
        .id(account.id), .integer(account.version), .text(account.email.text), .text(account.email.key),
        .text(account.name.first),
        .text(account.name.last), .text(account.language.tag), .text(account.country?.text), .state(account.state),
      ])
    if written > 0 { changed.accounts.insert(account.id) }
    return written > 0
  }
}

extension Account {
  static let columns = """
    accounts.id, accounts.kind, accounts.home_id, accounts.email, accounts.first_name, accounts.last_name, accounts.language,
      accounts.country, accounts.state, accounts.created_at, accounts.version
    """
  static let select = "SELECT \(columns) FROM accounts"

  init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), kind: try row.accountKind(name: 1, home: 2), email: EmailAddress(stored: try row.text(3)),
      name: PersonName(storedFirst: try row.text(4), last: try row.text(5)), language: try row.language(6),
      country: try row.country(7),
      state: try row.state(8), createdAt: try row.time(9), version: try row.integer(10))
  }
}

extension SQLRow {
  func accountKind(name: Int, home: Int) throws -> Account.Kind {
    switch try state(name, Account.KindName.self) {
    case .work: .work(home: try id(home))
    case .personal: .personal
    }
  }

  func language(_ column: Int) throws -> Language { try value(column) { Language($0) } }
  func country(_ column: Int) throws -> CountryCode? { try isNull(column) ? nil : value(column) { CountryCode($0) } }
}
