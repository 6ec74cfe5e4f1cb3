extension Management {
  /// The person an agreement names as purchasing account administrator.
  public struct Administrator: Codable, Hashable, Sendable {
    /// First name.
    public var firstName: String
    /// Last name.
    public var lastName: String
    /// The work address.
    public var email: String

    /// All members, in the order of the document.
    public init(firstName: String, lastName: String, email: String) {
      self.firstName = firstName
      self.lastName = lastName
      self.email = email
    }

    enum CodingKeys: String, CodingKey {
      case email
      case firstName = "first_name"
      case lastName = "last_name"
    }
  }

  /// Names a person as purchasing account administrator.
  public struct NewAdministrator: Codable, Hashable, Sendable {
    /// 1 to 100 characters.
    public var firstName: String
    /// 1 to 100 characters.
    public var lastName: String
    /// The work address, to which the invitation goes.
    public var email: String
    /// The language of the letter, as a BCP 47 tag; English when absent.
    public var language: String?
    /// ISO 3166-1 alpha-2.
    public var country: String?

    /// All members, in the order of the document.
    public init(firstName: String, lastName: String, email: String, language: String? = nil, country: String? = nil) {
      self.firstName = firstName
      self.lastName = lastName
      self.email = email
      self.language = language
      self.country = country
    }

    enum CodingKeys: String, CodingKey {
      case email, language, country
      case firstName = "first_name"
      case lastName = "last_name"
    }
  }

  /// A signed agreement.
  public struct Agreement: Codable, Hashable, Sendable {
    /// Its id.
    public var id: String
    /// The number printed on it.
    public var number: String
    /// The organization that signed it.
    public var organization: String
    /// The partner who looks after it.
    public var partner: String?
    /// Whom it names.
    public var administrator: Administrator
    /// `active` or `ended`.
    public var state: String
    /// When it was made.
    public var createdAt: String
    /// Counts changes; also the ETag.
    public var version: Int64

    /// All members, in the order of the document.
    public init(
      id: String, number: String, organization: String, partner: String? = nil, administrator: Administrator, state: String,
      createdAt: String, version: Int64
    ) {
      self.id = id
      self.number = number
      self.organization = organization
      self.partner = partner
      self.administrator = administrator
      self.state = state
      self.createdAt = createdAt
      self.version = version
    }

    enum CodingKeys: String, CodingKey {
      case id, number, organization, partner, administrator, state, version
      case createdAt = "created_at"
    }
  }

  /// Registers a signed agreement. Exactly one of `organization` and `new_organization` says who signed it.
  public struct NewAgreement: Codable, Hashable, Sendable {
    /// 1 to 40 letters, digits, `-`, `/` and `.`; unique without regard to case.
    public var number: String
    /// A customer that is registered already.
    public var organization: String?
    /// A customer to be registered with the agreement.
    public var newOrganization: NewOrganization?
    /// The numbers of the purchasing accounts, 1 to 50.
    public var purchasingAccounts: [String]
    /// Whom the agreement names.
    public var administrator: NewAdministrator
    /// The partner who looks after it.
    public var partner: String?

    /// All members, in the order of the document.
    public init(
      number: String, organization: String? = nil, newOrganization: NewOrganization? = nil, purchasingAccounts: [String],
      administrator: NewAdministrator, partner: String? = nil
    ) {
      self.number = number
      self.organization = organization
      self.newOrganization = newOrganization
      self.purchasingAccounts = purchasingAccounts
      self.administrator = administrator
      self.partner = partner
    }

    enum CodingKeys: String, CodingKey {
      case number, organization, administrator, partner
      case newOrganization = "new_organization"
      case purchasingAccounts = "purchasing_accounts"
    }
  }

  /// Changes an agreement; what is not mentioned stays.
  public struct AgreementChange: Codable, Hashable, Sendable {
    /// The partner who looks after it; `null` for none.
    public var partner: Change<String>
    /// `active` or `ended`.
    public var state: String?

    /// All members, in the order of the document.
    public init(partner: Change<String> = .keep, state: String? = nil) {
      self.partner = partner
      self.state = state
    }
  }

  /// What the person an agreement names was sent.
  public struct AdministratorTold: Codable, Hashable, Sendable {
    /// `invited`: a letter with a link. `added`: they have an account, hold the role already, and were told so without a link.
    public var result: String
    /// The invitation, when there is one.
    public var invitation: String?
    /// The account, when there is one.
    public var account: String?
    /// The end of the link, when there is one.
    public var expiresAt: String?

    /// All members, in the order of the document.
    public init(result: String, invitation: String? = nil, account: String? = nil, expiresAt: String? = nil) {
      self.result = result
      self.invitation = invitation
      self.account = account
      self.expiresAt = expiresAt
    }

    enum CodingKeys: String, CodingKey {
      case result, invitation, account
      case expiresAt = "expires_at"
    }
  }

  /// An agreement as it was registered, with what came of it.
  public struct RegisteredAgreement: Codable, Hashable, Sendable {
    /// The agreement.
    public var agreement: Agreement
    /// Who signed it.
    public var organization: Organization
    /// In the order they were given.
    public var purchasingAccounts: [PurchasingAccount]
    /// What the administrator was sent.
    public var administratorTold: AdministratorTold

    /// All members, in the order of the document.
    public init(
      agreement: Agreement, organization: Organization, purchasingAccounts: [PurchasingAccount],
      administratorTold: AdministratorTold
    ) {
      self.agreement = agreement
      self.organization = organization
      self.purchasingAccounts = purchasingAccounts
      self.administratorTold = administratorTold
    }

    enum CodingKeys: String, CodingKey {
      case agreement, organization
      case purchasingAccounts = "purchasing_accounts"
      case administratorTold = "administrator_told"
    }
  }

  /// An agreement after another administrator was named.
  public struct ChangedAdministrator: Codable, Hashable, Sendable {
    /// The agreement.
    public var agreement: Agreement
    /// What the administrator was sent.
    public var administratorTold: AdministratorTold

    /// All members, in the order of the document.
    public init(agreement: Agreement, administratorTold: AdministratorTold) {
      self.agreement = agreement
      self.administratorTold = administratorTold
    }

    enum CodingKeys: String, CodingKey {
      case agreement
      case administratorTold = "administrator_told"
    }
  }

  /// What was sent again for an agreement.
  public struct ResentInvitation: Codable, Hashable, Sendable {
    /// `invited`: a new link; earlier ones are worthless. `already_accepted`: a letter that leads to signing in. `sent`: one of the two; which, a
    /// partner does not learn.
    public var result: String
    /// The end of the link, when there is one.
    public var expiresAt: String?

    /// All members, in the order of the document.
    public init(result: String, expiresAt: String? = nil) {
      self.result = result
      self.expiresAt = expiresAt
    }

    enum CodingKeys: String, CodingKey {
      case result
      case expiresAt = "expires_at"
    }
  }
}
