package import Identity
package import Localization
package import Primitives

/// One letter as its reader will see it, not yet in the form that travels.
package struct Message: Sendable, Hashable {
  /// Names the message for ever: a repeated delivery carries the same Message-ID, so mail programs show it once.
  package let letter: LetterID
  /// When it was written, not when it is sent.
  package let date: Timestamp
  package let from: Mailbox
  package let to: Mailbox
  package let language: Language
  package let subject: String
  /// Lines ended by LF.
  package let plainText: String
  package let html: String

  package init(
    letter: LetterID, date: Timestamp, from: Mailbox, to: Mailbox, language: Language, subject: String, plainText: String,
    html: String
  ) {
    self.letter = letter
    self.date = date
    self.from = from
    self.to = to
    self.language = language
    self.subject = subject
    self.plainText = plainText
    self.html = html
  }
}

/// A message in the form that travels (RFC 5322), with its envelope.
package struct ComposedMessage: Sendable {
  package let letter: LetterID
  package let date: Timestamp
  package let sender: MailAddress
  package let recipient: MailAddress
  package let bytes: [UInt8]
}
