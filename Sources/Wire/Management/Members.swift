extension Management {
  /// Somebody as a member of one organization.
  public struct Member: Codable, Hashable, Sendable {
    /// The id of the account.
    public var account: String
    /// The organization.
    public var organization: String
    /// The work address.
    public var email: String
    /// First name.
    public var firstName: String
    /// Last name.
    public var lastName: String
    /// Their language, as a BCP 47 tag.
    public var language: String
    /// ISO 3166-1 alpha-2.
    public var country: String?
    /// Whether this is their home organization, which governs the account; guests are governed elsewhere.
    public var home: Bool
    /// Of the membership: `active` or `suspended`.
    public var state: String
    /// Of the account: `active` or `suspended`. Told to the home organization alone.
    public var accountState: String?
    /// The roles held here.
    public var roles: [String]
    /// When they became a member.
    public var createdAt: String
    /// Counts changes of the membership.
    public var version: Int64

    /// All members, in the order of the document.
    public init(
      account: String, organization: String, email: String, firstName: String, lastName: String, language: String,
      country: String? = nil, home: Bool, state: String, accountState: String? = nil, roles: [String], createdAt: String,
      version: Int64
    ) {
      self.account = account
      self.organization = organization
      self.email = email
      self.firstName = firstName
      self.lastName = lastName
      self.language = language
      self.country = country
      self.home = home
      self.state = state
      self.accountState = accountState
      self.roles = roles
      self.createdAt = createdAt
      self.version = version
    }

    enum CodingKeys: String, CodingKey {
      case account, organization, email, language, country, home, state, roles, version
      case firstName = "first_name"
      case lastName = "last_name"
      case accountState = "account_state"
      case createdAt = "created_at"
    }
  }
}
