internal import ArgumentParser
internal import Identity
internal import Primitives
internal import Storage

/// A database that was set back to an earlier moment, made ready for whoever serves from it next: of today's schema, with nothing in it that could be used
/// twice. See docs/backup.md.
struct SetBack: Sendable {
  /// How far its audit trail went.
  let reached: AuditCheckpoint
  private let kept: EndAfterRestore.Kept
  private let ended: EndAfterRestore.Ended

  /// - Parameter place: what the database is called in a refusal.
  /// - Throws: `StartRefusal` when nothing is installed there; `PreparePortal.Refusal` for another root key. Then nothing was changed.
  static func prepare(
    _ store: any PersistentStore, called place: String, keeping kept: EndAfterRestore.Kept, _ keys: KeyRing, _ occasion: Occasion
  ) async throws -> SetBack {
    guard try await !store.isEmpty else { throw StartRefusal("\(place) holds no installation.") }
    try await PreparePortal().checkRootKey(store: store, keys: keys)
    try await store.migrate()
    let reached = try await store.read { tx in try tx.auditHead() }
    let ended = try await EndAfterRestore()(keeping: kept, occasion, store: store)
    if !kept.contains(.sessions) { try await SystemClock.waitForEnd(ofSecondOf: occasion.now) }
    return SetBack(reached: reached, kept: kept, ended: ended)
  }

  func tell() {
    print(
      "Its audit trail went up to entry \(reached.position)\(reached == .start ? "" : ", sealed at \(reached.sealedAt.rfc3339)")."
    )
    if !kept.contains(.sessions) {
      print("Ended: \(ended.sessions) sessions and \(ended.grants) grants. Everybody signs in again.")
    }
    if !kept.contains(.links) {
      print(
        "Ended: \(ended.invitationLinks) links of invitations, which can be sent again; \(ended.signUps) sign-ups; "
          + "\(ended.registrationTokens) registration tokens.")
    }
  }

  /// What is left as the database has it.
  struct Flags: ParsableArguments {
    @Flag(help: "Sessions and tokens go on as the backup has them. Only when Usher did not run after the backup.")
    var keepSessions = false

    @Flag(
      help: "Links of invitations and sign-ups can be used as the backup has them. Only when Usher did not run after the backup.")
    var keepLinks = false

    var kept: EndAfterRestore.Kept {
      var kept: EndAfterRestore.Kept = []
      if keepSessions { kept.insert(.sessions) }
      if keepLinks { kept.insert(.links) }
      return kept
    }
  }
}

extension DatabaseCommand {
  struct Restored: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ends what could be used twice in a database that was set back by other means than 'usher restore'.",
      discussion: """
        For a database that PostgreSQL's own tools brought back, or a copy of a disk. Run it before the first server starts on it; one \
        that serves already is noticed. A backup knows nothing of what happened after it: so everybody has to sign in again, and links \
        that were sent are dead and can be sent again, unless you say that nothing happened since. See docs/backup.md. The settings are \
        those of 'usher check-configuration'.
        """)

    @OptionGroup var flags: SetBack.Flags

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
      let configuration = try Server.Configuration(options.given(environment: ConfigurationOptions.processEnvironment()))
      let root = try RootKeyFile.ofThisProcess(configuration.storage.rootKeyFile).load()
      let keys = KeyRing(root: root, logger: configuration.log.logger(now: SystemClock.now, write: StandardError.write))
      let place = configuration.storage.database
      do {
        let store = try Database.open(configuration.storage, clock: SystemClock.now)
        guard try await !store.isServed else {
          throw StartRefusal("a server is running on \(place), and remembers what was there before. Stop it first.")
        }
        // Not before: what was issued until then is of before.
        let occasion = Occasion(
          now: SystemClock.now(), actor: Actor(.command("database restored"), address: nil, requestID: nil),
          randomness: SystemRandomness())
        let setBack = try await SetBack.prepare(store, called: "\(place)", keeping: flags.kept, keys, occasion)
        try await store.settle()
        try store.close()
        print("The database \(LogText.line("\(place)", limit: 1_000)) may be served from.")
        setBack.tell()
      } catch {
        throw StartRefusal.wording(error)
      }
    }
  }
}
