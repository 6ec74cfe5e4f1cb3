package import Identity
package import Localization
internal import Primitives

/// Turns a letter of the outbox into a message: the sentences of its language, as plain text and as HTML.
package struct LetterWriter: Sendable {
  private let from: Mailbox
  private let tables: SentenceTables

  /// - Parameters:
  ///   - from: who every letter comes from; its domain also names the messages.
  ///   - tables: what is said, the operator's own words and name of the portal among it.
  package init(from: Mailbox, tables: SentenceTables) {
    self.from = from
    self.tables = tables
  }

  /// - Returns: nil when the recipient's address cannot be written into a message; such a letter can never be delivered.
  package func message(for letter: Letter, saying content: LetterContent) -> Message? {
    guard let address = MailAddress(letter.recipient) else { return nil }
    let sentences = Sentences(letter.language, from: tables)
    let text = content.text(in: sentences, to: letter.recipientName.isEmpty ? nil : letter.recipientName)
    let layout = LetterLayout(text: text, address: content.address, language: letter.language)
    // A name that a stranger typed at sign-up stands nowhere in a letter, not even beside the address.
    let name = content.isToUnprovenPerson ? "" : letter.recipientName
    return Message(
      letter: letter.id, date: letter.createdAt, from: from, to: Mailbox(name: name, address: address), language: letter.language,
      subject: text.subject, plainText: layout.plainText, html: layout.html)
  }
}

extension LetterContent {
  func text(in sentences: Sentences, to name: String?) -> LetterText {
    switch self {
    case .agreementInvitation(let organization, let agreement, _, let expiresAt):
      sentences.agreementInvitationLetter(to: name, organization: organization, agreement: agreement, expiresAt: expiresAt)
    case .agreementAdded(let organization, let agreement, _):
      sentences.agreementAddedLetter(to: name, organization: organization, agreement: agreement)
    case .memberInvitation(let inviter, let organization, _, let expiresAt):
      sentences.memberInvitationLetter(
        to: name, inviter: inviter.isEmpty ? nil : inviter, organization: organization, expiresAt: expiresAt)
    case .alreadyAccepted(let organization, _): sentences.alreadyAcceptedLetter(to: name, organization: organization)
    case .confirmAddress(_, let expiresAt): sentences.confirmAddressLetter(expiresAt: expiresAt)
    case .alreadySignedUp: sentences.alreadySignedUpLetter(to: name)
    case .passwordChanged(let moment, _): sentences.passwordChangedLetter(to: name, at: moment)
    case .administratorReplaced(let organization, let agreement):
      sentences.administratorReplacedLetter(to: name, organization: organization, agreement: agreement)
    case .invitationResent(let organization, let agreement):
      sentences.invitationResentLetter(to: name, organization: organization, agreement: agreement)
    }
  }

  /// Where the letter's button leads.
  var address: String? {
    switch self {
    case .agreementInvitation(_, _, let link, _), .memberInvitation(_, _, let link, _), .confirmAddress(let link, _): link
    case .agreementAdded(_, _, let url), .alreadyAccepted(_, let url), .alreadySignedUp(let url), .passwordChanged(_, let url):
      url
    case .administratorReplaced, .invitationResent: nil
    }
  }

  /// The end of what the letter offers: delivered later it would only lead to a page that says it is too late.
  var expiresAt: Timestamp? {
    switch self {
    case .agreementInvitation(_, _, _, let end), .memberInvitation(_, _, _, let end), .confirmAddress(_, let end): end
    case .agreementAdded, .alreadyAccepted, .alreadySignedUp, .passwordChanged, .administratorReplaced, .invitationResent: nil
    }
  }

  var isToUnprovenPerson: Bool {
    if case .confirmAddress = self { true } else { false }
  }
}
