internal import Foundation
internal import GRDB
internal import Identity
internal import Primitives
internal import Storage
internal import TestKit
internal import Testing

@Suite(.threat("STO6"), .timeLimit(.minutes(2))) struct BackingUp {
  @Test func `a copy made while others write holds all that was answered before, and of no write only a part`() async throws {
    let store = try await TemporaryStore(on: .sqlite)
    let path = try store.folder.databasePath
    let hour = Timestamp(seconds: 0)
    let answered = Answered()
    let writers = Task {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<4 {
          group.addTask {
            var turn = 0
            while !Task.isCancelled {
              let name = "\(writer).\(turn)"
              try await store.write { tx in
                try tx.countFailure("first.\(name)", hour: hour)
                try tx.countFailure("second.\(name)", hour: hour)
              }
              await answered.add(name)
              turn += 1
            }
          }
        }
        try await group.waitForAll()
      }
    }
    for number in 1...8 {
      let known = await answered.atLeast(number * 20)
      let copy = try "\(store.folder.path)/copy-\(number)"
      try SQLiteBackup.make(of: path, at: copy)
      let reader = try Storage.openForReading(path: copy)
      let stored = try await reader.read { Set(try $0.failureCounts(since: hour).map(\.event)) }
      try reader.close()
      #expect(known.allSatisfy { stored.contains("first.\($0)") })
      #expect(
        Set(stored.filter { $0.hasPrefix("first.") }.map { $0.dropFirst(6) })
          == Set(stored.filter { $0.hasPrefix("second.") }.map { $0.dropFirst(7) }))
      let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
    writers.cancel()
    try await writers.value
    let names = try FileManager.default.contentsOfDirectory(atPath: store.folder.path).filter { $0.hasPrefix("copy") }
    #expect(Set(names.map { $0.prefix(6) }).count == 8 && !names.contains { $0.contains("new") }, "\(names)")
  }

  @Test func `a copy replaces no file, and nothing is left of one that could not be made`() async throws {
    let store = try await TemporaryStore(on: .sqlite)
    let target = try store.folder.path + "/copy"
    try Data("mine".utf8).write(to: URL(filePath: target))
    #expect(throws: StoreError.self) { try SQLiteBackup.make(of: store.folder.databasePath, at: target) }
    #expect(try Data(contentsOf: URL(filePath: target)) == Data("mine".utf8))
    #expect(throws: StoreError.self) { try SQLiteBackup.make(of: target, at: target + "-2") }
    #expect(throws: StoreError.self) { try SQLiteBackup.make(of: store.folder.path + "/none", at: target + "-2") }
    #expect(throws: StoreError.self) {
      try SQLiteBackup.make(of: store.folder.databasePath, at: store.folder.path + "/none/copy")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: store.folder.path)
    #expect(names.filter { !$0.hasPrefix("usher.sqlite") } == ["copy"])
  }

  @Test func `a damaged database is not copied as if it were whole`() async throws {
    let folder = try TemporaryStoreFolder()
    let store = try Storage.open(path: folder.databasePath, options: StorageOptions(now: { Timestamp(seconds: 0) }))
    try await store.migrate()
    try await store.write { tx in
      for index in 0..<2_000 { try tx.countFailure("event-\(index)", hour: Timestamp(seconds: 0)) }
    }
    try await store.checkpoint()
    try store.close()
    var bytes = try Data(contentsOf: URL(filePath: folder.databasePath))
    for page in stride(from: bytes.count / 2, to: bytes.count, by: 4_096) {
      bytes[page..<page + 8] = Data(repeating: 0xFF, count: 8)
    }
    try bytes.write(to: URL(filePath: folder.databasePath))
    #expect(throws: StoreError.self) { try SQLiteBackup.make(of: folder.databasePath, at: folder.path + "/copy") }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/copy"))
  }

  @Test func `a database that somebody else has open is not replaced, and one that is is kept aside, whole`() async throws {
    let folder = try TemporaryStoreFolder()
    let (path, draft, aside) = (folder.databasePath, folder.path + "/draft", folder.path + "/aside")
    let store = try Storage.open(path: path, options: StorageOptions(now: { Timestamp(seconds: 0) }))
    try await store.migrate()
    try await store.write { try $0.setRootKeyProof("of the backup") }
    _ = try SQLiteBackup.copy(path, to: draft)
    try await store.write { try $0.setRootKeyProof("of later") }
    #expect(throws: StoreError.self) { try SQLiteBackup.replace(path, with: draft, keeping: aside) }
    #expect(try await store.read { try $0.rootKeyProof() } == "of later")
    try store.close()

    #expect(try SQLiteBackup.replace(path, with: draft, keeping: aside))
    for (file, proof) in [(path, "of the backup"), (aside, "of later")] {
      let reader = try Storage.openForReading(path: file)
      #expect(try await reader.read { try $0.rootKeyProof() } == proof)
      try reader.close()
    }
    #expect(!FileManager.default.fileExists(atPath: draft))
  }

  @Test func `what was changed in a copy before it takes its place is in the database afterwards`() async throws {
    let folder = try TemporaryStoreFolder()
    let (path, draft) = (folder.databasePath, folder.path + "/draft")
    let options = StorageOptions(now: { Timestamp(seconds: 0) })
    let store = try Storage.open(path: path, options: options)
    try await store.migrate()
    _ = try SQLiteBackup.copy(path, to: draft)
    try store.close()
    let copy = try Storage.open(path: draft, options: options)
    #expect(try await copy.read { try $0.rootKeyProof() } == nil)
    try await copy.write { try $0.setRootKeyProof("of the copy") }
    try copy.close()
    #expect(try SQLiteBackup.replace(path, with: draft, keeping: folder.path + "/aside"))
    for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: draft + ending) }
    let reader = try Storage.openForReading(path: path)
    #expect(try await reader.read { try $0.rootKeyProof() } == "of the copy")
    try reader.close()
  }
}

private actor Answered {
  private var names: [String] = []
  private var waiting: [(count: Int, CheckedContinuation<Void, Never>)] = []

  func add(_ name: String) {
    names.append(name)
    while let first = waiting.first, names.count >= first.count {
      first.1.resume()
      waiting.removeFirst()
    }
  }

  /// The names answered so far, once there are so many.
  func atLeast(_ count: Int) async -> [String] {
    if names.count < count { await withCheckedContinuation { waiting.append((count, $0)) } }
    return names
  }
}
