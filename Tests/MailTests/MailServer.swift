import Mail
import Primitives
import TestKit
import Testing

/// A real SMTP server in a process of its own (aiosmtpd), which can fail in the ways servers do.
struct MailServer {
  let port: Int
  private let process: ChildProcess

  /// - Parameter options: as Tests/Interop/mail_server.py takes them.
  /// - Returns: everything that happened to the server while `body` ran.
  static func run(_ options: [String], _ body: (MailServer) async throws -> Void) async throws -> [Event] {
    try await ChildProcess.run(InteropTools.python(), [InteropTools.script("mail_server.py")] + options) { process in
      let listening = try Event(line: try await process.nextLine())
      let port = try #require(listening.details["port"]?.intValue)
      try await body(MailServer(port: Int(port), process: process))
      try process.end()
      var events: [Event] = []
      while let line = await process.nextLineOrEnd() { events.append(try Event(line: line)) }
      return events
    }
  }

  func nextEvent() async throws -> Event { try Event(line: try await process.nextLine()) }

  /// What the server was told, or did.
  struct Event {
    let name: String
    let details: JSONObject

    var isEncrypted: Bool { details["tls"]?.boolValue == true }
    /// The message as Python's email package reads it.
    var message: JSONObject { details["read"]?.objectValue ?? [:] }

    init(line: String) throws {
      details = try #require(try JSON.parse(Array(line.utf8)).objectValue)
      name = try #require(details["event"]?.stringValue)
    }
  }
}

/// A certificate for 127.0.0.1, made on the spot and vouched for by itself.
struct ServerCertificate {
  let certificate: String
  let key: String

  var options: [String] { ["--certificate", certificate, "--key", key] }

  /// - Parameter name: whom it is for, as openssl writes alternative names.
  static func make(in folder: String, name: String = "IP:127.0.0.1", file: String = "server") async throws -> ServerCertificate {
    let made = ServerCertificate(certificate: "\(folder)/\(file).pem", key: "\(folder)/\(file).key")
    try await ChildProcess.run(
      "/usr/bin/openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
        "/CN=mail.test",
        "-addext", "subjectAltName=\(name)", "-keyout", made.key, "-out", made.certificate,
      ])
    return made
  }
}
