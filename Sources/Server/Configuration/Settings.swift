internal import Primitives
internal import StoragePostgres

/// The table of settings, in the order of the reference. A setting stands here once, and `Configuration` reads it once.
enum Settings {
  static let publicAddress = Setting(
    "public_address", .optionalOrigin, standard: nil,
    "The address by which browsers and services reach Usher; it is the issuer of every token. https, except on a loopback address. Nothing: `http://` and what `listen` says. Never taken from a request."
  )
  static let listen = Setting(
    "listen", .listenAddress, standard: ListenAddress(address: .loopback, port: 8080),
    "Where Usher waits for plain HTTP. Anything but a loopback address needs `trusted_proxies`, because TLS ends at the proxy.")
  static let trustedProxies = Setting(
    "trusted_proxies", .addressRanges, standard: [],
    "The proxies whose `X-Forwarded-For` is believed; from everybody else that header is ignored. Needed with a public address of https, because "
      + "TLS ends at a proxy.")

  static let portalName = Setting(
    "portal_name", .line, standard: "Usher",
    "What pages and letters call the portal. Its own organization gets this name when the database is made, and keeps it.")

  static let appearanceFolder = Setting(
    "appearance_folder", .optionalPath, standard: nil,
    """
    A folder of files that replace, by their names, what is built in: templates of pages (`sign-in.mustache`), `styles.css`, `icon.svg`, and \
    sentences of pages and letters (`en.json`, `ru.json`, holding only those to say otherwise; `{portal}` says `portal_name`). Read once at \
    start. A name that replaces nothing, or a file that is malformed, stops the start.
    """)

  static let idleTimeout = Setting(
    "idle_timeout", .duration(.seconds(5)...(.minutes(10))), standard: .minutes(1),
    "A connection is closed after this long without a request, and one whose headers do not end.")
  static let bodyTimeout = Setting(
    "body_timeout", .duration(.seconds(5)...(.minutes(5))), standard: .seconds(30),
    "How long a request may take to send its body.")
  static let drainTime = Setting(
    "drain_time", .duration(.zero...(.minutes(1))), standard: .zero,
    """
    How long, once told to stop, Usher goes on serving while `/health/ready` says that it is stopping: longer than the balancer in front takes to \
    notice, so that nobody is sent to an instance that has gone. Nothing to wait for where there is one instance.
    """)
  static let connections = Setting(
    "connections", .number(0...100_000), standard: 0,
    "Connections that are open at once; one more waits until one of them ends. 0: as many as the process may have files open (`ulimit -n`, `LimitNOFILE`), "
      + "less 128 for the database and the rest, and at most 10000. More than that leaves room for is cut down to it.")

  static let dataFolder = Setting(
    "data_folder", .path, standard: "data",
    "Where Usher keeps what it writes. Made, readable by its owner alone, when it is not there.")
  static let database = Setting(
    "database", .database, standard: .file("usher.sqlite"),
    """
    The SQLite file, for one instance (a relative path is taken from the data folder); or a PostgreSQL server, 15 or newer, for any number: \
    `postgresql://usher@db.example.com/usher`, with all of libpq's parameters. Leave the password to libpq's own ways (`passfile`, `PGPASSFILE`, \
    a client certificate): who may read the configuration need not have it. `sslmode=verify-full` is what a network deserves. Several hosts \
    (`@db1,db2/`) find the one that can be written to.
    """)
  static let databaseListen = Setting(
    "database_listen", .optionalServer, standard: nil,
    """
    The same PostgreSQL database by a direct way, when `database` leads through a pooler that gives connections away between transactions: word of \
    other instances' changes (LISTEN) does not come through one. Nothing: as `database`.
    """)
  static let databaseConnections = Setting(
    "database_connections", .number(2...200), standard: 10,
    "How many connections to PostgreSQL serve requests; each instance holds one more, which listens. All instances together must stay below the server's `max_connections`."
  )
  static let rootKeyFile = Setting(
    "root_key_file", .path, standard: "keys/root.key",
    "The root key, which seals everything secret in the database (see keys/README.md); a relative path is taken from the working directory."
  )

  static let keyRotationInterval = Setting(
    "key_rotation_interval", .optionalDuration(.days(1)...(.days(730))), standard: .days(90),
    "How long after the token signing keys were made Usher replaces them by itself, as `usher rotate-keys` does. Nothing: only that command does."
  )

