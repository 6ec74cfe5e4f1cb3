extension Management {
  /// A service of the portal.
  public struct Application: Codable, Hashable, Sendable {
    /// Its id.
    public var clientID: String
    /// What people call it.
    public var name: String
    /// How it proves who it is: `client_secret_basic`, `client_secret_post` or `none`.
    public var authentication: String
    /// `authorization_code`, `refresh_token`, `client_credentials`.
    public var grantTypes: [String]
    /// Where browsers may be sent with an answer.
    public var redirectURIs: [String]
    /// Where browsers may be sent after signing out.
    public var postSignOutRedirectURIs: [String]
    /// What it may ask for.
    public var scopes: [String]
    /// What it is as a resource server.
    public var audiences: [String]
    /// The audience of its tokens when a request names none.
    public var defaultAudience: String?
    /// Other audiences it may ask tokens for.
    public var requestableAudiences: [String]
    /// Of its tokens: `ES256` or `RS256`.
    public var signingAlgorithm: String
    /// Whom it admits: `work`, `personal` or `both`.
    public var admits: String
    /// The organization that owns it; absent for one that serves the whole portal.
    public var owner: String?
    /// For one that serves the portal: where it may ask for decisions; absent for everywhere.
    public var decidesIn: [String]?
    /// Whether it may sign people in. The portal says so.
    public var trusted: Bool
    /// Whether it may learn about every token. The portal says so.
    public var introspectsForAll: Bool
    /// Where the dashboard leads.
    public var startURL: String?
    /// `active` or `disabled`.
    public var state: String
    /// Its secrets, without the secrets: at most two, of which the older ends soon.
    public var secrets: [ApplicationSecret]
    /// When it was made.
    public var createdAt: String
    /// Counts changes; also the ETag.
    public var version: Int64

    /// All members, in the order of the document.
    public init(
      clientID: String, name: String, authentication: String, grantTypes: [String], redirectURIs: [String],
      postSignOutRedirectURIs: [String], scopes: [String], audiences: [String], defaultAudience: String? = nil,
      requestableAudiences: [String], signingAlgorithm: String, admits: String, owner: String? = nil, decidesIn: [String]? = nil,
      trusted: Bool, introspectsForAll: Bool, startURL: String? = nil, state: String, secrets: [ApplicationSecret],
      createdAt: String, version: Int64
    ) {
      self.clientID = clientID
      self.name = name
      self.authentication = authentication
      self.grantTypes = grantTypes
      self.redirectURIs = redirectURIs
      self.postSignOutRedirectURIs = postSignOutRedirectURIs
      self.scopes = scopes
      self.audiences = audiences
      self.defaultAudience = defaultAudience
      self.requestableAudiences = requestableAudiences
      self.signingAlgorithm = signingAlgorithm
      self.admits = admits
      self.owner = owner
      self.decidesIn = decidesIn
      self.trusted = trusted
      self.introspectsForAll = introspectsForAll
      self.startURL = startURL
      self.state = state
      self.secrets = secrets
      self.createdAt = createdAt
      self.version = version
    }

    enum CodingKeys: String, CodingKey {
      case name, authentication, scopes, audiences, admits, owner, trusted, state, secrets, version
      case clientID = "client_id"
      case grantTypes = "grant_types"
      case redirectURIs = "redirect_uris"
      case postSignOutRedirectURIs = "post_sign_out_redirect_uris"
      case defaultAudience = "default_audience"
      case requestableAudiences = "requestable_audiences"
      case signingAlgorithm = "signing_algorithm"
      case decidesIn = "decides_in"
      case introspectsForAll = "introspects_for_all"
      case startURL = "start_url"
      case createdAt = "created_at"
    }
  }

  /// When a secret was made and when it ends.
  public struct ApplicationSecret: Codable, Hashable, Sendable {
    /// When it was made.
    public var createdAt: String
    /// When it stops working; absent for the newest.
    public var expiresAt: String?

    /// All members, in the order of the document.
    public init(createdAt: String, expiresAt: String? = nil) {
      self.createdAt = createdAt
      self.expiresAt = expiresAt
    }

    enum CodingKeys: String, CodingKey {
      case createdAt = "created_at"
      case expiresAt = "expires_at"
    }
  }
}
