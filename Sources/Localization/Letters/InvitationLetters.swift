package import Primitives

/// Letters about agreements and invitations.
extension Sentences {
  /// To the person whom a newly registered agreement names. The button leads to the invitation's one-time link.
  package func agreementInvitationLetter(to name: String?, organization: String, agreement: String, expiresAt: Timestamp)
    -> LetterText
  {
    let own = agreementLetter
    return letter(
      to: name, subject: own.subject(agreement),
      paragraphs: [own.opening(agreement: agreement, organization: organization), own.next, own.term(day(expiresAt))],
      button: own.button, advice: [letter.alone, letter.unexpected])
  }

  /// To a person named by another agreement who has a work account already. The button leads to the sign-in page, not to a secret.
  package func agreementAddedLetter(to name: String?, organization: String, agreement: String) -> LetterText {
    let own = secondAgreementLetter
    return letter(
      to: name, subject: own.subject(agreement),
      paragraphs: [own.opening(agreement: agreement, organization: organization), own.next],
      button: own.button, advice: [letter.unexpectedChange])
  }

  /// To somebody invited into an organization. The same words whether or not the address has an account somewhere: the inviter may look
  /// over the recipient's shoulder, and must not learn it.
  ///
  /// - Parameter inviter: nil when no person invited but the portal did.
  package func memberInvitationLetter(to name: String?, inviter: String?, organization: String, expiresAt: Timestamp)
    -> LetterText
  {
    let own = memberLetter
    return letter(
      to: name,
      subject: inviter.map { own.subject(inviter: $0, organization: organization) } ?? own.subjectNoInviter(organization),
      paragraphs: [
        inviter.map { own.opening(inviter: $0, organization: organization) } ?? own.openingNoInviter(organization), own.next,
        own.term(day(expiresAt)),
      ],
      button: own.button, advice: [letter.alone, letter.unexpected])
  }

  /// To somebody who asked for an agreement's invitation again after having accepted it. The button leads to the sign-in page.
  package func alreadyAcceptedLetter(to name: String?, organization: String) -> LetterText {
    let own = alreadyAcceptedLetter
    return letter(
      to: name, subject: own.subject, paragraphs: [own.opening(organization), own.next], button: own.button, advice: [])
  }

  /// To the address that an agreement named until now, whether the person or only the address has changed.
  package func administratorReplacedLetter(to name: String?, organization: String, agreement: String) -> LetterText {
    let own = administratorChangedLetter
    return letter(
      to: name, subject: own.subject(agreement),
      paragraphs: [own.opening(agreement: agreement, organization: organization), own.link],
      button: nil, advice: [letter.unexpectedChange])
  }

  /// To the partner who had an agreement's invitation sent again.
  package func invitationResentLetter(to name: String?, organization: String, agreement: String) -> LetterText {
    let own = sentAgainLetter
    return letter(
      to: name, subject: own.subject(agreement),
      paragraphs: [own.opening(agreement: agreement, organization: organization), own.note],
      button: nil, advice: [])
  }
}
