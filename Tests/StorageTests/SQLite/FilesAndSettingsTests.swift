internal import Foundation
internal import Glibc
internal import Identity
internal import Storage
internal import TestKit
internal import Testing

@Suite struct FilesAndSettings {
  private let clock = FixedClock()

  @Test func `a missing folder is made for the owner alone, and every file of the database too`() async throws {
    let temporary = try TemporaryStoreFolder()
    let store = try Storage.open(path: "\(temporary.path)/data/usher.sqlite", options: options)
    try await store.migrate()
    let lock = try store.acquireServeLock()
    #expect(lock != nil)
    #expect(try mode("\(temporary.path)/data") == 0o700)
    for suffix in ["", "-wal", "-shm", ".serve.lock"] {
      #expect(try mode("\(temporary.path)/data/usher.sqlite\(suffix)") == 0o600, "usher.sqlite\(suffix)")
    }
    try store.close()
  }

  @Test func `a folder that exists keeps its mode`() async throws {
    let temporary = try TemporaryStoreFolder()
    #expect(chmod(temporary.path, 0o750) == 0)
    try Storage.open(path: temporary.databasePath, options: options).close()
    #expect(try mode(temporary.path) == 0o750)
  }

  @Test func `every commit is synced: the log is written ahead and synchronous is FULL`() async throws {
    let temporary = try TemporaryStoreFolder()
    let store = try Storage.open(path: temporary.databasePath, options: options)
    #expect(try await store.setting("journal_mode") == "wal")
    #expect(try await store.setting("synchronous") == "2")
    #expect(try await store.setting("foreign_keys") == "1")
    #expect(try await store.setting("busy_timeout") == "5000")
    try store.close()
  }

  @Test func `a path that cannot be opened is said to be unavailable, and no trace is left`() async throws {
    let temporary = try TemporaryStoreFolder()
    #expect(throws: StoreError.self) { try Storage.open(path: "\(temporary.path)/missing/deeper/usher.sqlite", options: options) }
    #expect(access("\(temporary.path)/missing", F_OK) != 0)
  }

  @Test func `a file that is no database is refused and left as it was`() async throws {
    let temporary = try TemporaryStoreFolder()
    let words = String(repeating: "these are the minutes of a meeting\n", count: 40)
    try words.write(toFile: temporary.databasePath, atomically: false, encoding: .utf8)
    let error = #expect(throws: StoreError.self) { try Storage.open(path: temporary.databasePath, options: options) }
    guard case .unreadable = error else {
      Issue.record("said \(String(describing: error))")
      return
    }
    #expect(try String(contentsOfFile: temporary.databasePath, encoding: .utf8) == words)
  }

  @Test func `a store that was closed says so`() async throws {
    let temporary = try TemporaryStoreFolder()
    let store = try Storage.open(path: temporary.databasePath, options: options)
    try await store.migrate()
    try store.close()
    await #expect(throws: StoreError.unavailable("the store is closed")) { try await store.read { try $0.policyRevision() } }
    await #expect(throws: StoreError.unavailable("the store is closed")) { try await store.write { try $0.setRootKeyProof("x") } }
  }

  @Test func `the log can be carried over into the database file`() async throws {
    let store = try await TemporaryStore(on: .sqlite)
    try await store.write { try $0.setRootKeyProof("sealed") }
    try await store.sqlite.checkpoint()
    #expect(try await store.read { try $0.rootKeyProof() } == "sealed")
  }

  private var options: StorageOptions { StorageOptions(now: { [clock] in clock.now() }) }

  private func mode(_ path: String) throws -> mode_t {
    var status = stat()
    try #require(stat(path, &status) == 0, "\(path)")
    return status.st_mode & 0o777
  }
}
