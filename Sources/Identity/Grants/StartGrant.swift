package import AccessControl
package import Primitives

/// Lets an application act for somebody who is signed in: makes the grant, and the one-time code by which the application takes it up.
package struct StartGrant: Sendable {
  package enum Refusal: Error, Sendable {
    /// Since it was decided, somebody ended the session, suspended the person or disabled the application.
    case notInForce(GrantStanding.Reason)
    /// The person started very many lately, which no service needs: try again after this.
    case tooMany(Duration)
  }

  /// How many grants of one session to one application wait for their codes to be redeemed; with one more the oldest is forgotten.
  package static let openCodes = 10

  /// What the grant allows, and what the exchange of the code must match.
  package struct Terms: Sendable {
    package let application: ApplicationID
    package let session: Session
    package let organization: OrganizationID?
    package let scopes: [String]
    package let audience: String
    package let isOffline: Bool
    package let redirectURI: String
    package let redirectURIWasSent: Bool
    package let challenge: String
    package let nonce: String?

    package init(
      application: ApplicationID, session: Session, organization: OrganizationID?, scopes: [String], audience: String,
      isOffline: Bool,
      redirectURI: String, redirectURIWasSent: Bool, challenge: String, nonce: String?
    ) {
      self.application = application
      self.session = session
      self.organization = organization
      self.scopes = scopes
      self.audience = audience
      self.isOffline = isOffline
      self.redirectURI = redirectURI
      self.redirectURIWasSent = redirectURIWasSent
      self.challenge = challenge
      self.nonce = nonce
    }
  }

  package init() {}

  /// - Returns: the code, to be shown to the application once.
  package func callAsFunction(_ terms: Terms, _ occasion: Occasion, env: Environment) async throws -> SecretToken {
    let now = occasion.now
    let settings = env.settings
    let lifetimes = settings.lifetimes
    let code = occasion.newSecret()
    let session = terms.session
    let grant = Grant(
      id: occasion.newID(), application: terms.application, account: session.account, accountKind: session.kind,
      organization: terms.organization, session: session.id, scopes: terms.scopes, audience: terms.audience,
      isOffline: terms.isOffline,
      authenticatedAt: session.authenticatedAt, createdAt: now,
      expiresAt: terms.isOffline ? now + lifetimes.offline : session.expiresAt)
    let row = AuthorizationCode(
      digest: code.digest, grant: grant.id, application: terms.application, redirectURI: terms.redirectURI,
      redirectURIWasSent: terms.redirectURIWasSent, challenge: terms.challenge, nonce: terms.nonce,
      expiresAt: now + lifetimes.authorizationCode)
    let key = ThrottleKey.authorization(session.account, env.keys)
    try await env.store.write { tx in
      guard let current = try tx.session(session.id), current.endedAt == nil, !current.hasExpired(at: now, lifetimes) else {
        throw Refusal.notInForce(.sessionEnded)
      }
      if case .dead(let reason) = try tx.standing(of: grant, at: now, settings) { throw Refusal.notInForce(reason) }
      // Each is a row in the audit trail that stays, and it takes no more than a request with a cookie.
      if let until = try tx.blockedUntil([key], at: now) { throw Refusal.tooMany(until - now) }
      try tx.countFailure(under: key, by: settings.throttle.perPerson, at: now)
      try tx.deleteUnredeemedGrants(
        session: session.id, application: terms.application, exceptNewest: StartGrant.openCodes - 1)
      try tx.insert(grant)
      try tx.insert(row)
      try tx.record(
        .grantCreated, on: grant.id.auditName, in: grant.organization,
        occasion.acting(as: .account(grant.account, via: grant.application)),
        details: ["session": .string(session.id.text), "offline": .bool(grant.isOffline)])
    }
    return code
  }
}
