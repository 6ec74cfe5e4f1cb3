internal import ArgumentParser
internal import Identity
internal import Primitives
internal import Storage

struct RootKeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "root-key", abstract: "Looks after the root key.", subcommands: [Replace.self, GiveUp.self])

  struct Replace: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Seals everything anew under another root key, because somebody may have read this one.",
      discussion: """
        Stop every server first. The key of root_key_file opens, the one given here seals; it is made when there is no such file. Neither \
        file is changed: when this has ended well, put the new one in the place of the old on every instance, and start.

        Either all is sealed anew or nothing. If it was cut off, run it again: it goes on from whichever key is in force. People and \
        services notice nothing: passwords, sessions and tokens stay good. See keys/README.md for what else to do.

          usher root-key replace --with /etc/usher/root.key.new
        """)

    @Option(name: .customLong("with"), help: ArgumentHelp("The file of the new root key.", valueName: "file"))
    var replacement: String

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
      let configuration = try Server.Configuration(options.given(environment: ConfigurationOptions.processEnvironment()))
      let logger = configuration.log.logger(now: SystemClock.now, write: StandardError.write)
      let path = configuration.storage.rootKeyFile
      let old = try RootKeyFile.ofThisProcess(path).load()
      let new = try RootKeyCommand.keyOrNew(replacement)
      guard new.revealText() != old.revealText() else {
        throw StartRefusal("\(replacement) and \(path) hold the same key. Nothing was changed.")
      }
      do {
        let done = try await replace(
          KeyRing(root: old, logger: logger), by: KeyRing(root: new, logger: logger), configuration.storage)
        tell(done, configuration.storage)
      } catch {
        throw StartRefusal.wording(error)
      }
    }

    private struct Done: Sendable {
      /// nil when it had been replaced already.
      let replaced: ReplaceRootKey.Replaced?
      let auditKeyBefore: MessageVerifier
      let auditKey: MessageVerifier
      let head: AuditCheckpoint
    }

    private func replace(_ old: KeyRing, by new: KeyRing, _ storage: Configuration.Storage) async throws -> Done {
      // Before anything is opened for writing.
      let isReplaced = try await Foundations.glance(storage, clock: SystemClock.now) { store in
        do {
          try await PreparePortal().checkRootKey(store: store, keys: old)
          return false
        } catch PreparePortal.Refusal.wrongRootKey {
          try await PreparePortal().checkRootKey(store: store, keys: new)
          return true
        }
      }
      guard let isReplaced else { throw StartRefusal("there is nothing in \(storage.database).") }
      return try await RootKeyCommand.withNobodyServing(storage, "root-key replace") { store, occasion in
        let replaced = isReplaced ? nil : try await ReplaceRootKey()(old, by: new, occasion, store: store)
        try await SealAudit()(store: store, keys: new, now: occasion.now)
        return Done(
          replaced: replaced, auditKeyBefore: try old.audit.verifier(), auditKey: try new.audit.verifier(),
          head: try await store.read { tx in try tx.auditHead() })
      }
    }

    private func tell(_ done: Done, _ storage: Configuration.Storage) {
      let database = LogText.line("\(storage.database)", limit: 1_000)
      if let replaced = done.replaced {
        StandardOutput.say(
          "Sealed anew in \(database): \(replaced.signingKeys) signing keys, \(replaced.peppers) peppers, \(replaced.letters) letters, "
            + "\(replaced.checkpoints) signatures of the audit trail.")
      } else {
        StandardOutput.say("The database \(database) is sealed with \(replacement) already. Nothing was changed.")
      }
      StandardOutput.say("Put \(replacement) in the place of \(storage.rootKeyFile) on every instance, then start.")
      StandardOutput.say("audit key   \(done.auditKey), before \(done.auditKeyBefore)")
      StandardOutput.say("checkpoint  \(done.head.line)")
    }
  }

  struct GiveUp: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "give-up",
      abstract: "Begins anew under another root key, where the one that sealed the database is lost for good.",
      discussion: """
        What was sealed is gone with it: every password, session, token, waiting letter and signing key. Organizations, agreements, people with \
        their roles, applications with their secrets, invitations and the audit trail stay; links of invitations end, and can be sent again. Everybody at home in an organization is sent a link \
        with which they choose a password; the links of the portal's own people are shown here. Whoever signed up by themselves signs up again.

        Stop every server, look for a backup of the key once more, and copy the database first. The new key is the one of root_key_file, which is \
        made when there is none. If it was cut off, run it again.
        """)

    @Flag(help: "Says that you know: every password is lost.")
    var losePasswords = false

    // A key may begin with a dash and is no option for that.
    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "The public key that signed the audit trail, as an earlier check printed it: a trail that it did not sign is refused.",
        valueName: "key"))
    var auditKey: String?

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
      guard losePasswords else { throw ValidationError("Every password will be lost: say so by --lose-passwords.") }
      let verifier = try auditKey.map { text in
        guard let verifier = MessageVerifier(text: text) else { throw ValidationError("--audit-key has 43 signs of base64url.") }
        return verifier
      }
      let configuration = try Server.Configuration(options.given(environment: ConfigurationOptions.processEnvironment()))
      let storage = configuration.storage
      let logger = configuration.log.logger(now: SystemClock.now, write: StandardError.write)
      do {
        guard try await Foundations.glance(storage, clock: SystemClock.now, { _ in true }) != nil else {
          throw StartRefusal("there is nothing in \(storage.database).")
        }
        let givenUp = try await RootKeyCommand.withNobodyServing(storage, "root-key give-up") { store, occasion in
          // A new key is in its file before the database relies on it, and not before nothing else speaks against it.
          try await GiveUpRootKey.checkAudit(verifier, store: store)
          let keys = KeyRing(root: try RootKeyCommand.keyOrNew(storage.rootKeyFile), logger: logger)
          let givenUp = try await GiveUpRootKey()(for: keys, auditKey: verifier, occasion, store: store)
          if givenUp != nil { try await SystemClock.waitForEnd(ofSecondOf: occasion.now) }
          return givenUp
        }
        if let givenUp {
          StandardOutput.say(
            "Gone: \(givenUp.passwords) passwords, \(givenUp.letters) letters, \(givenUp.sessions) sessions, \(givenUp.grants) grants, "
              + "\(givenUp.signUps) sign-ups, \(givenUp.invitationLinks) links of invitations.")
        } else {
          StandardOutput.say("The root key \(storage.rootKeyFile) is the one in force: nothing of it is lost.")
        }
      } catch GiveUpRootKey.Refusal.auditNotGenuine {
        throw StartRefusal(
          "the end of the audit trail was not signed by that key. Nothing was changed. Run 'usher audit verify --public-key'.")
      } catch {
        throw StartRefusal.wording(error)
      }
      let foundations = try await options.layFoundations(as: "root-key give-up")
      let invited = try await InvitePeopleWithoutPassword()(
        foundations.occasion("root-key give-up"), env: foundations.environment)
      try await foundations.settle()
      StandardOutput.say("Invited to choose a password: \(invited.people) people; their letters leave when a server runs.")
      StandardOutput.say(
        "Left out: \(invited.suspended) suspended, \(invited.ofClosedOrganizations) of closed organizations. Run this again after they were restored."
      )
      for member in invited.portalMembers { StandardOutput.say("\(member.account)  \(member.link)") }
    }
  }

  /// The key in the file; one is made where there is none.
  private static func keyOrNew(_ path: String) throws -> RootKey {
    let file = RootKeyFile.ofThisProcess(path)
    do {
      return try file.load()
    } catch RootKeyFile.Refusal.missing {
      return try file.make(from: SystemRandomness())
    }
  }

  /// Runs something on the migrated database. A server that started meanwhile on SQLite is refused.
  private static func withNobodyServing<Value>(
    _ storage: Configuration.Storage, _ command: String, _ body: (any PersistentStore, Occasion) async throws -> Value
  ) async throws -> Value {
    let store = try Database.open(storage, clock: SystemClock.now)
    defer { try? store.close() }
    let lock = try (store as? SQLiteStore)?.acquireServeLock()
    defer { withExtendedLifetime(lock) {} }
    let isServed = if store is SQLiteStore { lock == nil } else { try await store.isServed }
    guard !isServed else {
      throw StartRefusal("a server is running on \(storage.database): it would go on with the old key. Stop it first.")
    }
    try await store.migrate()
    let value = try await body(
      store,
      Occasion(
        now: SystemClock.now(), actor: Actor(.command(command), address: nil, requestID: nil), randomness: SystemRandomness()))
    try? await store.settle()
    return value
  }
}
