extension Management {
  /// A thing of an application that is registered as belonging to one organization.
  public struct Resource: Codable, Hashable, Sendable {
    /// The first half of permissions about it.
    public var type: String
    /// Its name, as the application knows it.
    public var id: String
    /// Where decisions about it are made.
    public var organization: String
    /// When it was registered.
    public var createdAt: String
    /// Counts changes; also the ETag.
    public var version: Int64

    /// All members, in the order of the document.
    public init(type: String, id: String, organization: String, createdAt: String, version: Int64) {
      self.type = type
      self.id = id
      self.organization = organization
      self.createdAt = createdAt
      self.version = version
    }

    enum CodingKeys: String, CodingKey {
      case type, id, organization, version
      case createdAt = "created_at"
    }
  }

  /// Says which organization a resource belongs to.
  public struct ResourceOwner: Codable, Hashable, Sendable {
    /// The organization.
    public var organization: String

    /// All members, in the order of the document.
    public init(organization: String) {
      self.organization = organization
    }
  }
}
