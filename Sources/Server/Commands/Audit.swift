internal import ArgumentParser
internal import Identity
internal import Logging
internal import Primitives
internal import Storage

struct Audit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks the audit trail, without a server.",
    discussion:
      "The settings are those of 'usher check-configuration'; docs/audit.md says how the trail is sealed and what a check can find.",
    subcommands: [Verify.self, Checkpoint.self])

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks that the audit trail is what was sealed, from the first entry to the last.",
      discussion: """
        The database is only read; a server may run on it. A copy is checked with '--database FILE'. Exits with 0 only when nothing is wrong. \
        Without a checkpoint that you kept elsewhere it cannot be seen that the end of the trail was cut off.
        """)

    @Option(help: ArgumentHelp("A checkpoint that you kept: the trail must hold everything it speaks of.", valueName: "line"))
    var checkpoint: String?

    // A key may begin with a dash and is no option for that.
    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "The public key that signed that checkpoint, where the root key was replaced since: 'usher root-key replace' told it.",
        valueName: "key"))
    var checkpointKey: String?

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "The public key of the installation, as an earlier check printed it, in place of the root key.", valueName: "key"))
    var publicKey: String?

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
      let kept = try checkpoint.map { line in
        guard let checkpoint = AuditCheckpoint(line: line) else { throw ValidationError("That is no line of a checkpoint.") }
        return checkpoint
      }
      let keptKey = try checkpointKey.map(AuditEvidence.verifier)
      let evidence = try await AuditEvidence.open(options, publicKey: publicKey)
      let report = try await evidence.worded { store, verifier in
        try await VerifyAudit()(store: store, verifier: verifier, kept: kept, by: keptKey)
      }
      print("database    \(LogText.line(evidence.path))")
      print("public key  \(evidence.verifier)")
      report.lines(at: SystemClock.now()).forEach { print($0) }
      guard report.isIntact else { throw ExitCode.failure }
    }
  }

  struct Checkpoint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints how far the audit trail is sealed, as one signed line to keep elsewhere.",
      discussion: "Give it to 'usher audit verify --checkpoint' later. The line is no secret.")

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
      let evidence = try await AuditEvidence.open(options, publicKey: nil)
      let head = try await evidence.worded { store, _ in try await store.read { tx in try tx.auditHead() } }
      guard head != .start else { throw StartRefusal("nothing is sealed in this database yet.") }
      guard head.isGenuine(evidence.verifier) else {
        throw StartRefusal("the end of the audit trail was not signed by this installation. Run 'usher audit verify'.")
      }
      print(head.line)
    }
  }
}

/// The database to look into, and the key that must have sealed its trail.
private struct AuditEvidence {
  let path: String
  let verifier: MessageVerifier
  private let store: any Store
  private let close: () throws -> Void

  static func open(_ options: ConfigurationOptions, publicKey: String?) async throws -> AuditEvidence {
    let configuration = try Server.Configuration(options.given(environment: ConfigurationOptions.processEnvironment()))
    let database = configuration.storage.database
    let root = try publicKey == nil ? RootKeyFile.ofThisProcess(configuration.storage.rootKeyFile).load() : nil
    do {
      let (store, close) = try open(configuration.storage)
      if let root {
        let keys = KeyRing(root: root, logger: configuration.log.logger(now: SystemClock.now, write: StandardError.write))
        try await PreparePortal().checkRootKey(store: store, keys: keys)
        return AuditEvidence(path: database.description, verifier: try keys.audit.verifier(), store: store, close: close)
      }
      return AuditEvidence(path: database.description, verifier: try verifier(publicKey ?? ""), store: store, close: close)
    } catch {
      throw StartRefusal.wording(error)
    }
  }

  static func verifier(_ text: String) throws -> MessageVerifier {
    guard let verifier = MessageVerifier(text: text) else {
      throw ValidationError("That is no public key: it has 43 signs of base64url.")
    }
    return verifier
  }

  private static func open(_ storage: Configuration.Storage) throws -> (any Store, () throws -> Void) {
    switch storage.database {
    case .file(let path):
      let file = try Storage.openForReading(path: path)
      return (file, { try file.close() })
    case .server:
      let server = try Database.open(storage, clock: SystemClock.now)
      return (server, { try server.close() })
    }
  }

  /// Looks, closes the database, and words what went wrong.
  func worded<Value>(_ look: (any Store, MessageVerifier) async throws -> Value) async throws -> Value {
    do {
      let value = try await look(store, verifier)
      try close()
      return value
    } catch {
      try? close()
      throw StartRefusal.wording(error)
    }
  }
}

extension AuditReport {
  /// What is told of it, line by line.
  func lines(at now: Timestamp) -> [String] {
    var lines: [String] = []
    if head == .start {
      lines.append("sealed      nothing yet")
    } else {
      lines.append("sealed      \(head.position) entries, the last at \(head.sealedAt.rfc3339)")
      lines.append("checkpoint  \(LogText.line(head.line))")
    }
    lines.append("read        \(entries) entries and \(checkpoints) kept checkpoints")
    let age = oldestUnsealed.map { ", the oldest \(max((now - $0).wholeSeconds, 0)) seconds old" } ?? ""
    lines.append("not sealed  \(unsealed) entries\(age)")
    guard !isIntact else { return lines + ["The sealed trail is whole and unchanged."] }
    lines += faults.map { "WRONG       \($0)" }
    if faultCount > faults.count { lines.append("and \(faultCount - faults.count) more.") }
    return lines + ["The audit trail is not what was sealed."]
  }
}
