package import AccessControl
package import Localization
package import Primitives

/// Invites somebody into an organization with one or more roles; a letter with a link goes to their mailbox, in their language.
///
/// The answer is the same whether or not the address has an account elsewhere: an inviter never learns that. A second invitation of the same
/// address replaces the first and makes its link worthless.
package struct InviteMember: Sendable {
  package struct Request: Sendable {
    package var email: EmailAddress
    package var name: PersonName
    package var language: Language
    package var country: CountryCode?
    package var roles: [RoleID]

    package init(email: EmailAddress, name: PersonName, language: Language, country: CountryCode?, roles: [RoleID]) {
      self.email = email
      self.name = name
      self.language = language
      self.country = country
      self.roles = roles
    }
  }

  package enum Refusal: Error, Sendable, Hashable {
    /// An invitation gives at least one role.
    case noRole
    /// No such role can be held in this organization.
    case roleUnknown(RoleID)
    /// The address belongs to a member of this very organization.
    case alreadyMember
  }

  package struct Invited: Sendable {
    package let invitation: Invitation
    package let expiresAt: Timestamp
  }

  package init() {}

  /// Needs `user:invite` in the organization, and every role must be one the actor may grant by invitation.
  ///
  /// - Throws: `Refusal`, `DutiesNotSeparated`, `AccessDenied`.
  package func callAsFunction(
    _ request: Request, to organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> Invited {
    let roles = Array(Set(request.roles)).sorted()
    return try await env.write(occasion) { tx in
      let permit = try tx.permit(.userInvite, in: organization, occasion)
      guard !roles.isEmpty else { throw Refusal.noRole }
      for id in roles {
        guard let role = permit.roles[id], role.canBeHeld(in: permit.target.organization) else {
          throw Refusal.roleUnknown(id)
        }
        guard permit.authority.mayGrant(role, by: .invitation, at: permit.target) else {
          throw AccessDenied(permission: .userInvite, organization: organization, reason: "role_not_grantable")
        }
      }
      if let exclusion = try tx.exclusion(of: roles, in: permit.organization) {
        throw DutiesNotSeparated(exclusion: exclusion, organization: organization, holders: [], count: 0)
      }
      if let account = try tx.account(.work, email: request.email), try tx.membership(account.id, in: organization) != nil {
        throw Refusal.alreadyMember
      }
      if let earlier = try tx.pendingMemberInvitation(organization: organization, email: request.email) {
        // Replacing takes what the first one would give: whoever may not grant those roles may not take them away either.
        guard
          permit.authority.mayAct(onHolderOf: permit.roles.roles(earlier.roles), at: permit.target, by: .invitation)
        else {
          throw AccessDenied(permission: .userInvite, organization: organization, reason: "role_not_grantable")
        }
        var replaced = earlier
        replaced.state = .withdrawn
        guard try tx.update(replaced) else { throw InvitationRefusal.changedMeanwhile }
        try tx.endInvitationLinks(earlier.id, as: .replaced)
        try tx.record(.invitationWithdrawn, on: earlier.id.auditName, in: organization, occasion)
      }
      let invitation = Invitation(
        id: occasion.newID(), organization: organization, purpose: Self.purpose(occasion.actor), email: request.email,
        name: request.name, language: request.language, country: request.country, roles: roles, createdAt: occasion.now)
      try tx.insert(invitation)
      try tx.record(
        .invitationSent, on: invitation.id.auditName, in: organization, before: nil,
        after: ["roles": .array(roles.map { .string($0.text) })], occasion)
      let link = try tx.sendInvitationLink(for: invitation, permit.organization, occasion, env: env)
      return Invited(invitation: invitation, expiresAt: link.expiresAt)
    }
  }

  private static func purpose(_ actor: Actor) -> Invitation.Purpose {
    switch actor.who {
    case .account(let id, _): .member(inviter: id)
    case .application(let id): .operation(by: id)
    case .command, .anonymous: .operation(by: nil)
    }
  }
}

extension Authority {
  /// Whether every role could be given in this way: what replacing or withdrawing an invitation needs.
  func mayAct(onHolderOf roles: [Role], at target: Target, by way: GrantWay) -> Bool {
    roles.allSatisfy { mayGrant($0, by: way, at: target) }
  }
}
