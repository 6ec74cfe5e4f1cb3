/// A secret of 256 random bits that somebody holds and we only recognise: the value of a link, a code, a refresh token, a client secret,
/// a session.
///
/// It is made once, shown once, and stored only as its `digest`. Its text is 43 signs of base64url.
package struct SecretToken: Sendable, Redacted {
  private let text: String

  package static func make(from random: any RandomSource) -> SecretToken {
    SecretToken(presented: Base64URL.encode(random.bytes(32)))
  }

  /// Takes what somebody presented, whatever it is: a wrong one is found out by having no stored digest.
  package init(presented text: String) {
    self.text = text
  }

  /// The secret itself, for the one place that hands it to its holder.
  package func reveal() -> String { text }

  /// What is stored and looked up in place of the secret.
  package var digest: SecretDigest { .of(text.utf8) }
}
