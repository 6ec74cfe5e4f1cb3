package import Primitives

/// Letters about somebody's own account.
extension Sentences {
  /// To the address with which somebody signed up for a personal account. The button leads to the one-time link.
  ///
  /// No name in the greeting: what a stranger typed would be a way to send words of their own to anybody.
  package func confirmAddressLetter(expiresAt: Timestamp) -> LetterText {
    let own = confirmationLetter
    return letter(
      to: nil, subject: own.subject, paragraphs: [own.opening, own.next, own.term(moment(expiresAt))], button: own.button,
      advice: [letter.alone, letter.unexpected])
  }

  /// To an address that has a personal account already, after somebody tried to sign up with it. The button leads to the sign-in page.
  package func alreadySignedUpLetter(to name: String?) -> LetterText {
    let own = signUpAgainLetter
    return letter(to: name, subject: own.subject, paragraphs: [own.opening, own.next], button: own.button, advice: [])
  }

  /// After every change of a password. The button leads to the person's profile.
  package func passwordChangedLetter(to name: String?, at moment: Timestamp) -> LetterText {
    let own = passwordChangedLetter
    return letter(
      to: name, subject: own.subject, paragraphs: [own.opening(self.moment(moment)), own.sessions], button: own.button,
      advice: [own.notYou])
  }
}
