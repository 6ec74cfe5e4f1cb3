import Identity
import Localization
import Mail
import Primitives
import TestKit
import Testing

@Suite struct WritingLetters {
  @Test(arguments: SampleLetters.contents, Language.all)
  func `every letter is written in every language, its way on readable in both texts`(
    _ content: LetterContent, _ language: Language
  ) throws {
    let message = try message(content, in: language)
    #expect(!message.subject.isEmpty)
    for text in [message.plainText, message.html] {
      #expect(!text.contains("{") || text == message.html)
      if let address = Self.address(of: content) { #expect(text.contains(address)) }
    }
    if let address = Self.address(of: content) {
      #expect(message.plainText.split(separator: "\n").contains(Substring(address)), "alone on its line")
      #expect(message.html.components(of: "href=\"").dropFirst().allSatisfy { $0.hasPrefix(address) })
    } else {
      #expect(!message.plainText.contains("://"))
    }
  }

  @Test(.threat("LNK14"), arguments: SampleLetters.contents)
  func `a letter loads nothing from anywhere`(_ content: LetterContent) throws {
    let html = try message(content, in: .english).html.lowercased()
    for loading in ["src=", "<img", "<link", "<script", "<iframe", "url(", "@import", "<form", "background="] {
      #expect(!html.contains(loading))
    }
  }

  @Test(.threat("LNK1"), arguments: [0, 2, 3, 5])
  func `an invitation names the day on which its link ends`(_ index: Int) throws {
    let content = SampleLetters.contents[index]
    #expect(try message(content, in: .english).plainText.contains(index == 5 ? "3 March 2026" : "1 May 2026"))
  }

  @Test func `the letter for a second agreement carries no link with a secret`() throws {
    let message = try message(SampleLetters.contents[1], in: .english)
    #expect(!message.plainText.contains("/invitation/") && !message.html.contains("/invitation/"))
    #expect(message.plainText.contains(SampleLetters.signIn))
  }

  @Test func `what people typed stands in the page as text, never as markup`() throws {
    let content = LetterContent.memberInvitation(
      inviter: "<b>Eve</b>", organization: "A & \"B\" <script>", link: SampleLetters.link + "?a=1&b='\"><img>",
      expiresAt: SampleLetters.now)
    let html = try message(content, in: .english, name: "<i>Grace</i>").html
    for markup in ["<b>Eve", "<script", "<i>Grace", "<img"] { #expect(!html.contains(markup)) }
    #expect(html.contains("A &amp; &quot;B&quot; &lt;script&gt;"))
  }

  @Test(arguments: SampleLetters.contents, Language.all)
  func `every letter is signed with the portal's name`(_ content: LetterContent, _ language: Language) throws {
    let tables = SentenceTables.compiledIn.naming(portal: "Contoso & Sons")
    let writer = try #require(SampleLetters.writer(name: "Contoso & Sons", saying: tables))
    let letter = try SampleLetters.letter(in: language, saying: content)
    let message = try #require(writer.message(for: letter, saying: content))
    #expect(message.from.name == "Contoso & Sons")
    #expect(message.plainText.contains("\nContoso & Sons\n"))
    #expect(message.html.contains("<br>Contoso &amp; Sons</p>"))
    #expect(!(message.subject + message.plainText + message.html).contains("Usher"))
  }

  @Test func `a letter to somebody who only signed up carries nothing they typed`() throws {
    let message = try message(SampleLetters.contents[5], in: .english, name: "Cheap pills at evil.test")
    #expect(!(message.plainText + message.html + message.subject + message.to.name).contains("pills"))
  }

  private func message(_ content: LetterContent, in language: Language, name: String = "Grace Hopper") throws -> Message {
    let writer = try #require(SampleLetters.writer())
    return try #require(writer.message(for: SampleLetters.letter(name: name, in: language, saying: content), saying: content))
  }

  private static func address(of content: LetterContent) -> String? {
    switch content {
    case .agreementInvitation, .memberInvitation, .confirmAddress: SampleLetters.link
    case .agreementAdded, .alreadyAccepted, .alreadySignedUp: SampleLetters.signIn
    case .passwordChanged: "https://usher.example/profile"
    case .administratorReplaced, .invitationResent: nil
    }
  }
}

extension String {
  fileprivate func components(of separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
