import Identity
import Mail
import Primitives
import TestKit
import Testing

/// From the outbox to a real mail server that fails in every way, and back to health.
@Suite(.threat("OUT1"), .timeLimit(.minutes(1))) struct OutageOfTheMailServer {
  @Test(arguments: ["down", "silent", "slow", "drop-after-data", "busy-recipient", "no STARTTLS", "wrong certificate"])
  func `a letter survives every outage in the queue and arrives when the server is well again`(_ outage: String) async throws {
    let office = try await PostOffice()
    try await office.enqueue(SampleLetters.letter())
    try await withTemporaryFolder { folder in
      let certificate = try await ServerCertificate.make(in: folder)
      let other = try await ServerCertificate.make(in: folder, file: "other")
      let login = ["--user", "usher", "--password", "secret"]
      let options =
        switch outage {
        case "wrong certificate": other.options + login
        case "no STARTTLS": ["--no-starttls"] + login
        case "down": certificate.options
        default: certificate.options + login + ["--fault", outage]
        }

      // "Down" is a port on which nobody listens any more.
      var port = 0
      let events = try await MailServer.run(options) { server in
        port = server.port
        if outage != "down" { try await office.postman(transport(port, certificate, patience: .milliseconds(700))).deliverDue() }
      }
      if outage == "down" { try await office.postman(transport(port, certificate, patience: .seconds(20))).deliverDue() }

      #expect(events.filter { $0.name != "EHLO" }.allSatisfy { $0.isEncrypted }, "nothing but a greeting in plain text")
      #expect(try await office.waitingCount() == 1)
      #expect(try await office.audit().isEmpty)

      let arrived = try await MailServer.run(certificate.options + login) { server in
        let postman = try office.postman(transport(server.port, certificate, patience: .seconds(20)))
        await postman.deliverDue()
        #expect(try await office.waitingCount() == 1, "not before a minute has gone by")
        office.clock.advance(by: .minutes(1))
        await postman.deliverDue()
      }
      #expect(try await office.waitingCount() == 0)
      #expect(arrived.filter { $0.name == "DATA" }.map { $0.message["message_id"] } == ["<01letter@usher.example>"])
      // What got through before the connection broke is the same message to its reader.
      #expect(events.filter { $0.name == "DATA" }.allSatisfy { $0.message["message_id"] == "<01letter@usher.example>" })
    }
  }

  private func transport(_ port: Int, _ trusted: ServerCertificate, patience: Duration) throws -> SMTPTransport {
    SMTPTransport(
      try SMTPSettings(
        host: "127.0.0.1", port: port, security: .startTLS, credentials: .init(user: "usher", password: "secret"),
        certificateAuthorities: trusted.certificate, greetingName: "portal.example", totalTimeout: patience))
  }
}
