package import AccessControl
package import Primitives

/// A service of the portal: signs people in (relying party), is called with tokens (resource server), or both. `client_id` on the wire is its id.
package struct Application: Sendable, Hashable {
  package enum State: String, Sendable { case active, disabled }

  /// How it proves who it is at our endpoints (RFC 6749 §2.3, RFC 7591 §2 `token_endpoint_auth_method`).
  package enum Authentication: String, Sendable, CaseIterable {
    case basic = "client_secret_basic"
    case post = "client_secret_post"
    /// A public client: holds no secret, uses PKCE alone.
    case none
  }

  package enum GrantType: String, Sendable, CaseIterable {
    case authorizationCode = "authorization_code"
    case refreshToken = "refresh_token"
    case clientCredentials = "client_credentials"
  }

  package enum Admission: String, Sendable, CaseIterable {
    case work, personal, both

    package func admits(_ kind: Account.KindName) -> Bool {
      switch self {
      case .both: true
      case .work: kind == .work
      case .personal: kind == .personal
      }
    }
  }

  /// A secret by its digest; two may be valid at a time during rotation.
  package struct Secret: Sendable, Hashable {
    package let digest: SecretDigest
    package let createdAt: Timestamp
    /// When it stops being accepted; nil while it is the current one.
    package var expiresAt: Timestamp?

    package init(digest: SecretDigest, createdAt: Timestamp, expiresAt: Timestamp? = nil) {
      self.digest = digest
      self.createdAt = createdAt
      self.expiresAt = expiresAt
    }
  }

  /// How many secrets are valid at a time: the current one, and its predecessor during rotation.
  package static let validSecrets = 2

  package let id: ApplicationID
  package var name: String
  package var authentication: Authentication
  package var secrets: [Secret]
  package var grantTypes: Set<GrantType>
  package var redirectURIs: [String]
  package var postSignOutRedirectURIs: [String]
  /// Every scope it may ask for.
  package var scopes: Set<String>
  /// The audiences this application is, as a resource server: absolute URIs it may introspect and be asked for as `resource`.
  package var audiences: [String]
  /// The `aud` of its access tokens when a request names no `resource` (RFC 8707 §2).
  package var defaultAudience: String?
  /// Other audiences it may ask tokens for; whether it still may is judged anew for every token (`mayAsk`).
  package var requestableAudiences: [String]
  /// Which application each of them was when it was listed: that is whose tokens were agreed to, whoever may take the name later.
  package var audienceHolders: [String: ApplicationID]
  package var signingAlgorithm: SignatureAlgorithm
  package var admits: Admission
  /// The organization that owns it; nil for a portal-wide application.
  package var owner: OrganizationID?
  /// For a portal-wide application: the organizations in which it may ask for decisions; nil admits it everywhere.
  package var decidesIn: Set<OrganizationID>?
  /// Only trusted applications may sign people in.
  package var isTrusted: Bool
  /// May learn about every token at the introspection endpoint.
  package var introspectsForAll: Bool
  /// Where the dashboard leads, for an application that people open from there.
  package var startURL: String?
  package var state: State
  package let createdAt: Timestamp
  package var version: Int64

  package init(
    id: ApplicationID, name: String, authentication: Authentication, secrets: [Secret] = [], grantTypes: Set<GrantType>,
    redirectURIs: [String] = [], postSignOutRedirectURIs: [String] = [], scopes: Set<String>, audiences: [String] = [],
    defaultAudience: String? = nil, requestableAudiences: [String] = [], audienceHolders: [String: ApplicationID] = [:],
    signingAlgorithm: SignatureAlgorithm = .es256,
    admits: Admission = .work, owner: OrganizationID? = nil, decidesIn: Set<OrganizationID>? = nil, isTrusted: Bool = false,
    introspectsForAll: Bool = false, startURL: String? = nil, state: State = .active, createdAt: Timestamp, version: Int64 = 1
  ) {
    self.id = id
    self.name = name
    self.authentication = authentication
    self.secrets = secrets
    self.grantTypes = grantTypes
    self.redirectURIs = redirectURIs
    self.postSignOutRedirectURIs = postSignOutRedirectURIs
    self.scopes = scopes
    self.audiences = audiences
    self.defaultAudience = defaultAudience
    self.requestableAudiences = requestableAudiences
    self.audienceHolders = audienceHolders
    self.signingAlgorithm = signingAlgorithm
    self.admits = admits
    self.owner = owner
    self.decidesIn = decidesIn
    self.isTrusted = isTrusted
    self.introspectsForAll = introspectsForAll
    self.startURL = startURL
    self.state = state
    self.createdAt = createdAt
    self.version = version
  }

  package var isPublic: Bool { authentication == .none }
}

/// Lets somebody register applications (RFC 7591 §3 initial access token).
package struct InitialAccessToken: Sendable, Hashable {
  package let digest: SecretDigest
  package let createdBy: String
  package let createdAt: Timestamp
  package let expiresAt: Timestamp
  package var usesLeft: Int

  package init(digest: SecretDigest, createdBy: String, createdAt: Timestamp, expiresAt: Timestamp, usesLeft: Int) {
    self.digest = digest
    self.createdBy = createdBy
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.usesLeft = usesLeft
  }
}
