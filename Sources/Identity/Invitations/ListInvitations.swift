package import AccessControl
package import Primitives

/// An invitation with what its administrators want to know: how long its newest link works.
package struct SentInvitation: Sendable, Hashable {
  package let invitation: Invitation
  /// The end of the newest link; nil when there was none.
  package let expiresAt: Timestamp?

  /// Whether the link is past its end at this moment; the invitation can still be sent again.
  package func hasExpired(at now: Timestamp) -> Bool { invitation.state == .pending && expiresAt.map { $0 < now } ?? true }
}

/// Lists an organization's invitations, oldest first.
package struct ListInvitations: Sendable {
  package init() {}

  /// Needs `user:view` in the organization.
  ///
  /// - Parameter state: only those in this state; nil lists all.
  package func callAsFunction(
    of organization: OrganizationID, state: Invitation.State?, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<SentInvitation> {
    try await env.read(with: .userView, in: organization, occasion) { tx in
      let found = try tx.invitations(organization: organization, state: state, page)
      return Page(items: try found.items.map { try tx.sent($0) }, next: found.next)
    }
  }
}

/// Looks at one invitation.
package struct ViewInvitation: Sendable {
  package init() {}

  /// Needs `user:view` in the organization.
  ///
  /// - Throws: `InvitationRefusal.unknown`, `AccessDenied`.
  package func callAsFunction(
    _ id: InvitationID, of organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> SentInvitation {
    try await env.read(with: .userView, in: organization, occasion) { tx in
      guard let invitation = try tx.invitation(id), invitation.organization == organization else {
        throw InvitationRefusal.unknown
      }
      return try tx.sent(invitation)
    }
  }
}

extension Transaction {
  fileprivate func sent(_ invitation: Invitation) throws -> SentInvitation {
    SentInvitation(invitation: invitation, expiresAt: try latestInvitationLink(invitation.id)?.expiresAt)
  }
}
