import Identity
import Localization
import Mail
import Primitives
import TestKit
import Testing

/// What we write, read back by Python's email package.
@Suite(.rule("RFC 5322, RFC 2045, RFC 2047"), .timeLimit(.minutes(1))) struct ComposingMessages {
  /// Names people have, and names people try.
  private static let names = [
    "Grace Hopper", "", "O'Brien, Conan \"Red\" \\ Jr.", "Жанна д’Арк-Константинопольская", "李小龍", "👩🏽‍🚀 Zoë",
    "=?utf-8?q?not_a_word?=",
    String(repeating: "Очень длинное имя ", count: 11) + "конец", String(repeating: "x", count: 200),
    "(comment) <a@b.test>, second",
    "a" + String(repeating: "\u{0301}", count: 90),
  ]

  @Test func `an independent mail program reads every name and subject as it was meant`() async throws {
    try await read { reader in
      for name in Self.names {
        let message = try await reader.read(message(name: name, subject: "Über " + name))
        #expect(message["to"]?.objectValue?["name"]?.stringValue == name)
        #expect(message["subject"]?.stringValue == HeaderText.cleaned("Über " + name))
        #expect(message["defects"] == [], "\(name)")
      }
    }
  }

  @Test func `a line break in a name or subject cannot make a header`() async throws {
    try await read { reader in
      for evil in [
        "Eve\r\nBcc: all@contoso.test", "Eve\nX: y", "Eve\r\r\n\r\nbody", "Eve\u{2028}Bcc: x@y.test",
        "Eve\u{0}\u{1B}[31m\u{202E}",
      ] {
        let message = try await reader.read(message(name: evil, subject: evil))
        #expect(
          message["headers"] == [
            "Date", "Message-ID", "From", "To", "Subject", "Auto-Submitted", "Content-Language", "MIME-Version", "Content-Type",
          ])
        #expect(message["defects"] == [])
        #expect(message["subject"]?.stringValue?.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E } == true)
      }
    }
  }

  @Test func `both texts arrive as they were written, in lines every server takes`() async throws {
    let text =
      "Grüße = 3 \n\ttab \u{20AC}\n.\n..\nFrom here\n" + String(repeating: "Ж", count: 300) + "\n"
      + String(repeating: "y", count: 1200)
    try await read { reader in
      for plain in [text, "only ASCII\nin short lines", "trailing blanks  \nand é ", "carriage\rreturn"] {
        let composed = try message(plain: plain, html: "<p>\(plain)</p>")
        let lines = composed.bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
        #expect(lines.allSatisfy { $0.last == 0x0D && $0.count <= 999 && !$0.dropLast().contains(0x0D) })
        #expect(composed.bytes.allSatisfy { $0 < 0x80 })
        let parts = try #require(await reader.read(composed)["parts"]?.arrayValue?.compactMap(\.objectValue))
        #expect(parts.map { $0["type"]?.stringValue } == ["text/plain", "text/html"])
        #expect(parts.first?["text"]?.stringValue == plain)
        #expect(parts.last?["text"]?.stringValue == "<p>\(plain)</p>")
      }
    }
  }

  @Test func `a message says when it was written, that a machine wrote it, and its language`() async throws {
    try await read { reader in
      let message = try await reader.read(message(language: .russian))
      #expect(message["date"]?.stringValue == "2026-03-02T09:00:00+00:00")
      #expect(message["auto_submitted"]?.stringValue == "auto-generated")
      #expect(message["language"]?.stringValue == "ru")
      #expect(message["type"]?.stringValue == "multipart/alternative")
    }
  }

  @Test func `the same letter composed again is the same message`() throws {
    #expect(try message().bytes == message().bytes)
    #expect(String(decoding: try message().bytes, as: UTF8.self).contains("Message-ID: <01letter@usher.example>\r\n"))
  }

  @Test func `a domain beyond ASCII is written in A-labels, a local part beyond ASCII stays`() async throws {
    try await read { reader in
      let domain = try await reader.read(message(to: "info@почта.example"))
      #expect(domain["to"]?.objectValue?["address"]?.stringValue == "info@xn--80a1acny.example")
      let local = try message(to: "иван@почта.example")
      #expect(local.recipient.needsSMTPUTF8)
      #expect(try await reader.read(local)["to"]?.objectValue?["address"]?.stringValue == "иван@xn--80a1acny.example")
    }
  }

  @Test(arguments: [
    "a b@c.test", "a>@c.test", "a\r\nRCPT TO:<x@y.test>@c.test", "a@c.test>\r\nDATA", "a@c..test", "no-at", "@c.test",
  ])
  func `an address that could end an SMTP command is no address`(_ address: String) {
    #expect(MailAddress(EmailAddress(stored: address)) == nil)
  }

  private func message(
    to: String = "grace@contoso.test", name: String = "Grace", subject: String = "Subject", language: Language = .english,
    plain: String = "text", html: String = "<p>text</p>"
  ) throws -> ComposedMessage {
    let from = try #require(MailAddress(EmailAddress(stored: "usher@usher.example")))
    let to = try #require(MailAddress(EmailAddress(stored: to)))
    return Message(
      letter: LetterID(trusted: "01letter"), date: SampleLetters.now, from: Mailbox(name: "Usher", address: from),
      to: Mailbox(name: name, address: to), language: language, subject: subject, plainText: plain, html: html
    ).composed()
  }

  private func read(_ body: (MailReader) async throws -> Void) async throws { try await MailReader.run(body) }
}

/// Python's email package in a process of its own.
struct MailReader {
  private let process: ChildProcess

  static func run(_ body: (MailReader) async throws -> Void) async throws {
    try await ChildProcess.run(InteropTools.python(), [InteropTools.script("mail_reader.py")]) {
      try await body(MailReader(process: $0))
    }
  }

  func read(_ message: ComposedMessage) async throws -> JSONObject {
    try process.say(Base64.encode(message.bytes))
    return try #require(try JSON.parse(Array(try await process.nextLine().utf8)).objectValue)
  }
}
