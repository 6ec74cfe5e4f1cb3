package import AccessControl
internal import Localization
package import Primitives

/// Sends a member's invitation again, with a new link and a new term, to the same mailbox.
package struct ResendInvitation: Sendable {
  package init() {}

  /// Needs `user:invite` in the organization and the right to grant what the invitation gives; for an agreement's invitation,
  /// `agreement:resend-invitation` for that agreement.
  ///
  /// - Returns: when the new link ends.
  /// - Throws: `InvitationRefusal`, `AccessDenied`.
  package func callAsFunction(
    _ id: InvitationID, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> InviteMember.Invited {
    try await env.write(occasion) { tx in
      let (invitation, permit) = try tx.invitationToChange(id, in: organization, occasion) { agreement in
        try tx.permit(.agreementResendInvitation, in: organization, agreementNaming: agreement.partner, occasion)
      }
      let link = try tx.sendInvitationLink(for: invitation, permit.organization, occasion, env: env)
      try tx.record(.invitationResent, on: id.auditName, in: organization, occasion)
      return InviteMember.Invited(invitation: invitation, expiresAt: link.expiresAt)
    }
  }
}

/// Withdraws a pending invitation: its link is dead at once.
package struct WithdrawInvitation: Sendable {
  package init() {}

  /// Needs `user:invite` in the organization and the right to grant what the invitation gives; for an agreement's invitation,
  /// `agreement:manage` in the portal: a partner may send it again and name somebody else, and nothing more.
  ///
  /// - Throws: `InvitationRefusal`, `AccessDenied`.
  package func callAsFunction(
    _ id: InvitationID, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws {
    try await env.write(occasion) { tx in
      let (invitation, permit) = try tx.invitationToChange(id, in: organization, occasion) { agreement in
        _ = try tx.permitInPortal(.agreementManage, occasion)
        return try tx.permit(.agreementResendInvitation, in: organization, agreementNaming: agreement.partner, occasion)
      }
      try tx.withdraw(invitation, permit.organization, occasion)
    }
  }
}

/// Sends the invitation of an agreement again, for its partner or an operator. The answer tells them what was sent.
package struct ResendAgreementInvitation: Sendable {
  package enum Refusal: Error, Sendable {
    case unknown
    case ended
  }

  package enum Sent: Sendable, Hashable {
    case invitation(expiresAt: Timestamp)
    /// The person accepted already; the letter said so and leads to signing in.
    case alreadyAccepted
  }

  package init() {}

  /// Needs `agreement:resend-invitation` for this agreement.
  ///
  /// - Returns: nil when whoever sent it may not know whether the person has an account: a partner.
  package func callAsFunction(_ id: AgreementID, _ occasion: Occasion, env: Environment) async throws -> Sent? {
    try await env.write(occasion) { tx in
      let (agreement, permit) = try tx.agreementToChange(id, .agreementResendInvitation, occasion, unknown: Refusal.unknown)
      guard agreement.state == .active else { throw Refusal.ended }
      let sent =
        try tx.resendInvitation(of: agreement, permit.organization, occasion, env: env)
        ?? tx.inviteAnew(agreement, permit.organization, occasion, env: env)
      // Whoever did it has it in writing too, with their other correspondence about the customer.
      if let sender = try occasion.actor.account.flatMap({ try tx.account($0) }) {
        try tx.send(
          .invitationResent(organization: permit.organization.name, agreement: agreement.number), to: sender.email,
          name: sender.name,
          in: sender.language, occasion, sealedBy: env.keys)
      }
      return permit.mayKnowAccounts ? sent : nil
    }
  }
}

extension Transaction {
  /// Sends what the person named by the agreement needs now: a new link, or word that they accepted already.
  ///
  /// - Returns: nil when there is neither: somebody withdrew the invitation before it was accepted. Nothing is sent then.
  func resendInvitation(
    of agreement: Agreement, _ organization: Organization, _ occasion: Occasion, env: Environment
  ) throws -> ResendAgreementInvitation.Sent? {
    let person = agreement.administrator
    let invitation = try invitation(agreement: agreement.id, email: person.email)
    let account = try account(.work, email: person.email)
    if let invitation, invitation.state == .pending {
      // It leads to signing in, for which they need a password first.
      if let account { _ = try sendPasswordLink(to: account, occasion, env: env) }
      let link = try sendInvitationLink(for: invitation, organization, occasion, env: env)
      try record(.invitationResent, on: invitation.id.auditName, in: organization.id, occasion)
      return .invitation(expiresAt: link.expiresAt)
    }
    let isMember = try account.map { try membership($0.id, in: organization.id) != nil } ?? false
    guard isMember || invitation?.state == .accepted else { return nil }
    if let account, let link = try sendPasswordLink(to: account, occasion, env: env) {
      try record(.invitationResent, on: agreement.id.auditName, in: organization.id, occasion, details: ["accepted": true])
      return .invitation(expiresAt: link.expiresAt)
    }
    try send(
      .alreadyAccepted(organization: organization.name, signInURL: "\(env.settings.publicAddress)/sign-in"), to: person.email,
      name: person.name, in: account?.language ?? .fallback, occasion, sealedBy: env.keys)
    try record(.invitationResent, on: agreement.id.auditName, in: organization.id, occasion, details: ["accepted": true])
    return .alreadyAccepted
  }

  /// Invites the person named by the agreement once more, after the earlier invitation was withdrawn.
  fileprivate func inviteAnew(
    _ agreement: Agreement, _ organization: Organization, _ occasion: Occasion, env: Environment
  ) throws -> ResendAgreementInvitation.Sent {
    let earlier = try invitation(agreement: agreement.id, email: agreement.administrator.email)
    let told = try tellAdministrator(
      of: agreement, organization, language: earlier?.language ?? .fallback, country: earlier?.country, occasion, env: env)
    return switch told {
    case .invited(_, let expiresAt): .invitation(expiresAt: expiresAt)
    case .added: .alreadyAccepted
    }
  }

  /// The pending invitation somebody wants to change, after checking that they may grant what it gives.
  ///
  /// - Parameter permitFor: checks who may do this to the invitation of an agreement.
  fileprivate func invitationToChange(
    _ id: InvitationID, in organization: OrganizationID, _ occasion: Occasion, permitFor: (Agreement) throws -> Permit
  ) throws -> (Invitation, Permit) {
    // Another organization's invitation takes the way of one that never was.
    let found = try invitation(id).flatMap { $0.organization == organization ? $0 : nil }
    let permit: Permit
    if case .agreement(let agreementID) = found?.purpose, let agreement = try agreement(agreementID) {
      permit = try permitFor(agreement)
    } else {
      permit = try self.permit(.userInvite, in: organization, occasion)
    }
    guard let invitation = found else { throw InvitationRefusal.unknown }
    if case .agreement = invitation.purpose {
    } else {
      guard
        permit.authority.mayAct(onHolderOf: permit.roles.roles(invitation.roles), at: permit.target, by: .invitation)
      else {
        throw AccessDenied(permission: permit.permission, organization: organization, reason: "role_not_grantable")
      }
    }
    if invitation.choosesPassword, let account = try account(.work, email: invitation.email) {
      // It gives no role, but it is the way back to all that the person holds.
      try checkMayAct(on: .account(account.id), under: permit)
    }
    guard invitation.state == .pending else { throw InvitationRefusal.notPending }
    return (invitation, permit)
  }
}
