package import AccessControl
package import Primitives

/// Accepts an invitation: creates the work account, sets its password, gives the roles that may still be given, and starts a session.
///
/// The link is used up by one conditional write; of two browsers that finish at the same moment, one succeeds.
package struct AcceptInvitation: Sendable {
  package enum Refusal: Error, Sendable {
    case linkNotUsable(OpenInvitation.DeadEnd)
    /// The address has a work account since: sign in to accept.
    case accountExists
    /// The browser is signed in as somebody else.
    case otherPerson
    case passwordRefused(PasswordPolicy.Reason)
  }

  package init() {}

  /// For somebody without an account, or whose account lost its password with the root key: that one is left as it is but for the password.
  ///
  /// - Parameter current: the session this browser is in. A work account's refuses; a personal account's ends, because a browser shows one
  ///   person.
  /// - Throws: `Refusal`; `HashingPool.Full`.
  package func callAsFunction(
    _ secret: SecretToken, password: Password, after current: Session?, browser: Browser, _ occasion: Occasion, env: Environment
  ) async throws -> StartedSession {
    let signedIn = current?.kind == .work ? current?.account : nil
    let offer = try await offer(secret, signedIn: signedIn, occasion, env: env)
    // Somebody who has an account may have changed their name since.
    let owner = try await env.store.read { tx in try tx.account(.work, email: offer.invitation.email) }
    let context = PasswordPolicy.Context(
      email: offer.invitation.email, name: owner?.name ?? offer.invitation.name, organization: offer.organization.name,
      portal: env.settings.portalName)
    let hash: PasswordHash
    do {
      hash = try await env.passwords.hash(new: password, context, by: env.passwordPolicy)
    } catch let reason as PasswordPolicy.Reason {
      throw Refusal.passwordRefused(reason)
    }
    let outcome: Result<StartedSession, Refusal> = try await env.write(occasion) { tx in
      switch try tx.open(secret.digest, signedIn: signedIn, at: occasion.now) {
      case .deadEnd(let reason): throw Refusal.linkNotUsable(reason)
      case .signIn: throw Refusal.accountExists
      case .join, .otherPerson: throw Refusal.otherPerson
      case .create(let offer) where offer.invitation.choosesPassword:
        guard let account = try tx.account(.work, email: offer.invitation.email) else {
          throw Refusal.linkNotUsable(.withdrawn)
        }
        let person = occasion.acting(as: .account(account.id, via: nil))
        try tx.useUp(offer, secret.digest, by: account, person)
        try tx.setPassword(StoredPassword(hash: hash, changedAt: occasion.now), of: account.id)
        try tx.record(.passwordSet, on: account.id.auditName, in: account.home, person)
        try tx.send(
          .passwordChanged(at: occasion.now, profileURL: "\(env.settings.publicAddress)/profile"), to: account.email,
          name: account.name, in: account.language, person, sealedBy: env.keys)
        return .success(try tx.continueOrStartSession(of: account, after: current, in: browser, person, env: env))
      case .create(let offer):
        guard let given = try tx.rolesToGive(offer, home: offer.organization.id, occasion) else {
          return .failure(.linkNotUsable(.withdrawn))
        }
        let account = Account(
          id: occasion.newID(), kind: .work(home: offer.organization.id), email: offer.invitation.email,
          name: offer.invitation.name,
          language: offer.invitation.language, country: offer.invitation.country, createdAt: occasion.now)
        let person = occasion.acting(as: .account(account.id, via: nil))
        do { try tx.insert(account) } catch StoreError.taken(.accountAddress) { throw Refusal.accountExists }
        try tx.setPassword(StoredPassword(hash: hash, changedAt: occasion.now), of: account.id)
        try tx.record(.accountCreated, on: account.id.auditName, in: offer.organization.id, person)
        try tx.record(.passwordSet, on: account.id.auditName, in: offer.organization.id, person)
        try tx.accept(offer, secret.digest, by: account, giving: given, person)
        return .success(try tx.continueOrStartSession(of: account, after: current, in: browser, person, env: env))
      }
    }
    return try outcome.get()
  }

  private func offer(
    _ secret: SecretToken, signedIn: AccountID?, _ occasion: Occasion, env: Environment
  ) async throws -> OpenInvitation.Offer {
    switch try await OpenInvitation()(secret, signedIn: signedIn, occasion, env: env) {
    case .deadEnd(let reason): throw Refusal.linkNotUsable(reason)
    case .signIn: throw Refusal.accountExists
    case .join, .otherPerson: throw Refusal.otherPerson
    case .create(let offer): return offer
    }
  }
}

/// Accepts an invitation with the account somebody has already: as a guest of another organization, or for one more agreement.
package struct JoinByInvitation: Sendable {
  package init() {}

  /// - Parameter account: the signed-in person, to whose mailbox the invitation must have been sent.
  /// - Throws: `AcceptInvitation.Refusal`.
  package func callAsFunction(
    _ secret: SecretToken, as account: AccountID, _ occasion: Occasion, env: Environment
  ) async throws -> Organization {
    let outcome: Result<Organization, AcceptInvitation.Refusal> = try await env.write(occasion) { tx in
      guard let person = try tx.account(account), person.state == .active else { throw AcceptInvitation.Refusal.otherPerson }
      switch try tx.open(secret.digest, signedIn: account, at: occasion.now) {
      case .deadEnd(let reason): throw AcceptInvitation.Refusal.linkNotUsable(reason)
      case .create, .signIn, .otherPerson: throw AcceptInvitation.Refusal.otherPerson
      case .join(let offer):
        guard let given = try tx.rolesToGive(offer, home: person.home, occasion) else {
          return .failure(.linkNotUsable(.withdrawn))
        }
        try tx.accept(offer, secret.digest, by: person, giving: given, occasion)
        return .success(offer.organization)
      }
    }
    return try outcome.get()
  }
}

