extension Management {
  /// A company, a partner, or the portal itself.
  public struct Organization: Codable, Hashable, Sendable {
    /// Its id.
    public var id: String
    /// `portal`, `customer` or `partner`.
    public var kind: String
    /// What people call it. Names are not unique.
    public var name: String
    /// `active` or `closed`; in a closed organization nobody holds anything.
    public var state: String
    /// When it was made.
    public var createdAt: String
    /// Counts changes; also the ETag.
    public var version: Int64

    /// All members, in the order of the document.
    public init(id: String, kind: String, name: String, state: String, createdAt: String, version: Int64) {
      self.id = id
      self.kind = kind
      self.name = name
      self.state = state
      self.createdAt = createdAt
      self.version = version
    }

    enum CodingKeys: String, CodingKey {
      case id, kind, name, state, version
      case createdAt = "created_at"
    }
  }

  /// Registers a customer or a partner.
  public struct NewOrganization: Codable, Hashable, Sendable {
    /// 1 to 200 characters.
    public var name: String

    /// All members, in the order of the document.
    public init(name: String) {
      self.name = name
    }
  }

  /// Changes an organization; what is not mentioned stays.
  public struct OrganizationChange: Codable, Hashable, Sendable {
    /// 1 to 200 characters.
    public var name: String?
    /// `active` or `closed`. The portal cannot be closed.
    public var state: String?

    /// All members, in the order of the document.
    public init(name: String? = nil, state: String? = nil) {
      self.name = name
      self.state = state
    }
  }
}
