extension Management {
  /// What an organization buys through, under one agreement.
  public struct PurchasingAccount: Codable, Hashable, Sendable {
    /// Its id.
    public var id: String
    /// Its number, unique without regard to case.
    public var number: String
    /// The agreement it stands under.
    public var agreement: String
    /// The organization that signed the agreement.
    public var organization: String
    /// When it was made.
    public var createdAt: String

    /// All members, in the order of the document.
    public init(id: String, number: String, agreement: String, organization: String, createdAt: String) {
      self.id = id
      self.number = number
      self.agreement = agreement
      self.organization = organization
      self.createdAt = createdAt
    }

    enum CodingKeys: String, CodingKey {
      case id, number, agreement, organization
      case createdAt = "created_at"
    }
  }

  /// Adds a purchasing account to an agreement.
  public struct NewPurchasingAccount: Codable, Hashable, Sendable {
    /// 1 to 40 letters, digits, `-`, `/` and `.`.
    public var number: String

    /// All members, in the order of the document.
    public init(number: String) {
      self.number = number
    }
  }
}
