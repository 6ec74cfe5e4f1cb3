extension Management {
  /// An offer to join an organization with certain roles.
  public struct Invitation: Codable, Hashable, Sendable {
    /// Its id.
    public var id: String
    /// The organization it is for.
    public var organization: String
    /// The mailbox it was sent to.
    public var email: String
    /// First name.
    public var firstName: String
    /// Last name.
    public var lastName: String
    /// The language of the letter, as a BCP 47 tag.
    public var language: String
    /// ISO 3166-1 alpha-2.
    public var country: String?
    /// The roles it offers.
    public var roles: [String]
    /// `pending`, `accepted` or `withdrawn`.
    public var state: String
    /// The end of its newest link. A pending invitation past it can be sent again.
    public var expiresAt: String?
    /// The agreement that caused it.
    public var agreement: String?
    /// The account of the inviter, where a person invited.
    public var invitedBy: String?
    /// The account that accepted it.
    public var acceptedBy: String?
    /// When it was made.
    public var createdAt: String
    /// Counts changes.
    public var version: Int64

    /// All members, in the order of the document.
    public init(
      id: String, organization: String, email: String, firstName: String, lastName: String, language: String,
      country: String? = nil, roles: [String], state: String, expiresAt: String? = nil, agreement: String? = nil,
      invitedBy: String? = nil, acceptedBy: String? = nil, createdAt: String, version: Int64
    ) {
      self.id = id
      self.organization = organization
      self.email = email
      self.firstName = firstName
      self.lastName = lastName
      self.language = language
      self.country = country
      self.roles = roles
      self.state = state
      self.expiresAt = expiresAt
      self.agreement = agreement
      self.invitedBy = invitedBy
      self.acceptedBy = acceptedBy
      self.createdAt = createdAt
      self.version = version
    }

    enum CodingKeys: String, CodingKey {
      case id, organization, email, language, country, roles, state, agreement, version
      case firstName = "first_name"
      case lastName = "last_name"
      case expiresAt = "expires_at"
      case invitedBy = "invited_by"
      case acceptedBy = "accepted_by"
      case createdAt = "created_at"
    }
  }

  /// Invites somebody.
  public struct NewInvitation: Codable, Hashable, Sendable {
    /// The mailbox the letter goes to.
    public var email: String
    /// 1 to 100 characters.
    public var firstName: String
    /// 1 to 100 characters.
    public var lastName: String
    /// The language of the letter, as a BCP 47 tag; English when absent.
    public var language: String?
    /// ISO 3166-1 alpha-2.
    public var country: String?
    /// At least one; each must be one the caller may grant by invitation.
    public var roles: [String]

    /// All members, in the order of the document.
    public init(
      email: String, firstName: String, lastName: String, language: String? = nil, country: String? = nil, roles: [String]
    ) {
      self.email = email
      self.firstName = firstName
      self.lastName = lastName
      self.language = language
      self.country = country
      self.roles = roles
    }

    enum CodingKeys: String, CodingKey {
      case email, language, country, roles
      case firstName = "first_name"
      case lastName = "last_name"
    }
  }
}
