internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

/// What a new application, a change and an application have in common, said once.
private struct Setting {
  let name: String
  let schema: Schema
  let about: String

  init(_ name: String, _ schema: Schema, _ about: String) {
    self.name = name
    self.schema = schema
    self.about = about
  }

  var required: Message.Member { .required(name, schema, about) }
  var optional: Message.Member { .optional(name, schema, about) }
  var clearable: Message.Member { .clearable(name, schema, about) }

  private static let address = Schema.text(1...2_000, .uri)
  private static let addresses = Schema.list(address, 0...20)
  private static let audience = Schema.text(1...500, .uri)

  static let grantTypes = Setting(
    "grant_types", .list(.words(Application.GrantType.self), 0...3), "What it may do at the token endpoint.")
  static let redirectURIs = Setting("redirect_uris", addresses, "Where browsers may be sent with an answer; compared exactly.")
  static let postSignOutRedirectURIs = Setting(
    "post_sign_out_redirect_uris", addresses, "Where browsers may be sent after signing out; compared exactly.")
  static let scopes = Setting("scopes", .list(.text(1...100), 0...50), "What it may ask for.")
  static let audiences = Setting(
    "audiences", .list(audience, 0...20), "What it is as a resource server; each is one application's alone.")
  static let defaultAudience = Setting("default_audience", audience, "The audience of its tokens when a request names none.")
  static let requestableAudiences = Setting(
    "requestable_audiences", .list(audience, 0...20),
    "Other audiences it may ask tokens for. One of another owner counts while it is the application it was when it was listed.")
  static let decidesIn = Setting(
    "decides_in", .list(.id, 0...100), "For one that serves the portal: where it may ask for decisions; absent for everywhere.")
  static let trusted = Setting("trusted", .flag, "Whether it may sign people in. Only the portal says so.")
  static let introspectsForAll = Setting(
    "introspects_for_all", .flag, "Whether it may learn about every token. Only the portal says so.")
  static let startURL = Setting("start_url", address, "Where the dashboard leads.")
}

extension Management.Application: Described {
  static let message = Message(
    "Application", "A service of the portal.",
    [
      .required("client_id", .id), .required("name", .text(1...100)),
      .required("authentication", .words(Application.Authentication.self), "How it proves who it is."),
      Setting.grantTypes.required, Setting.redirectURIs.required,
      Setting.postSignOutRedirectURIs.required, Setting.scopes.required,
      Setting.audiences.required, Setting.defaultAudience.optional,
      Setting.requestableAudiences.required,
      .required("signing_algorithm", .words(SignatureAlgorithm.self), "Of its tokens."),
      .required("admits", .words(Application.Admission.self), "Whom it admits."),
      .optional("owner", .id, "The organization that owns it; absent for one that serves the whole portal."),
      Setting.decidesIn.optional, Setting.trusted.required, Setting.introspectsForAll.required,
      Setting.startURL.optional, .required("state", .word(["active", "disabled"])),
      .required("secrets", .list(.message(Management.ApplicationSecret.message), 0...2), "Never the secrets themselves."),
      .required("created_at", .time), .required("version", .count, "Counts changes; also the ETag."),
    ])

  var countedVersion: Int64? { version }

  init(_ application: Application) {
    self.init(
      clientID: application.id.text, name: application.name, authentication: application.authentication.rawValue,
      grantTypes: application.grantTypes.map(\.rawValue).sorted(), redirectURIs: application.redirectURIs,
      postSignOutRedirectURIs: application.postSignOutRedirectURIs, scopes: application.scopes.sorted(),
      audiences: application.audiences, defaultAudience: application.defaultAudience,
      requestableAudiences: application.requestableAudiences, signingAlgorithm: application.signingAlgorithm.rawValue,
      admits: application.admits.rawValue, owner: application.owner?.text,
      decidesIn: application.decidesIn.map { $0.sorted().map(\.text) }, trusted: application.isTrusted,
      introspectsForAll: application.introspectsForAll, startURL: application.startURL, state: application.state.rawValue,
      secrets: application.secrets.map {
        Management.ApplicationSecret(createdAt: $0.createdAt.rfc3339, expiresAt: $0.expiresAt?.rfc3339)
      },
      createdAt: application.createdAt.rfc3339, version: application.version)
  }
}

extension Management.ApplicationSecret: Described {
  static let message = Message(
    "ApplicationSecret", "When a secret was made and when it ends.",
    [.required("created_at", .time), .optional("expires_at", .time, "Absent for the newest.")])
}

extension Management.NewApplication: Described {
  static let message = Message(
    "NewApplication", "Registers an application.",
    [
      .required("name", .text(1...100)),
      .optional("authentication", .words(Application.Authentication.self), "`client_secret_basic` when absent."),
      Setting.grantTypes.optional, Setting.redirectURIs.optional,
      Setting.postSignOutRedirectURIs.optional, Setting.scopes.optional,
      Setting.audiences.optional, Setting.defaultAudience.optional,
      Setting.requestableAudiences.optional,
      .optional("signing_algorithm", .words(SignatureAlgorithm.self), "`ES256` when absent."),
      .optional("admits", .words(Application.Admission.self), "`work` when absent."), Setting.decidesIn.optional,
      Setting.trusted.optional, Setting.introspectsForAll.optional, Setting.startURL.optional,
    ])

