public import Primitives

extension Management {
  /// One resource, registered or not.
  public struct ResourceName: Codable, Hashable, Sendable {
    /// The first half of permissions about it.
    public var type: String
    /// Its name, as the application knows it.
    public var id: String

    /// All members, in the order of the document.
    public init(type: String, id: String) {
      self.type = type
      self.id = id
    }
  }

  /// A thing of an application that is registered as belonging to one organization.
  public struct Resource: Codable, Hashable, Sendable {
    /// The first half of permissions about it.
    public var type: String
    /// Its name, as the application knows it.
    public var id: String
    /// Where decisions about it are made.
    public var organization: String
    /// What it lies in.
    public var parent: ResourceName?
    /// What conditions may ask about it.
    public var attributes: JSONObject
    /// When it was registered.
    public var createdAt: String
    /// Counts changes; also the ETag.
    public var version: Int64

    /// All members, in the order of the document.
    public init(
      type: String, id: String, organization: String, parent: ResourceName? = nil, attributes: JSONObject, createdAt: String,
      version: Int64
    ) {
      self.type = type
      self.id = id
      self.organization = organization
      self.parent = parent
      self.attributes = attributes
      self.createdAt = createdAt
      self.version = version
    }

    enum CodingKeys: String, CodingKey {
      case type, id, organization, parent, attributes, version
      case createdAt = "created_at"
    }
  }

  /// Says whole where a resource belongs, and what is kept of it.
  public struct ResourceOwner: Codable, Hashable, Sendable {
    /// The organization.
    public var organization: String
    /// What it lies in; nothing when absent.
    public var parent: ResourceName?
    /// What conditions may ask about it; nothing when absent.
    public var attributes: JSONObject?

    /// All members, in the order of the document.
    public init(organization: String, parent: ResourceName? = nil, attributes: JSONObject? = nil) {
      self.organization = organization
      self.parent = parent
      self.attributes = attributes
    }
  }

  /// One of many resources to be registered.
  public struct NewResource: Codable, Hashable, Sendable {
    /// The first half of permissions about it.
    public var type: String
    /// Its name, as the application knows it.
    public var id: String
    /// What it lies in; it may stand in the same list.
    public var parent: ResourceName?
    /// What conditions may ask about it.
    public var attributes: JSONObject?

    /// All members, in the order of the document.
    public init(type: String, id: String, parent: ResourceName? = nil, attributes: JSONObject? = nil) {
      self.type = type
      self.id = id
      self.parent = parent
      self.attributes = attributes
    }
  }

  /// Registers many resources of one organization, all of them or none.
  public struct NewResources: Codable, Hashable, Sendable {
    /// The organization of all of them.
    public var organization: String
    /// Each stands there once.
    public var resources: [NewResource]

    /// All members, in the order of the document.
    public init(organization: String, resources: [NewResource]) {
      self.organization = organization
      self.resources = resources
    }
  }
}
