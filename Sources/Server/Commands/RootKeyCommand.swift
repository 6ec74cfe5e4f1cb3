internal import ArgumentParser
internal import Identity
internal import Primitives
internal import Storage

struct RootKeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "root-key", abstract: "Looks after the root key.", subcommands: [Replace.self])

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
      let new = try Self.take(replacement)
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

    /// The key in the file; one is made where there is none.
    private static func take(_ path: String) throws -> RootKey {
      let file = RootKeyFile.ofThisProcess(path)
      do {
        return try file.load()
      } catch RootKeyFile.Refusal.missing {
        return try file.make(from: SystemRandomness())
      }
    }

    private struct Done {
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
      let store = try Database.open(storage, clock: SystemClock.now)
      defer { try? store.close() }
      let lock = try (store as? SQLiteStore)?.acquireServeLock()
      defer { withExtendedLifetime(lock) {} }
      let isServed = if store is SQLiteStore { lock == nil } else { try await store.isServed }
      guard !isServed else {
        throw StartRefusal("a server is running on \(storage.database): it would go on sealing by the old key. Stop it first.")
      }
      try await store.migrate()
      let occasion = Occasion(
        now: SystemClock.now(), actor: Actor(.command("root-key replace"), address: nil, requestID: nil),
        randomness: SystemRandomness())
      let replaced = isReplaced ? nil : try await ReplaceRootKey()(old, by: new, occasion, store: store)
      try await SealAudit()(store: store, signer: new.audit, now: occasion.now)
      let head = try await store.read { tx in try tx.auditHead() }
      try? await store.settle()
      return Done(
        replaced: replaced, auditKeyBefore: try old.audit.verifier(), auditKey: try new.audit.verifier(), head: head)
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
}
