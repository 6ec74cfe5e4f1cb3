package import Primitives

extension Transaction {
  /// Makes a new link for an invitation and puts the letter with it into the outbox. Every earlier link is worthless from this commit on.
  ///
  /// - Returns: the link as stored; the secret itself exists only in the sealed letter.
  func sendInvitationLink(
    for invitation: Invitation, _ organization: Organization, _ occasion: Occasion, env: Environment
  ) throws -> InvitationLink {
    let (secret, link) = try makeInvitationLink(for: invitation, occasion, env: env)
    let address = InvitationAddress.url(of: secret, env.settings)
    let content: LetterContent
    switch invitation.purpose {
    case .agreement(let id):
      let number = try agreement(id)?.number ?? ""
      content = .agreementInvitation(organization: organization.name, agreement: number, link: address, expiresAt: link.expiresAt)
    case .member(let inviter):
      let name = try account(inviter)?.name.full ?? organization.name
      content = .memberInvitation(inviter: name, organization: organization.name, link: address, expiresAt: link.expiresAt)
    case .operation:
      content = .memberInvitation(
        inviter: organization.name, organization: organization.name, link: address, expiresAt: link.expiresAt)
    }
    try send(content, to: invitation.email, name: invitation.name, in: invitation.language, occasion, sealedBy: env.keys)
    return link
  }

  /// Makes a new link and ends the earlier ones, without a letter.
  func makeInvitationLink(
    for invitation: Invitation, _ occasion: Occasion, env: Environment
  ) throws -> (secret: SecretToken, link: InvitationLink) {
    try endInvitationLinks(invitation.id, as: .replaced)
    let secret = occasion.newSecret()
    let link = InvitationLink(
      digest: secret.digest, invitation: invitation.id, sentAt: occasion.now,
      expiresAt: occasion.now + env.settings.lifetimes.invitation)
    try insert(link)
    return (secret, link)
  }

  /// Withdraws a pending invitation and ends its links.
  func withdraw(_ invitation: Invitation, _ organization: Organization, _ occasion: Occasion) throws {
    var withdrawn = invitation
    withdrawn.state = .withdrawn
    guard try update(withdrawn) else { throw InvitationRefusal.changedMeanwhile }
    try endInvitationLinks(invitation.id, as: .withdrawn)
    try record(.invitationWithdrawn, on: invitation.id.auditName, in: organization.id, occasion)
  }
}

/// Where an invitation's secret leads.
package enum InvitationAddress {
  package static func url(of secret: SecretToken, _ settings: IdentitySettings) -> String {
    "\(settings.publicAddress)/invitation/\(secret.reveal())"
  }
}

/// Refusals shared by what is done to invitations.
package enum InvitationRefusal: Error, Sendable, Hashable {
  case unknown
  /// It was accepted or withdrawn already.
  case notPending
  case changedMeanwhile
}