  var details: ApplicationDetails {
    var details = ApplicationDetails(
      name: name, authentication: authentication.flatMap { Application.Authentication(rawValue: $0) } ?? .basic,
      grantTypes: Set(grantTypes?.compactMap { Application.GrantType(rawValue: $0) } ?? [.authorizationCode]))
    details.redirectURIs = redirectURIs ?? []
    details.postSignOutRedirectURIs = postSignOutRedirectURIs ?? []
    details.scopes = Set(scopes ?? [])
    details.audiences = audiences ?? []
    details.defaultAudience = defaultAudience
    details.requestableAudiences = requestableAudiences ?? []
    details.signingAlgorithm = signingAlgorithm.flatMap { SignatureAlgorithm(rawValue: $0) } ?? .es256
    details.admits = admits.flatMap { Application.Admission(rawValue: $0) } ?? .work
    details.decidesIn = decidesIn.map { Set($0.map { OrganizationID(trusted: $0) }) }
    details.isTrusted = trusted ?? false
    details.introspectsForAll = introspectsForAll ?? false
    details.startURL = startURL
    return details
  }
}

extension Management.ApplicationChange: Described {
  static let message = Message(
    "ApplicationChange", "Changes an application; what is not mentioned stays, and lists are replaced whole.",
    [
      .optional("name", .text(1...100)),
      .optional("authentication", .words(Application.Authentication.self), "With `none` its secrets are forgotten."),
      Setting.grantTypes.optional, Setting.redirectURIs.optional,
      Setting.postSignOutRedirectURIs.optional, Setting.scopes.optional,
      Setting.audiences.optional, Setting.defaultAudience.clearable,
      Setting.requestableAudiences.optional,
      .optional("signing_algorithm", .words(SignatureAlgorithm.self), "Of its tokens."),
      .optional("admits", .words(Application.Admission.self), "Whom it admits."), Setting.decidesIn.clearable,
      Setting.trusted.optional, Setting.introspectsForAll.optional, Setting.startURL.clearable,
    ])

  /// Writes what is mentioned into the details as they are.
  func apply(to details: inout ApplicationDetails) {
    if let name { details.name = name }
    if let value = authentication.flatMap({ Application.Authentication(rawValue: $0) }) { details.authentication = value }
    if let grantTypes { details.grantTypes = Set(grantTypes.compactMap { Application.GrantType(rawValue: $0) }) }
    if let redirectURIs { details.redirectURIs = redirectURIs }
    if let postSignOutRedirectURIs { details.postSignOutRedirectURIs = postSignOutRedirectURIs }
    if let scopes { details.scopes = Set(scopes) }
    if let audiences { details.audiences = audiences }
    defaultAudience.apply(to: &details.defaultAudience) { $0 }
    if let requestableAudiences { details.requestableAudiences = requestableAudiences }
    if let value = signingAlgorithm.flatMap({ SignatureAlgorithm(rawValue: $0) }) { details.signingAlgorithm = value }
    if let value = admits.flatMap({ Application.Admission(rawValue: $0) }) { details.admits = value }
    decidesIn.apply(to: &details.decidesIn) { Set($0.map { OrganizationID(trusted: $0) }) }
    if let trusted { details.isTrusted = trusted }
    if let introspectsForAll { details.introspectsForAll = introspectsForAll }
    startURL.apply(to: &details.startURL) { $0 }
  }
}

extension Management.Change {
  fileprivate func apply<Target>(to target: inout Target?, _ made: (Value) -> Target) {
    switch self {
    case .keep: break
    case .clear: target = nil
    case .set(let value): target = made(value)
    }
  }
}

extension Management.RegisteredApplication: Described {
  static let message = Message(
    "RegisteredApplication", "An application with the secret that was just made for it.",
    [
      .required("application", .message(Management.Application.message)),
      .optional("client_secret", .line, "Shown this once and stored nowhere; absent for a public application."),
    ])

  var countedVersion: Int64? { application.version }

  init(_ registered: RegisteredApplication) {
    self.init(application: Management.Application(registered.application), clientSecret: registered.secret?.reveal())
  }
}

extension Management.NewInitialAccessToken: Described {
  static let message = Message(
    "NewInitialAccessToken", "Lets somebody register applications at `/oauth/register`.",
    [.required("uses", .integer(1...100)), .required("expires_in", .integer(60...2_592_000), "Seconds it can be used for.")])
}

extension Management.InitialAccessToken: Described {
  static let message = Message(
    "InitialAccessToken", "A token for registering applications.",
    [
      .required("token", .line, "Shown this once and stored nowhere."), .required("uses", .integer(1...100)),
      .required("expires_at", .time),
    ])
}
