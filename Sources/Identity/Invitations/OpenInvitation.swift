package import AccessControl
package import Primitives

/// Looks at what an invitation link leads to. Uses nothing up: mail scanners and previews open links too (THREATS LNK10).
package struct OpenInvitation: Sendable {
  /// Why a link leads nowhere. None of these tells a name.
  package enum DeadEnd: Sendable, Hashable {
    /// Never sent by us; shown like `expired`.
    case unknown
    case expired, used, replaced, withdrawn
  }

  package struct Offer: Sendable {
    package let invitation: Invitation
    package let organization: Organization
    /// The agreement's number, when an agreement caused the invitation.
    package let agreementNumber: String?
  }

  package enum View: Sendable {
    case deadEnd(DeadEnd)
    /// Nobody has this address yet, or the invitation is for choosing a password in the place of a lost one.
    case create(Offer)
    /// The address has a work account: sign in with it to accept.
    case signIn(Offer)
    /// Signed in as the right person: accept.
    case join(Offer)
    /// Signed in as somebody else: sign out first. Nobody is ever added silently (THREATS LNK5).
    case otherPerson(Offer)
  }

  package init() {}

  /// - Parameter signedIn: the work account of the browser's session, if any.
  package func callAsFunction(_ secret: SecretToken, signedIn: AccountID?, _ occasion: Occasion, env: Environment) async throws
    -> View
  {
    try await env.store.read { tx in try tx.open(secret.digest, signedIn: signedIn, at: occasion.now) }
  }
}

extension Transaction {
  /// Every account begins with a password. One without lost it with the root key (`GiveUpRootKey`).
  func mayChoosePasswordAnew(_ account: Account) throws -> Bool {
    try account.state == .active && passwordHash(of: account.id) == nil
  }

  func open(_ digest: SecretDigest, signedIn: AccountID?, at now: Timestamp) throws -> OpenInvitation.View {
    guard let link = try invitationLink(digest), let invitation = try invitation(link.invitation),
      let organization = try organization(invitation.organization)
    else { return .deadEnd(.unknown) }
    switch link.state {
    case .used: return .deadEnd(.used)
    case .replaced: return .deadEnd(.replaced)
    case .withdrawn: return .deadEnd(.withdrawn)
    case .live: break
    }
    guard now <= link.expiresAt else { return .deadEnd(.expired) }
    guard invitation.state == .pending, organization.state == .active else { return .deadEnd(.withdrawn) }
    var number: String?
    if case .agreement(let id) = invitation.purpose { number = try agreement(id)?.number }
    let offer = OpenInvitation.Offer(invitation: invitation, organization: organization, agreementNumber: number)
    let owner = try account(.work, email: invitation.email)
    if invitation.choosesPassword {
      // No other invitation stands for a password: whoever holds the link of another organization, or of an earlier day, is not the person.
      guard let owner, owner.home == organization.id, try mayChoosePasswordAnew(owner) else { return .deadEnd(.withdrawn) }
      return signedIn == nil ? .create(offer) : .otherPerson(offer)
    }
    if let signedIn { return owner?.id == signedIn ? .join(offer) : .otherPerson(offer) }
    return owner == nil ? .create(offer) : .signIn(offer)
  }
}
