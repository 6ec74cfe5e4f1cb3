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

  /// Registers an application.
  public struct NewApplication: Codable, Hashable, Sendable {
    /// 1 to 100 characters.
    public var name: String
    /// `client_secret_basic` when absent.
    public var authentication: String?
    /// `authorization_code` when absent.
    public var grantTypes: [String]?
    /// At most 20; compared exactly.
    public var redirectURIs: [String]?
    /// At most 20; compared exactly.
    public var postSignOutRedirectURIs: [String]?
    /// At most 50.
    public var scopes: [String]?
    /// Absolute URIs, at most 20, each of one application alone.
    public var audiences: [String]?
    /// One of the audiences it is or may ask for.
    public var defaultAudience: String?
    /// At most 20.
    public var requestableAudiences: [String]?
    /// `ES256` when absent.
    public var signingAlgorithm: String?
    /// `work` when absent.
    public var admits: String?
    /// Organizations, at most 100.
    public var decidesIn: [String]?
    /// No when absent.
    public var trusted: Bool?
    /// No when absent.
    public var introspectsForAll: Bool?
    /// Where the dashboard leads.
    public var startURL: String?

    /// All members, in the order of the document.
    public init(
      name: String, authentication: String? = nil, grantTypes: [String]? = nil, redirectURIs: [String]? = nil,
      postSignOutRedirectURIs: [String]? = nil, scopes: [String]? = nil, audiences: [String]? = nil,
      defaultAudience: String? = nil, requestableAudiences: [String]? = nil, signingAlgorithm: String? = nil,
      admits: String? = nil, decidesIn: [String]? = nil, trusted: Bool? = nil, introspectsForAll: Bool? = nil,
      startURL: String? = nil
    ) {
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
      self.decidesIn = decidesIn
      self.trusted = trusted
      self.introspectsForAll = introspectsForAll
      self.startURL = startURL
    }

    enum CodingKeys: String, CodingKey {
      case name, authentication, scopes, audiences, admits, trusted
      case grantTypes = "grant_types"
      case redirectURIs = "redirect_uris"
      case postSignOutRedirectURIs = "post_sign_out_redirect_uris"
      case defaultAudience = "default_audience"
      case requestableAudiences = "requestable_audiences"
      case signingAlgorithm = "signing_algorithm"
      case decidesIn = "decides_in"
      case introspectsForAll = "introspects_for_all"
      case startURL = "start_url"
    }
  }

  /// Changes an application; what is not mentioned stays, and lists are replaced whole.
  public struct ApplicationChange: Codable, Hashable, Sendable {
    /// 1 to 100 characters.
    public var name: String?
    /// With `none` its secrets are forgotten.
    public var authentication: String?
    /// What it may do at the token endpoint.
    public var grantTypes: [String]?
    /// Compared exactly.
    public var redirectURIs: [String]?
    /// Compared exactly.
    public var postSignOutRedirectURIs: [String]?
    /// What it may ask for.
    public var scopes: [String]?
    /// What it is as a resource server.
    public var audiences: [String]?
    /// `null` for none.
    public var defaultAudience: Change<String>
    /// Other audiences it may ask tokens for.
    public var requestableAudiences: [String]?
    /// Of its tokens.
    public var signingAlgorithm: String?
    /// Whom it admits.
    public var admits: String?
    /// `null` for everywhere.
    public var decidesIn: Change<[String]>
    /// Whether it may sign people in.
    public var trusted: Bool?
    /// Whether it may learn about every token.
    public var introspectsForAll: Bool?
    /// `null` for none.
    public var startURL: Change<String>
    /// `active` or `disabled`. Disabling ends everything it was granted, for good.
    public var state: String?

    /// All members, in the order of the document.
    public init(
      name: String? = nil, authentication: String? = nil, grantTypes: [String]? = nil, redirectURIs: [String]? = nil,
      postSignOutRedirectURIs: [String]? = nil, scopes: [String]? = nil, audiences: [String]? = nil,
      defaultAudience: Change<String> = .keep, requestableAudiences: [String]? = nil, signingAlgorithm: String? = nil,
      admits: String? = nil, decidesIn: Change<[String]> = .keep, trusted: Bool? = nil, introspectsForAll: Bool? = nil,
      startURL: Change<String> = .keep, state: String? = nil
    ) {
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
      self.decidesIn = decidesIn
      self.trusted = trusted
      self.introspectsForAll = introspectsForAll
      self.startURL = startURL
      self.state = state
    }

    enum CodingKeys: String, CodingKey {
      case name, authentication, scopes, audiences, admits, trusted, state
      case grantTypes = "grant_types"
      case redirectURIs = "redirect_uris"
      case postSignOutRedirectURIs = "post_sign_out_redirect_uris"
      case defaultAudience = "default_audience"
      case requestableAudiences = "requestable_audiences"
      case signingAlgorithm = "signing_algorithm"
      case decidesIn = "decides_in"
      case introspectsForAll = "introspects_for_all"
      case startURL = "start_url"
    }
  }

  /// An application with the secret that was just made for it.
  public struct RegisteredApplication: Codable, Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The application.
    public var application: Application
    /// Shown this once and stored nowhere; absent for a public application.
    public var clientSecret: String?

    /// All members, in the order of the document.
    public init(application: Application, clientSecret: String? = nil) {
      self.application = application
      self.clientSecret = clientSecret
    }

    enum CodingKeys: String, CodingKey {
      case application
      case clientSecret = "client_secret"
    }

    /// Never the secret.
    public var description: String { "‹secret›" }
    /// Never the secret.
    public var customMirror: Mirror { Mirror(reflecting: description) }
  }

  /// Lets somebody register applications at `/oauth/register`.
  public struct NewInitialAccessToken: Codable, Hashable, Sendable {
    /// How many, 1 to 100.
    public var uses: Int
    /// Seconds it can be used for, 60 to 2592000.
    public var expiresIn: Int64

    /// All members, in the order of the document.
    public init(uses: Int, expiresIn: Int64) {
      self.uses = uses
      self.expiresIn = expiresIn
    }

    enum CodingKeys: String, CodingKey {
      case uses
      case expiresIn = "expires_in"
    }
  }

  /// A token for registering applications.
  public struct InitialAccessToken: Codable, Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// Shown this once and stored nowhere.
    public var token: String
    /// How many applications can be registered with it.
    public var uses: Int
    /// When it ends.
    public var expiresAt: String

    /// All members, in the order of the document.
    public init(token: String, uses: Int, expiresAt: String) {
      self.token = token
      self.uses = uses
      self.expiresAt = expiresAt
    }

    enum CodingKeys: String, CodingKey {
      case token, uses
      case expiresAt = "expires_at"
    }

    /// Never the secret.
    public var description: String { "‹secret›" }
    /// Never the secret.
    public var customMirror: Mirror { Mirror(reflecting: description) }
  }
}
