internal import Identity
internal import Primitives
internal import Storage
internal import TestKit
internal import Testing

@Suite(.timeLimit(.minutes(1))) struct FullDisk {
  @Test
  func
    `a full database refuses writes as unavailable, keeps what was answered, is readable, and takes writes again when there is room`()
    async throws
  {
    let store = try await TemporaryStore(on: .sqlite)
    try await store.write { try $0.setRootKeyProof("kept") }
    _ = try await store.sqlite.setting("max_page_count = 1")
    let big = String(repeating: "x", count: 200_000)
    // At once, so that small writes and large ones share commits.
    let answers = await withTaskGroup(of: (index: Int, error: (any Error)?).self) { group in
      for index in 0..<40 {
        group.addTask {
          do {
            try await store.write { tx in
              try tx.countFailure("event-\(index)", hour: Timestamp(seconds: 0))
              if !index.isMultiple(of: 4) { try tx.countFailure("\(index)\(big)", hour: Timestamp(seconds: 0)) }
            }
            return (index, nil)
          } catch {
            return (index, error)
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    for answer in answers where answer.error != nil {
      guard case StoreError.unavailable? = answer.error else {
        Issue.record("\(answer.index) said \(String(describing: answer.error))")
        continue
      }
    }
    #expect(answers.allSatisfy { $0.index.isMultiple(of: 4) || $0.error != nil })
    let stored = try await store.read { Set(try $0.failureCounts(since: Timestamp(seconds: 0)).map(\.event)) }
    #expect(stored == Set(answers.filter { $0.error == nil }.map { "event-\($0.index)" }))
    #expect(try await store.read { try $0.rootKeyProof() } == "kept")
    _ = try await store.sqlite.setting("max_page_count = 100000")
    try await store.write { try $0.countFailure(big, hour: Timestamp(seconds: 0)) }
  }
}
