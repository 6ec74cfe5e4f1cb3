internal import AccessControl
package import Localization
package import Primitives

/// Makes an empty database ready: proof of the root key, the first pepper, the first signing keys, the portal's own organization. On a database
/// that is ready it only checks that the root key is the right one.
///
/// No account and no password come out of this; the first operator is invited by `usher create-operator`.
package struct PreparePortal: Sendable {
  package enum Refusal: Error, Sendable {
    /// The database was made with another root key. Nothing was changed.
    case wrongRootKey
  }

  package init() {}

  package func callAsFunction(_ occasion: Occasion, store: any Store, keys: KeyRing, portalName: String) async throws {
    let isNew = try await store.read { tx in
      guard let proof = try tx.rootKeyProof() else { return true }
      try Self.check(proof, keys)
      return false
    }
    guard isNew else { return }
    let fresh = try SigningKeyVault.generate(SigningKeyVault.algorithms, occasion)
    try await store.write { tx in
      // Two instances may start together: whoever comes second finds everything made.
      if let proof = try tx.rootKeyProof() {
        try Self.check(proof, keys)
      } else {
        try Self.make(signingWith: fresh, portalName: portalName, tx, occasion, keys: keys)
      }
    }
  }

  /// Writes the first rows of an empty database.
  package static func make(
    signingWith fresh: [SigningKey], portalName: String, _ tx: any Transaction, _ occasion: Occasion, keys: KeyRing
  ) throws {
    try tx.setRootKeyProof(try RootKeyProof.make(by: keys))
    _ = try PepperVault.ensure(tx, occasion, keys: keys)
    try SigningKeyVault.install(fresh, tx, occasion, keys: keys)
    let portal = Organization(id: occasion.newID(), kind: .portal, name: portalName, createdAt: occasion.now)
    try tx.insert(portal)
    try tx.record(.portalCreated, on: portal.id.auditName, in: portal.id, occasion)
  }

  /// Checks, without changing anything, that the root key is the one the database was made with. An empty database fits every key.
  package func checkRootKey(store: any Store, keys: KeyRing) async throws {
    try await store.read { tx in
      if let proof = try tx.rootKeyProof() { try Self.check(proof, keys) }
    }
  }

  private static func check(_ proof: String, _ keys: KeyRing) throws {
    guard RootKeyProof.fits(proof, keys) else { throw Refusal.wrongRootKey }
  }
}

/// Invites an operator from the command line of the machine: the one way to the first one.
package struct CreateOperator: Sendable {
  package enum Refusal: Error, Sendable {
    /// The address belongs to a member of the portal already.
    case alreadyMember
    /// The address belongs to a work account of another organization. An operator's account is at home in the portal, so that nobody else can
    /// suspend it.
    case atHomeElsewhere
    /// The database has not been made ready.
    case notPrepared
  }

  /// The link is shown once, on the terminal, and kept only as a digest.
  package struct Created: Sendable {
    package let link: String
    package let expiresAt: Timestamp
  }

  package init() {}

  /// - Parameter occasion: its actor is `.command("create-operator")`.
  package func callAsFunction(
    email: EmailAddress, name: PersonName, language: Language, _ occasion: Occasion, env: Environment
  ) async throws -> Created {
    try await env.store.write { tx in
      guard let portal = try tx.portalOrganization() else { throw Refusal.notPrepared }
      if let account = try tx.account(.work, email: email) {
        throw account.home == portal.id ? Refusal.alreadyMember : Refusal.atHomeElsewhere
      }
      if let earlier = try tx.pendingMemberInvitation(organization: portal.id, email: email) {
        try tx.withdraw(earlier, portal, occasion)
      }
      let invitation = Invitation(
        id: occasion.newID(), organization: portal.id, purpose: .operation(by: nil), email: email, name: name, language: language,
        country: nil, roles: [.operator], createdAt: occasion.now)
      try tx.insert(invitation)
      try tx.record(
        .invitationSent, on: invitation.id.auditName, in: portal.id, before: nil, after: ["roles": ["operator"]], occasion)
      let (secret, link) = try tx.makeInvitationLink(for: invitation, occasion, env: env)
      return Created(link: InvitationAddress.url(of: secret, env.settings), expiresAt: link.expiresAt)
    }
  }
}