extension Transaction {
  /// Uses the link up, makes the membership and gives the roles.
  fileprivate func accept(
    _ offer: OpenInvitation.Offer, _ link: SecretDigest, by account: Account, giving given: [(RoleID, GrantBasis)],
    _ occasion: Occasion
  ) throws {
    try useUp(offer, link, by: account, occasion)
    try join(account, offer.organization, occasion)
    var held = try roleAssignments(reaching: .account(account.id))
      .filter { $0.organization == offer.organization.id && !$0.isPast(at: occasion.now) }.map(\.role)
    for (role, basis) in given {
      // Whoever accepts may hold, since the invitation was written, what excludes it, or as many hold it as may. They keep what they have, and get the
      // rest.
      guard try exclusion(of: held + [role], in: offer.organization) == nil,
        try basis.isAgreement || fullLimit(of: role, besides: held, in: offer.organization.id, at: occasion.now) == nil
      else {
        try withhold(role, of: offer, occasion)
        continue
      }
      try give(role, to: .account(account.id), in: offer.organization, because: basis, occasion)
      held.append(role)
    }
  }

  private func withhold(_ role: RoleID, of offer: OpenInvitation.Offer, _ occasion: Occasion) throws {
    try record(
      .invitationRoleWithheld, on: offer.invitation.id.auditName, in: offer.organization.id, outcome: .denied, occasion,
      details: ["role": .string(role.text)])
  }

  fileprivate func useUp(_ offer: OpenInvitation.Offer, _ link: SecretDigest, by account: Account, _ occasion: Occasion) throws {
    guard try useInvitationLink(link, at: occasion.now) else { throw AcceptInvitation.Refusal.linkNotUsable(.used) }
    var accepted = offer.invitation
    accepted.state = .accepted
    accepted.acceptedBy = account.id
    guard try update(accepted) else { throw AcceptInvitation.Refusal.linkNotUsable(.used) }
    try record(.invitationAccepted, on: offer.invitation.id.auditName, in: offer.organization.id, occasion)
  }

  /// The roles that are given at acceptance.
  ///
  /// - Returns: nil when an inviter who lost the right to give any of them has invited to nothing. The invitation is withdrawn then, so that it
  ///   looks to everybody like what it is; the caller must let this be committed.
  fileprivate func rolesToGive(
    _ offer: OpenInvitation.Offer, home: OrganizationID?, _ occasion: Occasion
  ) throws -> [(RoleID, GrantBasis)]? {
    let given = try grantable(offer, home: home, occasion)
    guard given.isEmpty else { return given }
    try withdraw(offer.invitation, offer.organization, occasion)
    return nil
  }

  /// The roles of the invitation that its inviter may still grant and an account of this home can hold, each with why (THREATS LNK15).
  ///
  /// The inviter may not learn that the address has an account elsewhere, so a role that only an account at home can hold is left out here,
  /// silently for them.
  private func grantable(
    _ offer: OpenInvitation.Offer, home: OrganizationID?, _ occasion: Occasion
  ) throws -> [(RoleID, GrantBasis)] {
    let (given, withheld) = try keptPromises(of: offer.invitation, in: offer.organization, home: home, occasion)
    for id in withheld { try withhold(id, of: offer, occasion) }
    return given
  }

  /// What would be given now, and what its inviter may not give any more; what an account of this home cannot hold is in neither.
  func keptPromises(
    of invitation: Invitation, in organization: Organization, home: OrganizationID?, _ occasion: Occasion
  ) throws -> (given: [(RoleID, GrantBasis)], withheld: [RoleID]) {
    let roles = try catalogs().roles
    let holdable = roles.roles(invitation.roles).filter {
      $0.canBeHeld(in: organization, ifAtHome: home == organization.id)
    }
    let inviter: Actor
    switch invitation.purpose {
    case .agreement(let id): return (holdable.map { ($0.id, .agreement(id)) }, [])
    case .member(let account): inviter = Actor(.account(account, via: nil), address: nil, requestID: nil)
    case .operation(by: .some(let application)): inviter = Actor(.application(application), address: nil, requestID: nil)
    case .operation(by: nil): inviter = Actor(.command("invitation"), address: nil, requestID: nil)
    }
    let now = Occasion(now: occasion.now, actor: inviter, randomness: occasion.randomness)
    let permit: Permit
    do { permit = try self.permit(.userInvite, in: organization.id, now) } catch is AccessDenied { return ([], []) }
    let (given, withheld) = holdable.reduce(into: ([Role](), [Role]())) { kept, role in
      if permit.authority.mayGrant(role, by: .invitation, at: permit.target) { kept.0.append(role) } else { kept.1.append(role) }
    }
    return (given.map { ($0.id, .permit(permit, .invitation)) }, withheld.map(\.id))
  }
}
