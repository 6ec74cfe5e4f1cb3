internal import Identity
internal import Logging
internal import Mail
internal import Primitives
internal import StoragePostgres

/// Everything Usher was told, read once at start and handed to the parts as small values.
struct Configuration: Sendable {
  struct Addresses: Sendable {
    let publicAddress: Origin
    let listen: ListenAddress
    let trustedProxies: [AddressRange]
  }

  struct Requests: Sendable {
    let idleTimeout: Duration
    let bodyTimeout: Duration
    let drainTime: Duration
    /// 0: as many as the process may have files open, less some for the rest.
    let connections: Int
  }

  struct Storage: Sendable {
    let dataFolder: String
    let database: DatabaseLocation
    /// Where to listen for other instances, when `database` leads through a pooler.
    let databaseListen: PostgresAddress?
    let databaseConnections: Int
    let rootKeyFile: String
  }

  struct Letters: Sendable {
    /// nil: letters go to `folder`.
    let server: MailServer?
    let from: EmailAddress
    let folder: String
  }

  struct MailServer: Sendable {
    let host: String
    let port: Int
    let security: SMTPSettings.Security
    let user: String?
    let passwordFile: String?
    let authoritiesFile: String?
  }

  struct Passwords: Sendable {
    let cost: PasswordCost
    /// 0: one fewer than there are processors.
    let hashingThreads: Int
    let hashingQueue: Int
    let breachedFile: String?
  }

  struct Log: Sendable {
    let level: Logger.Level
    let format: LineLogHandler.Format
  }

  let addresses: Addresses
  /// Files that replace what pages and letters are made of; nil: all as built in.
  let appearanceFolder: String?
  let requests: Requests
  let storage: Storage
  let letters: Letters
  /// What the use cases go by.
  let identity: IdentitySettings
  let passwords: Passwords
  let log: Log
}

extension Configuration {
  /// Reads the settings and checks them, each alone and then against one another.
  ///
  /// - Throws: everything that is wrong, at once.
  init(_ given: GivenSettings) throws(ConfigurationRefusal) {
    var reader = SettingsReader(given)
    self.init(&reader)
    reader.problems += relationProblems
    guard reader.problems.isEmpty else { throw ConfigurationRefusal(problems: reader.problems) }
  }

  init(_ reader: inout SettingsReader) {
    let listen = reader.read(Settings.listen)
    addresses = Addresses(
      publicAddress: reader.read(Settings.publicAddress) ?? listen.origin, listen: listen,
      trustedProxies: reader.read(Settings.trustedProxies))
    appearanceFolder = reader.read(Settings.appearanceFolder)
    requests = Requests(
      idleTimeout: reader.read(Settings.idleTimeout),
      bodyTimeout: reader.read(Settings.bodyTimeout), drainTime: reader.read(Settings.drainTime),
      connections: reader.read(Settings.connections))
    let folder = reader.read(Settings.dataFolder)
    storage = Storage(
      dataFolder: folder, database: reader.read(Settings.database).inside(folder),
      databaseListen: reader.read(Settings.databaseListen), databaseConnections: reader.read(Settings.databaseConnections),
      rootKeyFile: reader.read(Settings.rootKeyFile))
    letters = Letters(&reader, publicHost: addresses.publicAddress.host, dataFolder: folder)
    identity = IdentitySettings(
      publicAddress: addresses.publicAddress.description, lifetimes: Lifetimes(&reader), throttle: ThrottleSettings(&reader),
      sessionsPerAccount: reader.read(Settings.sessionsPerAccount), portalName: reader.read(Settings.portalName))
    passwords = Passwords(
      cost: PasswordCost(iterations: reader.read(Settings.passwordIterations)) ?? .default,
      hashingThreads: reader.read(Settings.hashingThreads), hashingQueue: reader.read(Settings.hashingQueue),
      breachedFile: reader.read(Settings.breachedPasswordsFile))
    log = Log(
      level: Logger.Level(rawValue: reader.read(Settings.logLevel)) ?? .info,
      format: LineLogHandler.Format(rawValue: reader.read(Settings.logFormat)) ?? .logfmt)
  }

  /// A relative path is taken from the folder.
  static func path(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") ? path : folder + "/" + path
  }
}

extension Configuration.Letters {
  fileprivate init(_ reader: inout SettingsReader, publicHost: String, dataFolder: String) {
    let host = reader.read(Settings.smtpHost)
    let (port, security) = (reader.read(Settings.smtpPort), reader.read(Settings.smtpSecurity))
    let user = reader.read(Settings.smtpUser)
    let (passwordFile, authorities) = (reader.read(Settings.smtpPasswordFile), reader.read(Settings.smtpAuthorities))
    server = host.map {
      Configuration.MailServer(
        host: $0, port: port, security: security == "tls" ? .implicitTLS : security == "none" ? .plaintextOnLoopback : .startTLS,
        user: user, passwordFile: passwordFile, authoritiesFile: authorities)
    }
    // An address of a machine is no domain of a mailbox, and such letters only go to files.
    let domain = IPAddress(publicHost) == nil && !publicHost.hasPrefix("[") ? publicHost : "localhost"
    from = reader.read(Settings.smtpFrom) ?? EmailAddress(stored: "usher@\(domain)")
    folder = Configuration.path(reader.read(Settings.mailFolder), in: dataFolder)
  }
}

extension Lifetimes {
  fileprivate init(_ reader: inout SettingsReader) {
    self.init()
    invitation = reader.read(Settings.invitationLifetime)
    workSessionIdle = reader.read(Settings.workSessionIdle)
    workSession = reader.read(Settings.workSessionLifetime)
    personalSessionIdle = reader.read(Settings.personalSessionIdle)
    personalSession = reader.read(Settings.personalSessionLifetime)
    authorizationCode = reader.read(Settings.authorizationCodeLifetime)
    accessToken = reader.read(Settings.accessTokenLifetime)
    offlineIdle = reader.read(Settings.offlineRefreshIdle)
    offline = reader.read(Settings.offlineRefreshLifetime)
    addressConfirmation = reader.read(Settings.confirmationLifetime)
    recentAuthentication = reader.read(Settings.recentAuthentication)
    keyRotation = reader.read(Settings.keyRotationInterval)
  }
}

extension ThrottleSettings {
  fileprivate init(_ reader: inout SettingsReader) {
    self.init()
    freeFailures = reader.read(Settings.freeFailures)
    longestWait = reader.read(Settings.longestWait)
    hardLimit = reader.read(Settings.hardLimit)
    hardWait = reader.read(Settings.hardWait)
    freeFailuresPerAddress = reader.read(Settings.freeFailuresPerAddress)
    freeFailuresPerApplication = reader.read(Settings.freeFailuresPerApplication)
    freeLettersPerAddress = reader.read(Settings.freeLettersPerAddress)
  }
}

extension Configuration.MailServer {
  func settings(greetingName: String, password: String?) throws(SMTPSettings.Refusal) -> SMTPSettings {
    let credentials = user.flatMap { user in password.map { SMTPSettings.Credentials(user: user, password: $0) } }
    return try SMTPSettings(
      host: host, port: port, security: security, credentials: credentials, certificateAuthorities: authoritiesFile,
      greetingName: greetingName)
  }
}
