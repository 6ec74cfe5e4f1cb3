extension Management {
  /// A browser in which somebody is signed in.
  public struct Session: Codable, Hashable, Sendable {
    /// Its id, the `sid` of tokens.
    public var id: String
    /// Who is signed in.
    public var account: String
    /// When the person last proved who they are.
    public var authenticatedAt: String
    /// When it began.
    public var createdAt: String
    /// When it was last used, to the minute.
    public var lastSeenAt: String
    /// When it ends whatever happens; it ends earlier when it is not used.
    public var expiresAt: String
    /// How the browser describes itself.
    public var userAgent: String
    /// The network address it began from.
    public var address: String

    /// All members, in the order of the document.
    public init(
      id: String, account: String, authenticatedAt: String, createdAt: String, lastSeenAt: String, expiresAt: String,
      userAgent: String, address: String
    ) {
      self.id = id
      self.account = account
      self.authenticatedAt = authenticatedAt
      self.createdAt = createdAt
      self.lastSeenAt = lastSeenAt
      self.expiresAt = expiresAt
      self.userAgent = userAgent
      self.address = address
    }

    enum CodingKeys: String, CodingKey {
      case id, account, address
      case authenticatedAt = "authenticated_at"
      case createdAt = "created_at"
      case lastSeenAt = "last_seen_at"
      case expiresAt = "expires_at"
      case userAgent = "user_agent"
    }
  }

  /// How many sessions were ended.
  public struct EndedSessions: Codable, Hashable, Sendable {
    /// How many.
    public var ended: Int

    /// All members, in the order of the document.
    public init(ended: Int) {
      self.ended = ended
    }
  }
}
