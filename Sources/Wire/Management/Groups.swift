extension Management {
  /// Some members of an organization under one name: what the group holds counts for each of them.
  public struct Group: Codable, Hashable, Sendable {
    /// Its id.
    public var id: String
    /// Where it is.
    public var organization: String
    /// What people call it; unique in the organization, and nothing is decided by it.
    public var name: String
    /// What it is for.
    public var description: String?
    /// When it was made.
    public var createdAt: String
    /// Counts changes of name and description; also the ETag.
    public var version: Int64

    /// All members, in the order of the document.
    public init(id: String, organization: String, name: String, description: String? = nil, createdAt: String, version: Int64) {
      self.id = id
      self.organization = organization
      self.name = name
      self.description = description
      self.createdAt = createdAt
      self.version = version
    }

    enum CodingKeys: String, CodingKey {
      case id, organization, name, description, version
      case createdAt = "created_at"
    }
  }

  /// Makes a group.
  public struct NewGroup: Codable, Hashable, Sendable {
    /// What people call it.
    public var name: String
    /// What it is for.
    public var description: String?

    /// All members, in the order of the document.
    public init(name: String, description: String? = nil) {
      self.name = name
      self.description = description
    }
  }

  /// Calls a group something else.
  public struct GroupChange: Codable, Hashable, Sendable {
    /// What people call it.
    public var name: String?
    /// What it is for; `null` says nothing of it.
    public var description: Change<String>

    /// All members, in the order of the document.
    public init(name: String? = nil, description: Change<String>) {
      self.name = name
      self.description = description
    }
  }

  /// Somebody who belongs to a group.
  public struct GroupMember: Codable, Hashable, Sendable {
    /// `user`, `application`, or the type of a registered subject.
    public var type: String
    /// The id of the account, the `client_id` of the application, or the id of the subject.
    public var id: String
    /// Who added them, as the audit trail names actors.
    public var addedBy: String
    /// When.
    public var addedAt: String

    /// All members, in the order of the document.
    public init(type: String, id: String, addedBy: String, addedAt: String) {
      self.type = type
      self.id = id
      self.addedBy = addedBy
      self.addedAt = addedAt
    }

    enum CodingKeys: String, CodingKey {
      case type, id
      case addedBy = "added_by"
      case addedAt = "added_at"
    }
  }
}
