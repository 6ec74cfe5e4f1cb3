import Identity
import Localization
import Mail
import Primitives
import TestKit
import Testing

/// Our side of SMTP against a server written by others.
@Suite(.rule("RFC 5321, RFC 3207, RFC 4954"), .timeLimit(.minutes(1))) struct HandingLettersToAServer {
  @Test func `a letter goes out encrypted and after authentication, and arrives as it was written`() async throws {
    try await withServer(["--user", "usher", "--password", "pässword"]) { server, certificate in
      let message = try SampleLetters.composed(SampleLetters.letter(in: .russian))
      try await transport(server, certificate, user: "usher", password: "pässword").deliver(#require(message))
    } then: { events in
      #expect(events.map(\.name) == ["EHLO", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"])
      #expect(events.first?.details["name"] == "portal.example")
      // Everything after the first greeting and STARTTLS.
      #expect(events.dropFirst().allSatisfy { $0.isEncrypted })
      let data = try #require(events.last)
      #expect(data.details["user"] == "usher")
      #expect(data.details["sender"] == "usher@usher.example")
      #expect(data.details["recipients"] == ["grace@contoso.test"])
      #expect(
        data.details["content"]?.stringValue
          == SampleLetters.composed(try SampleLetters.letter(in: .russian)).map { Base64.encode($0.bytes) })
      let subject = Sentences(.russian).agreementLetter.subject("E-4711")
      #expect(data.message["subject"]?.stringValue == subject)
    }
  }

  @Test func `with implicit TLS everything is encrypted from the start`() async throws {
    try await withServer(["--implicit-tls"]) { server, certificate in
      try await transport(server, certificate, security: .implicitTLS).deliver(
        #require(SampleLetters.composed(SampleLetters.letter())))
    } then: { events in
      #expect(events.map(\.name) == ["EHLO", "MAIL", "RCPT", "DATA"])
      #expect(events.allSatisfy { $0.isEncrypted })
    }
  }

  @Test func `a mailbox whose name is not ASCII is asked for with SMTPUTF8`() async throws {
    try await withServer([]) { server, certificate in
      try await transport(server, certificate).deliver(
        #require(SampleLetters.composed(SampleLetters.letter(to: "иван@contoso.test"))))
    } then: { events in
      #expect(events.first { $0.name == "MAIL" }?.details["options"]?.arrayValue?.contains("SMTPUTF8") == true)
      #expect(events.last?.details["recipients"] == ["иван@contoso.test"])
    }
  }

  @Test func `lines that begin with a dot arrive with it`() async throws {
    try await withServer([]) { server, certificate in
      let address = try #require(MailAddress(EmailAddress(stored: "usher@usher.example")))
      let box = Mailbox(name: "", address: address)
      let message = Message(
        letter: LetterID(trusted: "01"), date: SampleLetters.now, from: box, to: box, language: .english, subject: "dots",
        plainText: ".\n..\n.end\n", html: "<p>.</p>")
      try await transport(server, certificate).deliver(message.composed())
    } then: { events in
      #expect(events.last?.message["parts"]?.arrayValue?.first?.objectValue?["text"] == ".\n..\n.end\n")
    }
  }

  @Test(.threat("OUT1")) func `a server that offers no STARTTLS hears nothing but a greeting`() async throws {
    try await withServer(["--no-starttls", "--user", "usher", "--password", "secret"]) { server, certificate in
      await #expect(throws: DeliveryFailure.self) {
        try await transport(server, certificate, user: "usher", password: "secret").deliver(message())
      }
    } then: { events in
      #expect(events.map(\.name) == ["EHLO"])
    }
  }

  @Test(.threat("OUT1"), arguments: ["other authority", "other name"])
  func `a server with a wrong certificate hears nothing but a greeting`(_ wrong: String) async throws {
    try await withTemporaryFolder { folder in
      let trusted = try await ServerCertificate.make(in: folder, file: "trusted")
      let shown = try await ServerCertificate.make(
        in: folder, name: wrong == "other name" ? "DNS:elsewhere.test" : "IP:127.0.0.1")
      let events = try await MailServer.run(shown.options + ["--user", "usher", "--password", "secret"]) { server in
        await #expect(throws: DeliveryFailure.self) {
          try await transport(server, wrong == "other name" ? shown : trusted, user: "usher", password: "secret").deliver(
            message())
        }
      }
      #expect(events.map(\.name) == ["EHLO"])
    }
  }

  @Test(.threat("OUT1"), arguments: ["silent", "slow", "drop-after-data", "busy-recipient", "reject-sender", "reject-policy"])
  func `what may be better later is a temporary failure`(_ fault: String) async throws {
    try await withServer(["--fault", fault]) { server, certificate in
      let patience = Duration.milliseconds(fault == "silent" || fault == "slow" ? 700 : 30_000)
      let failure = try await failure(of: transport(server, certificate, totalTimeout: patience))
      guard case .temporary(let reason) = failure else { Issue.record("\(String(describing: failure))"); return }
      #expect(!reason.contains("@") && !reason.contains("contoso"), "a reason names nobody")
    } then: { _ in
    }
  }

  @Test(.threat("OUT1"), arguments: [("reject-recipient", "RCPT answered 550"), ("reject-message", "DATA answered 554")])
  func `a refusal of the mailbox or of the message is final`(_ fault: String, _ reason: String) async throws {
    try await withServer(["--fault", fault]) { server, certificate in
      let failure = try await failure(of: transport(server, certificate))
      #expect(failure == .permanent(reason))
    } then: { _ in
    }
  }

  @Test(.threat("OUT1")) func `wrong credentials are our fault, not the letter's`() async throws {
    try await withServer(["--user", "usher", "--password", "right"]) { server, certificate in
      let failure = try await failure(of: transport(server, certificate, user: "usher", password: "wrong"))
      #expect(failure == .temporary("AUTH answered 535"))
    } then: { events in
      #expect(events.map(\.name) == ["EHLO", "EHLO", "AUTH"])
    }
  }

  @Test func `a delivery that nobody waits for any more is broken off`() async throws {
    try await withServer(["--fault", "slow"]) { server, certificate in
      let transport = try transport(server, certificate)
      let delivery = Task { await failure(of: transport) }
      while try await server.nextEvent().name != "DATA" {}
      delivery.cancel()
      guard case .temporary = await delivery.value else { Issue.record("not broken off"); return }
    } then: { _ in
    }
  }

  @Test func `plain text is only ever spoken with this machine`() throws {
    for host in ["mail.example", "192.0.2.1", "localhost.example", "2001:db8::1", "127.0.0.1.example"] {
      #expect(throws: SMTPSettings.Refusal.plaintextBeyondLoopback) {
        try SMTPSettings(host: host, port: 25, security: .plaintextOnLoopback, greetingName: "a")
      }
    }
    for host in ["127.0.0.1", "127.8.9.1", "::1", "localhost"] {
      _ = try SMTPSettings(host: host, port: 25, security: .plaintextOnLoopback, greetingName: "a")
    }
  }

  @Test(arguments: ["", "a b", "mail.example/path", "user@mail.example", "mail.example:25", "-\u{0}", "ma\r\nil", "[::1]"])
  func `what is not a server's name is refused`(_ host: String) {
    #expect(throws: SMTPSettings.Refusal.notAServer) {
      try SMTPSettings(host: host, port: 25, security: .startTLS, greetingName: "a")
    }
  }

  private func withServer(
    _ options: [String], _ body: (MailServer, ServerCertificate) async throws -> Void,
    then check: ([MailServer.Event]) throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      let certificate = try await ServerCertificate.make(in: folder)
      try check(try await MailServer.run(certificate.options + options) { try await body($0, certificate) })
    }
  }

  private func transport(
    _ server: MailServer, _ trusted: ServerCertificate, security: SMTPSettings.Security = .startTLS, user: String? = nil,
    password: String = "", totalTimeout: Duration = .seconds(30)
  ) throws -> SMTPTransport {
    SMTPTransport(
      try SMTPSettings(
        host: "127.0.0.1", port: server.port, security: security, credentials: user.map { .init(user: $0, password: password) },
        certificateAuthorities: trusted.certificate, greetingName: "portal.example", totalTimeout: totalTimeout))
  }

  private func message() throws -> ComposedMessage { try #require(SampleLetters.composed(SampleLetters.letter())) }

  private func failure(of transport: SMTPTransport) async -> DeliveryFailure? {
    guard let message = try? message() else { return nil }
    do throws(DeliveryFailure) {
      try await transport.deliver(message)
      return nil
    } catch {
      return error
    }
  }
}