  static let smtpHost = Setting(
    "smtp_host", .optionalHost, standard: nil,
    "The mail server to hand letters to. Nothing: letters are written as files to `mail_folder`.")
  static let smtpPort = Setting(
    "smtp_port", .number(1...65_535), standard: 587,
    "Its port.")
  static let smtpSecurity = Setting(
    "smtp_security", .choice(["starttls", "tls", "none"]), standard: "starttls",
    "How letters are protected on their way to it: STARTTLS, without which nothing is handed over; TLS from the first byte (port 465); or nothing, on a loopback address only."
  )
  static let smtpUser = Setting(
    "smtp_user", .optionalLine, standard: nil,
    "The name to authenticate with. Nothing: no authentication.")
  static let smtpPasswordFile = Setting(
    "smtp_password_file", .optionalPath, standard: nil,
    "A file whose first line is the password. It must not be readable by others.")
  static let smtpAuthorities = Setting(
    "smtp_ca_file", .optionalPath, standard: nil,
    "The certificate authorities (PEM) that may vouch for the mail server. Nothing: the system's.")
  static let smtpFrom = Setting(
    "smtp_from", .optionalMailbox, standard: nil,
    "The sender of letters. Nothing: `usher@` and the host of the public address.")
  static let mailFolder = Setting(
    "mail_folder", .path, standard: "mail",
    "Where letters are written as .eml files when there is no mail server; a relative path is taken from the data folder. They hold live links: keep it private."
  )

  static let invitationLifetime = Setting(
    "invitation_lifetime", .duration(.hours(1)...(.days(60))), standard: .days(60),
    "How long the link of an invitation can be used after it was sent.")
  static let workSessionIdle = Setting(
    "work_session_idle", .duration(.minutes(5)...(.hours(24))), standard: .hours(8),
    "How long a session of a work account lasts without a request.")
  static let workSessionLifetime = Setting(
    "work_session_lifetime", .duration(.minutes(5)...(.hours(24))), standard: .hours(12),
    "How long a session of a work account lasts at most.")
  static let personalSessionIdle = Setting(
    "personal_session_idle", .duration(.minutes(5)...(.days(30))), standard: .hours(24),
    "How long a session of a personal account lasts without a request.")
  static let personalSessionLifetime = Setting(
    "personal_session_lifetime", .duration(.minutes(5)...(.days(30))), standard: .days(30),
    "How long a session of a personal account lasts at most.")
  static let authorizationCodeLifetime = Setting(
    "authorization_code_lifetime", .duration(.seconds(10)...(.minutes(10))), standard: .seconds(60),
    "How long an authorization code can be redeemed (once).")
  static let accessTokenLifetime = Setting(
    "access_token_lifetime", .duration(.minutes(1)...(.minutes(15))), standard: .minutes(5),
    "How long an access token and an ID token are valid. A service that looks at the token alone learns of a lost right when it ends."
  )
  static let offlineRefreshIdle = Setting(
    "offline_refresh_idle", .duration(.hours(1)...(.days(30))), standard: .days(14),
    "How long a refresh token with `offline_access` lasts unused. Without that scope it ends with its session.")
  static let offlineRefreshLifetime = Setting(
    "offline_refresh_lifetime", .duration(.hours(1)...(.days(90))), standard: .days(30),
    "How long refresh tokens with `offline_access` last at most, however often they are renewed.")
  static let confirmationLifetime = Setting(
    "confirmation_lifetime", .duration(.minutes(10)...(.days(7))), standard: .hours(24),
    "How long the link that confirms the address of a new personal account can be used.")

  static let recentAuthentication = Setting(
    "recent_authentication", .duration(.minutes(1)...(.hours(12))), standard: .minutes(15),
    "How long ago somebody may have signed in and still change the password without signing in anew.")

