package import Localization
package import Primitives

/// A letter that must reach somebody: what it says is decided in the transaction that causes it, how it looks is Mail's business.
package enum LetterContent: Sendable, Hashable {
  case agreementInvitation(organization: String, agreement: String, link: String, expiresAt: Timestamp)
  /// For somebody who has a work account already: no link with a secret, only the way to the sign-in page.
  case agreementAdded(organization: String, agreement: String, signInURL: String)
  case memberInvitation(inviter: String, organization: String, link: String, expiresAt: Timestamp)
  /// Asked for the invitation again after having accepted it.
  case alreadyAccepted(organization: String, signInURL: String)
  case confirmAddress(link: String, expiresAt: Timestamp)
  /// Somebody signed up with an address that has a personal account already.
  case alreadySignedUp(signInURL: String)
  case passwordChanged(at: Timestamp, profileURL: String)
  /// To the person who was the designated administrator until now.
  case administratorReplaced(organization: String, agreement: String)
  /// To the partner who re-sent an agreement's invitation.
  case invitationResent(organization: String, agreement: String)
}

extension Job.Kind {
  /// A letter to carry. The job's id is the letter's.
  package static let letter = Job.Kind(rawValue: "letter")
}

/// A letter of the outbox. The content may hold a live link, so it rests sealed and is erased once delivered.
package struct Letter: Sendable, Hashable {
  package let id: LetterID
  package let recipient: EmailAddress
  package let recipientName: String
  package let language: Language
  /// The content as JSON, sealed with `Sealer(root, purpose: "outbox")`, context = the letter's id.
  package let sealedContent: String
  package let createdAt: Timestamp
  package var attempts: Int
  package var nextAttemptAt: Timestamp
  /// Given up then, and said so in the audit trail.
  package let giveUpAt: Timestamp
  package var lastError: String?

  package init(
    id: LetterID, recipient: EmailAddress, recipientName: String, language: Language, sealedContent: String, createdAt: Timestamp,
    attempts: Int = 0, nextAttemptAt: Timestamp, giveUpAt: Timestamp, lastError: String? = nil
  ) {
    self.id = id
    self.recipient = recipient
    self.recipientName = recipientName
    self.language = language
    self.sealedContent = sealedContent
    self.createdAt = createdAt
    self.attempts = attempts
    self.nextAttemptAt = nextAttemptAt
    self.giveUpAt = giveUpAt
    self.lastError = lastError
  }
}
