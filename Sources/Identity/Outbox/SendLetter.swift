package import Localization
internal import Primitives

extension Transaction {
  /// Puts a letter into the outbox, in the transaction that causes it. Mail delivers it soon; the request never waits for that.
  package func send(
    _ content: LetterContent, to email: EmailAddress, name: PersonName, in language: Language, _ occasion: Occasion,
    sealedBy keys: KeyRing
  ) throws {
    try keys.mustBeInForce(self)
    let id: LetterID = occasion.newID()
    try enqueue(
      Letter(
        id: id, recipient: email, recipientName: name.full, language: language,
        sealedContent: try content.sealed(by: keys.outbox, for: id),
        createdAt: occasion.now, nextAttemptAt: occasion.now, giveUpAt: occasion.now + .days(3)))
  }
}
