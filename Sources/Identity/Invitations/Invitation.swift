package import AccessControl
package import Localization
package import Primitives

/// An offer to join one organization with certain roles, made to one mailbox.
package struct Invitation: Sendable, Hashable {
  package enum Purpose: Sendable, Hashable {
    /// Sent because an agreement names this person; gives account administrator, and nobody has to be allowed to grant it.
    case agreement(AgreementID)
    /// Sent by a member. What the inviter may still grant is checked again at acceptance.
    case member(inviter: AccountID)
    /// Made by a command or by an application of the portal (first operator, automation).
    case operation(by: ApplicationID?)
  }

  package enum State: String, Sendable, CaseIterable { case pending, accepted, withdrawn }

  package let id: InvitationID
  package let organization: OrganizationID
  package let purpose: Purpose
  package var email: EmailAddress
  package var name: PersonName
  package var language: Language
  package var country: CountryCode?
  package var roles: [RoleID]
  package var state: State
  /// Who accepted, once somebody did.
  package var acceptedBy: AccountID?
  package let createdAt: Timestamp
  package var version: Int64

  package init(
    id: InvitationID, organization: OrganizationID, purpose: Purpose, email: EmailAddress, name: PersonName, language: Language,
    country: CountryCode?, roles: [RoleID], state: State = .pending, acceptedBy: AccountID? = nil, createdAt: Timestamp,
    version: Int64 = 1
  ) {
    self.id = id
    self.organization = organization
    self.purpose = purpose
    self.email = email
    self.name = name
    self.language = language
    self.country = country
    self.roles = roles
    self.state = state
    self.acceptedBy = acceptedBy
    self.createdAt = createdAt
    self.version = version
  }

  /// Whether it lets somebody who lost their password with the root key choose another. Only `InvitePeopleWithoutPassword` makes these. They are
  /// known by giving no role: every other invitation gives at least one.
  package var choosesPassword: Bool { purpose == .operation(by: nil) && roles.isEmpty }
}

/// One sent link of an invitation. A newer link makes every earlier one worthless; the old ones are kept so that their page can say so.
package struct InvitationLink: Sendable, Hashable {
  package enum State: String, Sendable { case live, replaced, used, withdrawn }

  package let digest: SecretDigest
  package let invitation: InvitationID
  package let sentAt: Timestamp
  /// Judged at the moment of use.
  package let expiresAt: Timestamp
  package var state: State

  package init(digest: SecretDigest, invitation: InvitationID, sentAt: Timestamp, expiresAt: Timestamp, state: State = .live) {
    self.digest = digest
    self.invitation = invitation
    self.sentAt = sentAt
    self.expiresAt = expiresAt
    self.state = state
  }
}
