/// What a letter says, in the order in which it is read. How it looks, and where its button leads, is for whoever writes the message.
package struct LetterText: Sendable, Hashable {
  package var subject: String
  package var greeting: String
  package var paragraphs: [String]
  /// The words on the button that leads on; nil for a letter that only tells something.
  package var button: String?
  /// Stands above the button's address written out, for mail programs that show no button.
  package var linkBelow: String
  /// Smaller sentences below: what to do when the letter surprises, and what not to do with it.
  package var advice: [String]
  package var closing: String
  package var signature: String
}

extension Sentences {
  /// A letter with the parts all of them share.
  ///
  /// - Parameter name: what the recipient is called; nil where no name is known, or where it is only what a stranger typed.
  func letter(to name: String?, subject: String, paragraphs: [String], button: String?, advice: [String]) -> LetterText {
    LetterText(
      subject: subject, greeting: name.map(letter.greeting) ?? letter.greetingNobody, paragraphs: paragraphs, button: button,
      linkBelow: letter.linkBelow, advice: advice + [letter.noReply], closing: letter.closing, signature: letter.signature)
  }
}
