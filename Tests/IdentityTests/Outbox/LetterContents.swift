import Identity
import Localization
import Primitives
import TestKit
import Testing

@Suite struct LetterContents {
  private static let now = FixedClock().now()

  private static let every: [LetterContent] = [
    .agreementInvitation(organization: "Contoso \"Öl\"", agreement: "E-1", link: "https://a.test/i/x", expiresAt: now),
    .agreementAdded(organization: "Contoso", agreement: "E-2", signInURL: "https://a.test/sign-in"),
    .memberInvitation(inviter: "", organization: "Contoso", link: "https://a.test/i/y", expiresAt: now),
    .alreadyAccepted(organization: "Contoso", signInURL: "https://a.test/sign-in"),
    .confirmAddress(link: "https://a.test/confirm/z", expiresAt: now),
    .alreadySignedUp(signInURL: "https://a.test/sign-in"),
    .passwordChanged(at: now, profileURL: "https://a.test/profile"),
    .administratorReplaced(organization: "Contoso", agreement: "E-1"),
    .invitationResent(organization: "Contoso", agreement: "E-1"),
  ]

  @Test(arguments: every) func `a content read back is the same content`(_ content: LetterContent) throws {
    #expect(try LetterContent(encoded: content.encoded()) == content)
  }

  @Test(arguments: every) func `a content with a member missing, too many or of another type is refused`(_ content: LetterContent)
    throws
  {
    let object = try #require(try JSON.parse(content.encoded()).objectValue)
    for name in object.members.map(\.name) {
      var changed = object
      changed[name] = nil
      expectRefusal(of: changed)
      changed[name] = .array([])
      expectRefusal(of: changed)
    }
    var longer = object
    longer["extra"] = "x"
    expectRefusal(of: longer)
  }

  @Test(arguments: ["", "[]", "null", "{}", #"{"kind":"unknown"}"#, #"{"kind":"already-signed-up","sign_in_url":"x""#])
  func `what is no content is refused`(_ text: String) {
    #expect(throws: UnreadableLetterContent.self) { try LetterContent(encoded: Array(text.utf8)) }
  }

  @Test(.threat("KEY1")) func `a sealed content opens with its own key and for its own letter only`() throws {
    let (sealer, stranger) = (sealer(seed: 1), sealer(seed: 2))
    let content = Self.every[0]
    let letter = letter("01a", try content.sealed(by: sealer, for: LetterID(trusted: "01a")))
    #expect(try LetterContent(opening: letter, with: sealer) == content)
    #expect(!letter.sealedContent.contains("a.test"))
    #expect(throws: UnreadableLetterContent.self) { try LetterContent(opening: letter, with: stranger) }
    #expect(throws: UnreadableLetterContent.self) {
      try LetterContent(opening: self.letter("01b", letter.sealedContent), with: sealer)
    }
  }

  private func sealer(seed: UInt64) -> Sealer { Sealer(RootKey.make(from: CountedRandomness(seed: seed)), purpose: "outbox") }

  private func letter(_ id: String, _ sealed: String) -> Letter {
    Letter(
      id: LetterID(trusted: id), recipient: EmailAddress(stored: "grace@contoso.test"), recipientName: "Grace",
      language: .english,
      sealedContent: sealed, createdAt: Self.now, nextAttemptAt: Self.now, giveUpAt: Self.now)
  }

  private func expectRefusal(of object: JSONObject) {
    #expect(throws: UnreadableLetterContent.self) { try LetterContent(encoded: object.encoded()) }
  }
}
