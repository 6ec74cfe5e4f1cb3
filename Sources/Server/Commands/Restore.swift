internal import ArgumentParser
internal import Glibc
internal import Identity
internal import Logging
internal import Primitives
internal import Storage

struct Restore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Puts a backup in the place of the database, which nobody may serve from meanwhile.",
    discussion: """
      The backup must be whole, of this version or an older one, and made with the same root key; it stays as it is. The replaced database \
      is kept beside the new one. A backup knows nothing of what happened after it: so everybody has to sign in again, and links that were \
      sent are dead and can be sent again, unless you say that nothing happened since. What was forbidden since (a suspension, a role taken \
      away, a changed password) is allowed again: it is listed, to be done again. See docs/backup.md. The settings are those of \
      'usher check-configuration'.
      """)

  @Option(name: .customLong("from"), help: ArgumentHelp("The backup.", valueName: "file"))
  var source: String

  @OptionGroup var flags: SetBack.Flags

  @OptionGroup var options: ConfigurationOptions

  func run() async throws {
    let configuration = try Server.Configuration(options.given(environment: ConfigurationOptions.processEnvironment()))
    let path = try configuration.storage.database.file(for: Self.self)
    let root = try RootKeyFile.ofThisProcess(configuration.storage.rootKeyFile).load()
    let keys = KeyRing(root: root, logger: configuration.log.logger(now: SystemClock.now, write: StandardError.write))
    do {
      guard let lock = try Storage.lock(path: path) else {
        throw StartRefusal("an 'usher serve' is running on the database \(path). Stop it first.")
      }
      defer { withExtendedLifetime(lock) {} }
      // Not before: what was issued until then is of before.
      let occasion = Occasion(
        now: SystemClock.now(), actor: Actor(.command("restore"), address: nil, requestID: nil), randomness: SystemRandomness())
      try await restore(to: path, keys, occasion)
    } catch {
      throw StartRefusal.wording(error)
    }
  }

  private func restore(to path: String, _ keys: KeyRing, _ occasion: Occasion) async throws {
    let draft = "\(path).restoring-\(getpid())"
    defer { for ending in ["", "-wal", "-shm", "-journal"] { unlink(draft + ending) } }
    _ = try SQLiteBackup.copy(source, to: draft)
    let setBack = try await prepare(draft, keys, occasion)
    let missing = try? await missing(from: path, after: setBack.reached)
    let aside = "\(path).replaced-\(Self.moment(occasion.now))"
    let kept = try SQLiteBackup.replace(path, with: draft, keeping: aside)

    print("The database \(LogText.line(path, limit: 1_000)) is the backup \(LogText.line(source, limit: 1_000)).")
    if kept { print("What was there is kept as \(LogText.line(aside, limit: 1_000)).") }
    setBack.tell()
    tell(missing)
  }

  private func prepare(_ draft: String, _ keys: KeyRing, _ occasion: Occasion) async throws -> SetBack {
    let store = try Storage.open(path: draft, options: StorageOptions(now: SystemClock.now))
    do {
      let setBack = try await SetBack.prepare(store, called: "the backup \(source)", keeping: flags.kept, keys, occasion)
      try store.close()
      return setBack
    } catch {
      try? store.close()
      throw error
    }
  }

  /// What the replaced database knows of the time after the backup; nil when it cannot say.
  private func missing(from path: String, after reached: AuditCheckpoint) async throws -> AuditSince? {
    let store = try Storage.openForReading(path: path)
    defer { try? store.close() }
    let known = try await store.read { tx in try tx.auditRecords(after: reached.position - 1, limit: 1).first }
    // Another installation's trail, or one that was set back before, says nothing about this backup.
    guard reached == .start || known?.chain == reached.chain else { return nil }
    return try await AuditSince.read(store, after: reached.position)
  }

  private func tell(_ missing: AuditSince?) {
    guard let missing else {
      print("What happened after the backup is not known: there is no replaced database that could tell.")
      return
    }
    let total = missing.counts.values.reduce(0, +)
    print("After the backup \(total) things were recorded that this database does not know of.")
    guard !missing.closing.isEmpty else { return }
    print("These closed a door that is open again. Look at each, and do it again:")
    for record in missing.closing {
      let moment = Timestamp(microseconds: record.happenedAt).rfc3339
      print(
        LogText.line(
          "  \(moment) \(record.event) \(record.object ?? "-") in \(record.organization ?? "-") by \(record.actor)", limit: 500))
    }
  }

  /// `20260102T030405Z`
  private static func moment(_ now: Timestamp) -> String {
    Timestamp(seconds: now.seconds).rfc3339.filter { $0 != "-" && $0 != ":" }
  }
}
