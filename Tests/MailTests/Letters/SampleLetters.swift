import Identity
import Localization
import Mail
import Primitives
import TestKit

/// Letters of every kind, and what is needed to write them.
enum SampleLetters {
  static let now = FixedClock().now()
  static let link = "https://usher.example/invitation/" + String(repeating: "q", count: 43)
  static let signIn = "https://usher.example/sign-in"

  static let contents: [LetterContent] = [
    .agreementInvitation(organization: "Contoso", agreement: "E-4711", link: link, expiresAt: now + .days(60)),
    .agreementAdded(organization: "Contoso", agreement: "E-4712", signInURL: signIn),
    .memberInvitation(inviter: "Ada Byron", organization: "Contoso", link: link, expiresAt: now + .days(60)),
    .memberInvitation(inviter: "", organization: "Contoso", link: link, expiresAt: now + .days(60)),
    .alreadyAccepted(organization: "Contoso", signInURL: signIn),
    .confirmAddress(link: link, expiresAt: now + .hours(24)),
    .alreadySignedUp(signInURL: signIn),
    .passwordChanged(at: now, profileURL: "https://usher.example/profile"),
    .administratorReplaced(organization: "Contoso", agreement: "E-4711"),
    .invitationResent(organization: "Contoso", agreement: "E-4711"),
  ]

  static let sealer = Sealer(RootKey.make(from: CountedRandomness(seed: 7)), purpose: "outbox")

  static func letter(
    _ id: String = "01letter", to recipient: String = "grace@contoso.test", name: String = "Grace Hopper",
    in language: Language = .english,
    saying content: LetterContent = contents[0], at created: Timestamp = now
  ) throws -> Letter {
    let id = LetterID(trusted: id)
    return Letter(
      id: id, recipient: EmailAddress(stored: recipient), recipientName: name, language: language,
      sealedContent: try content.sealed(by: sealer, for: id), createdAt: created, nextAttemptAt: created,
      giveUpAt: created + .days(3))
  }

  static func writer(
    from address: String = "usher@usher.example", name: String = "Usher", saying tables: SentenceTables = .compiledIn
  ) -> LetterWriter? {
    MailAddress(EmailAddress(stored: address)).map { LetterWriter(from: Mailbox(name: name, address: $0), tables: tables) }
  }

  static func composed(_ letter: Letter, saying content: LetterContent = contents[0]) -> ComposedMessage? {
    writer()?.message(for: letter, saying: content)?.composed()
  }
}
