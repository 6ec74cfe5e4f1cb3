package import AccessControl
package import Localization
package import Primitives

/// Somebody who can sign in. Work accounts and personal accounts are two kinds that never meet: they share no password, session or identifier,
/// even with the same e-mail address.
package struct Account: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// Made by invitation, governed by the administrators of its home organization. Its address is unique among work accounts.
    case work(home: OrganizationID)
    /// Made by its person alone. Holds no role of an organization. Its address is unique among personal accounts.
    case personal

    package var name: KindName {
      switch self {
      case .work: .work
      case .personal: .personal
      }
    }
  }

  package enum KindName: String, Sendable, Hashable, CaseIterable { case work, personal }

  package enum State: String, Sendable, CaseIterable { case active, suspended }

  package let id: AccountID
  package let kind: Kind
  package var email: EmailAddress
  package var name: PersonName
  package var language: Language
  package var country: CountryCode?
  package var state: State
  package let createdAt: Timestamp
  /// Counts changes; a change names the version it saw.
  package var version: Int64

  package init(
    id: AccountID, kind: Kind, email: EmailAddress, name: PersonName, language: Language, country: CountryCode?,
    state: State = .active, createdAt: Timestamp, version: Int64 = 1
  ) {
    self.id = id
    self.kind = kind
    self.email = email
    self.name = name
    self.language = language
    self.country = country
    self.state = state
    self.createdAt = createdAt
    self.version = version
  }

  /// The home organization of a work account.
  package var home: OrganizationID? {
    if case .work(let home) = kind { home } else { nil }
  }
}

/// A country or region by its ISO 3166-1 alpha-2 code.
package struct CountryCode: Hashable, Sendable {
  package let text: String

  /// - Returns: nil unless the text is two ASCII letters.
  package init?(_ presented: String) {
    let upper = presented.uppercased()
    guard upper.utf8.count == 2, upper.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else {
      return nil
    }
    text = upper
  }
}

/// A private person who signed up and has not yet proved the mailbox. Gives nothing until then; the account is made at confirmation.
package struct PendingSignUp: Sendable {
  package let link: SecretDigest
  package let email: EmailAddress
  package let name: PersonName
  package let language: Language
  package let country: CountryCode?
  package let password: PasswordHash
  package let createdAt: Timestamp
  package let expiresAt: Timestamp
  package var usedAt: Timestamp?
  package let wayBack: WayBack?

  package init(
    link: SecretDigest, email: EmailAddress, name: PersonName, language: Language, country: CountryCode?, password: PasswordHash,
    createdAt: Timestamp, expiresAt: Timestamp, usedAt: Timestamp? = nil, wayBack: WayBack? = nil
  ) {
    self.link = link
    self.email = email
    self.name = name
    self.language = language
    self.country = country
    self.password = password
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.usedAt = usedAt
    self.wayBack = wayBack
  }
}
