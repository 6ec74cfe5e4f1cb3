package import AccessControl
package import Primitives

package protocol InvitationStore {
  func invitation(_ id: InvitationID) throws -> Invitation?
  /// The newest invitation an agreement caused for this address, whatever its state.
  func invitation(agreement: AgreementID, email: EmailAddress) throws -> Invitation?
  /// Every pending invitation an agreement caused.
  func pendingInvitations(agreement: AgreementID) throws -> [Invitation]
  /// The pending invitation of this address to this organization that no agreement caused, whoever or whatever sent it, so that a second one
  /// replaces the first. Those for choosing a password are not among them.
  func pendingMemberInvitation(organization: OrganizationID, email: EmailAddress) throws -> Invitation?
  /// The pending one for choosing a password (`Invitation.choosesPassword`).
  func pendingPasswordInvitation(organization: OrganizationID, email: EmailAddress) throws -> Invitation?
  func invitations(organization: OrganizationID?, state: Invitation.State?, _ page: PageRequest) throws -> Page<Invitation>
  func insert(_ invitation: Invitation) throws
  func update(_ invitation: Invitation) throws -> Bool

  func invitationLink(_ digest: SecretDigest) throws -> InvitationLink?
  /// The newest link of an invitation.
  func latestInvitationLink(_ invitation: InvitationID) throws -> InvitationLink?
  func insert(_ link: InvitationLink) throws
  /// Turns every live link of the invitation into `state` (replaced or withdrawn).
  func endInvitationLinks(_ invitation: InvitationID, as state: InvitationLink.State) throws
  /// Turns every live link of everybody into `state`, after the database was set back. The invitations stay, and can be sent again.
  ///
  /// - Returns: how many.
  func endEveryInvitationLink(as state: InvitationLink.State) throws -> Int
  /// Uses the link up: one conditional write (`live`, and `now` not past its end).
  ///
  /// - Returns: false when it was not live any more or had expired; then nothing changed.
  func useInvitationLink(_ digest: SecretDigest, at now: Timestamp) throws -> Bool
  /// Clean-up only. The invitations stay; a link that is gone looks like one that never was.
  func deleteInvitationLinks(expiredBefore limit: Timestamp, atMost count: Int) throws -> Int
}
