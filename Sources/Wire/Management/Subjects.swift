public import Primitives

extension Management {
  /// Somebody or something without an account that holds roles all the same: a vehicle, a terminal, a person of another system.
  public struct Subject: Codable, Hashable, Sendable {
    /// What it is.
    public var type: String
    /// What services call it; unique with the type in the organization.
    public var id: String
    /// Who registered it.
    public var organization: String
    /// What conditions may ask about it.
    public var attributes: JSONObject
    /// `active` or `suspended`.
    public var state: String
    /// When it was registered.
    public var createdAt: String
    /// Counts changes; also the ETag.
    public var version: Int64

    /// All members, in the order of the document.
    public init(
      type: String, id: String, organization: String, attributes: JSONObject, state: String, createdAt: String, version: Int64
    ) {
      self.type = type
      self.id = id
      self.organization = organization
      self.attributes = attributes
      self.state = state
      self.createdAt = createdAt
      self.version = version
    }

    enum CodingKeys: String, CodingKey {
      case type, id, organization, attributes, state, version
      case createdAt = "created_at"
    }
  }

  /// Says whole what is kept of a registered subject.
  public struct SubjectDefinition: Codable, Hashable, Sendable {
    /// What conditions may ask about it; nothing when absent.
    public var attributes: JSONObject?
    /// `active`, also when absent, or `suspended`.
    public var state: String?

    /// All members, in the order of the document.
    public init(attributes: JSONObject? = nil, state: String? = nil) {
      self.attributes = attributes
      self.state = state
    }
  }

  /// A registered subject, as services call it.
  public struct SubjectName: Codable, Hashable, Sendable {
    /// What it is.
    public var type: String
    /// Its id, unique with the type in the organization.
    public var id: String

    /// All members, in the order of the document.
    public init(type: String, id: String) {
      self.type = type
      self.id = id
    }
  }

  /// One of many subjects to be registered.
  public struct NewSubject: Codable, Hashable, Sendable {
    /// What it is.
    public var type: String
    /// What services call it; unique with the type in the organization.
    public var id: String
    /// What conditions may ask about it; nothing when absent.
    public var attributes: JSONObject?
    /// `active`, also when absent, or `suspended`.
    public var state: String?

    /// All members, in the order of the document.
    public init(type: String, id: String, attributes: JSONObject? = nil, state: String? = nil) {
      self.type = type
      self.id = id
      self.attributes = attributes
      self.state = state
    }
  }

  /// Registers many subjects, all of them or none.
  public struct NewSubjects: Codable, Hashable, Sendable {
    /// Each stands there once.
    public var subjects: [NewSubject]

    /// All members, in the order of the document.
    public init(subjects: [NewSubject]) { self.subjects = subjects }
  }
}
