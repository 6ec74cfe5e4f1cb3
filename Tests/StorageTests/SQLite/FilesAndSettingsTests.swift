internal import GRDB
internal import Identity
internal import Storage
internal import TestKit
internal import Testing

@Suite struct FilesAndSettings {
  @Test func `an empty file is migrated once`() async throws {
    let folder = try TemporaryStoreFolder()
    let clock = FixedClock()
    let store = try Storage.open(path: folder.databasePath, options: StorageOptions(now: { clock.now() }))
    #expect(try await store.isEmpty)
    #expect(try await store.migrate() == Migration.all.map(\.name))
    #expect(try await store.migrate().isEmpty)
    #expect(try await store.isEmpty)
    try await store.write { try $0.setRootKeyProof("sealed") }
    #expect(try await !store.isEmpty)
    try store.close()
  }
}
