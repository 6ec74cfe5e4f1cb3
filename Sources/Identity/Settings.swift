internal import Primitives

/// What the operator may set about the product itself. Bounds are checked where the configuration is read.
package struct IdentitySettings: Sendable {
  /// The issuer: scheme, host and port under which everybody reaches us, without a slash at the end. From configuration alone.
  package var publicAddress: String
  package var lifetimes: Lifetimes
  package var throttle: ThrottleSettings
  package var sessionsPerAccount: Int
  /// What pages and letters call the portal, and a context word of the password rules.
  package var portalName: String
  /// The operator's file of breached passwords, where there is one.
  package var breachedPasswords: BreachedPasswords?

  package init(
    publicAddress: String, lifetimes: Lifetimes = Lifetimes(), throttle: ThrottleSettings = ThrottleSettings(),
    sessionsPerAccount: Int = 100,
    portalName: String = "Usher", breachedPasswords: BreachedPasswords? = nil
  ) {
    self.publicAddress = publicAddress
    self.lifetimes = lifetimes
    self.throttle = throttle
    self.sessionsPerAccount = sessionsPerAccount
    self.portalName = portalName
    self.breachedPasswords = breachedPasswords
  }
}

/// How long things live. The values here are the product's defaults.
package struct Lifetimes: Sendable, Hashable {
  package var invitation: Duration = .days(60)
  package var workSessionIdle: Duration = .hours(8)
  package var workSession: Duration = .hours(12)
  package var personalSessionIdle: Duration = .hours(24)
  package var personalSession: Duration = .days(30)
  package var authorizationCode: Duration = .seconds(60)
  package var accessToken: Duration = .minutes(5)
  package var offlineIdle: Duration = .days(14)
  package var offline: Duration = .days(30)
  package var addressConfirmation: Duration = .hours(24)
  /// How long a person may go without proving themselves anew before changing their password.
  package var recentAuthentication: Duration = .minutes(15)
  /// How long a rotated-out client secret stays valid.
  package var oldSecret: Duration = .days(7)
  /// How long before it signs a new key is published; the JWKS may be cached for as long.
  package var keyAnnouncement: Duration = .minutes(10)
  /// How long after the signing keys were made they are replaced; nil: only by hand.
  package var keyRotation: Duration? = .days(90)

  package init() {}
}

/// The numbers of the throttles (THREATS PWD3–5, LNK4, LNK16, CLI2).
package struct ThrottleSettings: Sendable, Hashable {
  /// Wrong passwords for one account before waiting begins.
  package var freeFailures = 5
  /// The first wait; each further failure doubles it up to `longestWait`.
  package var firstWait: Duration = .seconds(2)
  package var longestWait: Duration = .minutes(15)
  /// After this many failures in a row the password is not looked at until `hardWait` has gone by.
  package var hardLimit = 100
  package var hardWait: Duration = .hours(1)
  /// Failures from one network address, across accounts, before waiting begins.
  package var freeFailuresPerAddress = 30
  /// Of the failures counted for a network address one is forgotten for each time this goes by: a whole office may stand behind it.
  package var addressForgiveness: Duration = .minutes(2)
  /// A count without a new failure for this long starts over.
  package var window: Duration = .hours(24)
  /// Wrong secrets of one application from one address.
  package var freeFailuresPerApplication = 20
  /// Sign-ins to applications that one person starts, with whatever sessions, before waiting begins …
  package var freeAuthorizations = 1_000
  /// … and how long the wait is. Of those counted one is forgotten for each time this goes by.
  package var authorizationForgiveness: Duration = .seconds(5)
  /// "Didn't get the invitation": at most one letter to one address in this time …
  package var letterInterval: Duration = .minutes(5)
  /// … and this many in a day.
  package var lettersPerDay = 5
  /// Letters that one network address may ask for, of each kind that anybody can ask for, before waiting begins …
  package var freeLettersPerAddress = 20
  /// … of which one is forgotten for each time this goes by.
  package var letterForgiveness: Duration = .minutes(5)

  package init() {}
}
