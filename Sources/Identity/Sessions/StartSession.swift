package import Primitives

/// What a browser brings along when somebody signs in with it.
package struct Browser: Sendable {
  /// Its own description, cut to 200 characters and one line.
  package let userAgent: String
  /// The device cookie of an earlier success, where it sent one.
  package let device: SecretToken?
  /// What it is known by, signed in or not, where it keeps that.
  package let digest: SecretDigest?

  package init(userAgent: String, device: SecretToken?, digest: SecretDigest? = nil) {
    self.userAgent = LogText.line(userAgent, limit: 200)
    self.device = device
    self.digest = digest
  }
}

/// A session that was just started, with what the browser is to keep. The secrets in it exist nowhere else.
package struct StartedSession: Sendable {
  package let session: Session
  package let account: Account
  /// The value of the session cookie: a signed session token.
  package let token: String
  /// The value of the device cookie, by which this browser has a throttle of its own from now on (THREATS PWD4).
  package let device: SecretToken
}

/// The browsers by which an account is known to its throttle (THREATS PWD4).
package enum KnownDevices {
  /// How many an account has at most: one more, and the one that signed in longest ago is a strange browser again.
  package static let perAccount = 50
}

extension Transaction {
  /// The browser's device cookie, known to the account from now on.
  private func rememberDevice(of browser: Browser, _ account: Account, _ occasion: Occasion) throws -> SecretToken {
    let device = browser.device ?? occasion.newSecret()
    try rememberDevice(device.digest, of: account.id, at: occasion.now, besides: KnownDevices.perAccount - 1)
    return device
  }

  /// Starts a session for somebody who has just proved who they are.
  ///
  /// Past `sessionsPerAccount` the oldest session ends to make room (THREATS SES6).
  func startSession(of account: Account, in browser: Browser, _ occasion: Occasion, env: Environment) throws -> StartedSession {
    let open = try openSessions(of: account.id).filter { !$0.hasExpired(at: occasion.now, env.settings.lifetimes) }
    for displaced in open.dropLast(env.settings.sessionsPerAccount - 1) {
      _ = try endSession(displaced.id, as: .displaced, at: occasion.now)
      try endGrants(session: displaced.id, includingOffline: false, as: .sessionEnded, at: occasion.now)
      try record(
        .sessionEnded, on: displaced.id.auditName, in: account.home, occasion,
        details: ["why": .string(Session.Ending.displaced.rawValue)])
    }
    let secret = occasion.newSecret()
    let session = Session(
      id: occasion.newID(), secret: secret.digest, account: account.id, kind: account.kind.name, authenticatedAt: occasion.now,
      createdAt: occasion.now, lastSeenAt: occasion.now,
      expiresAt: occasion.now + env.settings.lifetimes.session(account.kind.name),
      userAgent: browser.userAgent, address: occasion.actor.address ?? "")
    try insert(session)
    let device = try rememberDevice(of: browser, account, occasion)
    try record(.signedIn, on: session.id.auditName, in: account.home, occasion.acting(as: .account(account.id, via: nil)))
    let token = try SessionToken.sign(session, secret, issuer: env.settings.publicAddress, keys: env.keys, at: occasion.now)
    return StartedSession(session: session, account: account, token: token, device: device)
  }

  /// Signs somebody in to a browser that may be in a session already: the same person goes on in theirs, proved anew and under a new cookie;
  /// anybody else's ends, because a browser shows one person.
  func continueOrStartSession(
    of account: Account, after current: Session?, in browser: Browser, _ occasion: Occasion, env: Environment
  ) throws -> StartedSession {
    guard let current, let open = try session(current.id), open.endedAt == nil,
      !open.hasExpired(at: occasion.now, env.settings.lifetimes)
    else { return try startSession(of: account, in: browser, occasion, env: env) }
    guard open.account == account.id else {
      _ = try end(open, as: .replaced, .signedOut, occasion)
      return try startSession(of: account, in: browser, occasion, env: env)
    }
    let secret = occasion.newSecret()
    guard try setAuthenticated(open.id, secret: secret.digest, at: occasion.now), let session = try session(open.id) else {
      return try startSession(of: account, in: browser, occasion, env: env)
    }
    let device = try rememberDevice(of: browser, account, occasion)
    try record(
      .signedIn, on: session.id.auditName, in: account.home, occasion.acting(as: .account(account.id, via: nil)),
      details: ["again": true])
    let token = try SessionToken.sign(session, secret, issuer: env.settings.publicAddress, keys: env.keys, at: occasion.now)
    return StartedSession(session: session, account: account, token: token, device: device)
  }
}

extension Session {
  /// Whether it is over by now: idle too long, or past its absolute end. Judged at the moment of use; exactly at the limit it still lives.
  package func hasExpired(at now: Timestamp, _ lifetimes: Lifetimes) -> Bool {
    now > expiresAt || now - lastSeenAt > lifetimes.sessionIdle(kind)
  }
}

extension Lifetimes {
  package func session(_ kind: Account.KindName) -> Duration {
    switch kind {
    case .work: workSession
    case .personal: personalSession
    }
  }

  package func sessionIdle(_ kind: Account.KindName) -> Duration {
    switch kind {
    case .work: workSessionIdle
    case .personal: personalSessionIdle
    }
  }
}
