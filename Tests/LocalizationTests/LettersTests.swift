import Localization
import Primitives
import TestKit
import Testing

@Suite struct Letters {
  static let end = Timestamp(seconds: 1_800_000_000)

  /// Every letter there is, in one language.
  static func all(_ language: Language) -> [LetterText] {
    let say = Sentences(language)
    return [
      say.agreementInvitationLetter(to: "Ada Byron", organization: "Contoso", agreement: "V1", expiresAt: end),
      say.agreementAddedLetter(to: "Ada Byron", organization: "Contoso", agreement: "V1"),
      say.memberInvitationLetter(to: "Ada Byron", inviter: "Grace Hopper", organization: "Contoso", expiresAt: end),
      say.memberInvitationLetter(to: nil, inviter: nil, organization: "Contoso", expiresAt: end),
      say.alreadyAcceptedLetter(to: "Ada Byron", organization: "Contoso"),
      say.administratorReplacedLetter(to: "Ada Byron", organization: "Contoso", agreement: "V1"),
      say.invitationResentLetter(to: "Ada Byron", organization: "Contoso", agreement: "V1"),
      say.confirmAddressLetter(expiresAt: end),
      say.alreadySignedUpLetter(to: "Ada Byron"),
      say.passwordChangedLetter(to: "Ada Byron", at: end),
    ]
  }

  @Test(arguments: Language.all)
  func `every letter says all of its parts and leaves no parameter unsaid`(language: Language) {
    for letter in Self.all(language) {
      let parts =
        [letter.subject, letter.greeting, letter.linkBelow, letter.closing, letter.signature] + letter.paragraphs + letter.advice
      #expect(!parts.contains(""), "\(letter.subject)")
      #expect(!parts.contains { $0.contains("{") || $0.contains("}") || $0.contains("\n") }, "\(letter.subject)")
      #expect(!parts.contains { $0.contains("..") }, "\(letter.subject)")
      #expect(letter.subject.count <= 100)
    }
  }

  @Test func `the letter for a second agreement carries no password link and sends to signing in`() {
    let letter = Sentences(.english).agreementAddedLetter(to: "Ada", organization: "Contoso", agreement: "V2")
    #expect(letter.button == "Sign in")
    #expect(letter.paragraphs.contains { $0.contains("no new account") })
  }

  @Test func `an invitation names the day on which its link ends`() {
    let letter = Sentences(.russian).agreementInvitationLetter(
      to: "Ада", organization: "Контосо", agreement: "V1", expiresAt: Self.end)
    #expect(letter.paragraphs.contains { $0.contains("до 15 января 2027 года") })
  }

  @Test func `an invitation reads the same whether or not its reader has an account`() {
    let letter = Sentences(.english).memberInvitationLetter(
      to: "Ada", inviter: "Grace", organization: "Contoso", expiresAt: Self.end)
    #expect(letter.paragraphs.contains { $0.contains("create an account there, or sign in") })
  }

  @Test func `a letter that anybody can cause to be sent repeats nothing they typed`() {
    let letter = Sentences(.english).confirmAddressLetter(expiresAt: Self.end)
    #expect(letter.greeting == "Hello,")
  }
}