  static let passwordIterations = Setting(
    "password_iterations", .number(210_000...10_000_000), standard: 210_000,
    "PBKDF2-HMAC-SHA-512 iterations. Passwords hashed with fewer are renewed when their owners sign in.")
  static let hashingThreads = Setting(
    "hashing_threads", .number(0...256), standard: 0,
    "Threads that do nothing but hash passwords. 0: one fewer than there are processors, and at least one.")
  static let hashingQueue = Setting(
    "hashing_queue", .number(1...10_000), standard: 32,
    "Passwords that may wait for a hashing thread. Past that, a sign-in is answered 503 with Retry-After at once.")
  static let breachedPasswordsFile = Setting(
    "breached_passwords_file", .optionalPath, standard: nil,
    "A list of breached passwords in which new ones are looked up: one SHA-1 a line, as 40 upper-case hexadecimal digits in ascending order, optionally a colon and a count."
  )

  static let sessionsPerAccount = Setting(
    "sessions_per_account", .number(1...1_000), standard: 100,
    "Sessions that one account may have at a time. One more ends the oldest.")

  static let freeFailures = Setting(
    "sign_in_free_failures", .number(1...20), standard: 5,
    "Wrong passwords for one account before somebody must wait; each further one doubles the wait.")
  static let longestWait = Setting(
    "sign_in_longest_wait", .duration(.minutes(1)...(.hours(1))), standard: .minutes(15),
    "The longest of these waits.")
  static let hardLimit = Setting(
    "sign_in_hard_limit", .number(10...100), standard: 100,
    "Wrong passwords in a row after which none is looked at until `sign_in_hard_wait` has gone by.")
  static let hardWait = Setting(
    "sign_in_hard_wait", .duration(.minutes(10)...(.hours(24))), standard: .hours(1),
    "That wait. Nobody is locked out for good.")
  static let freeFailuresPerAddress = Setting(
    "sign_in_free_failures_per_address", .number(5...10_000), standard: 30,
    "Wrong passwords from one network address, over all accounts, before it must wait. Higher where many people share an address."
  )
  static let freeFailuresPerApplication = Setting(
    "application_free_failures", .number(5...1_000), standard: 20,
    "Wrong secrets of one application from one address before it must wait.")
  static let freeLettersPerAddress = Setting(
    "letters_per_address", .number(5...10_000), standard: 20,
    "Letters that one network address may ask for by signing up, and as many by asking for a lost invitation, before it must wait; it gets back one every five minutes. Higher where many people share an address."
  )

  static let logLevel = Setting(
    "log_level", .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]), standard: "info",
    "The least important line that is logged.")
  static let logFormat = Setting(
    "log_format", .choice(["logfmt", "json"]), standard: "logfmt",
    "How a log line on standard error is written: as key=value pairs, or as one JSON object.")

  /// The table by the parts of the reference.
  static let parts: [(title: String, rows: [SettingRow])] = [
    ("Addresses and name", [publicAddress.row, listen.row, trustedProxies.row, portalName.row, appearanceFolder.row]),
    ("Limits of requests", [idleTimeout.row, bodyTimeout.row, connections.row, drainTime.row]),
    (
      "Storage and keys",
      [dataFolder.row, database.row, databaseListen.row, databaseConnections.row, rootKeyFile.row, keyRotationInterval.row]
    ),
    (
      "Letters",
      [
        smtpHost.row, smtpPort.row, smtpSecurity.row, smtpUser.row, smtpPasswordFile.row, smtpAuthorities.row, smtpFrom.row,
        mailFolder.row,
      ]
    ),
    (
      "Lifetimes",
      [
        invitationLifetime.row, workSessionIdle.row, workSessionLifetime.row, personalSessionIdle.row,
        personalSessionLifetime.row,
        authorizationCodeLifetime.row, accessTokenLifetime.row, offlineRefreshIdle.row,
        offlineRefreshLifetime.row,
        confirmationLifetime.row, recentAuthentication.row,
      ]
    ),
    (
      "Passwords and sessions",
      [passwordIterations.row, hashingThreads.row, hashingQueue.row, breachedPasswordsFile.row, sessionsPerAccount.row]
    ),
    (
      "Throttles",
      [
        freeFailures.row, longestWait.row, hardLimit.row, hardWait.row, freeFailuresPerAddress.row,
        freeFailuresPerApplication.row, freeLettersPerAddress.row,
      ]
    ),
    ("Log", [logLevel.row, logFormat.row]),
  ]

  static let rows: [SettingRow] = parts.flatMap(\.rows)
  static let byName: [String: SettingRow] = Dictionary(rows.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
