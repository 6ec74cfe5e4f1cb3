internal import Foundation
internal import Storage
internal import TestKit
internal import Testing

@testable internal import StoreWriter

/// The end of the process, and of the machine, in the middle of writes: whatever was answered is found afterwards.
@Suite(.threat("STO8"), .serialized, .timeLimit(.minutes(30))) struct SuddenEnds {
  @Test(.threat("KEY5"))
  func `a writer that is killed again and again loses nothing it was answered, and nothing used up is good again`()
    async throws
  {
    let folder = try TemporaryStoreFolder()
    try await prepare(folder.databasePath)
    var everything = Acknowledged()
    for round in 0..<(LongTests.areAskedFor ? 1_000 : 50) {
      let acknowledged = try await writeAndDie(folder.databasePath, after: 5 + round * 37 % 200)
      let faults = try await faults(of: acknowledged, in: folder.databasePath)
      try #require(faults.isEmpty, "round \(round): \(faults)")
      try #require(!everything.shares(aSecretWith: acknowledged), "a secret was made twice")
      everything.take(acknowledged)
    }
    #expect(try await faults(of: everything, in: folder.databasePath) == [])
  }

  @Test(.enabled(if: LoopDisk.mayBeTried, "\(LoopDisk.whyNot)"))
  func `a power cut loses nothing that was answered, and nothing used up is good again`() async throws {
    for round in 0..<(LongTests.areAskedFor ? 100 : 3) {
      let faults = try await faultsAfterAPowerCut(synced: "full", after: 50 + round * 70 % 400)
      #expect(faults == [], "round \(round)")
    }
  }

  @Test(.enabled(if: LoopDisk.mayBeTried, "\(LoopDisk.whyNot)"), arguments: ["normal", "off"])
  func `were commits not synced each, a power cut would lose them, and this would be seen`(synced: String) async throws {
    #expect(try await faultsAfterAPowerCut(synced: synced, after: 100) != [])
  }

  private func prepare(_ path: String) async throws {
    let store = try open(path)
    try await store.migrate()
    try store.close()
  }

  private func faults(of acknowledged: Acknowledged, in path: String) async throws -> [String] {
    let store = try open(path)
    defer { try? store.close() }
    return try await acknowledged.faults(in: store)
  }

  private func open(_ path: String) throws -> SQLiteStore {
    try Storage.open(path: path, options: StorageOptions(now: { Deed.beginning }))
  }

  /// Starts the writer, and kills it once it has been answered so many writes.
  private func writeAndDie(_ path: String, synced: String = "full", after count: Int) async throws -> Acknowledged {
    let writer = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "StoreWriter").path()
    return try await ChildProcess.run(writer, [path, synced]) { writer in
      var acknowledged = Acknowledged()
      while acknowledged.count < count { acknowledged.take(try await writer.nextLine()) }
      writer.kill()
      // What it said before it died counts too.
      while let line = await writer.nextLineOrEnd() { acknowledged.take(line) }
      return acknowledged
    }
  }

  /// The writer works on a disk of its own and is killed; what its disk had been given by then, and nothing that the file system still kept
  /// in memory, is looked at as after a new start.
  private func faultsAfterAPowerCut(synced: String, after count: Int) async throws -> [String] {
    try await LoopDisk.run(megabytes: 64) { disk in
      let name = "/usher.sqlite"
      try await prepare(disk.path + name)
      try await disk.settle()
      let acknowledged = try await writeAndDie(disk.path + name, synced: synced, after: count)
      return try await disk.afterAPowerCut { path in
        try await faults(of: acknowledged, in: path + name)
      }
    }
  }
}
