internal import Foundation
internal import Glibc
internal import Identity
internal import Primitives
internal import Storage

/// Writes to a store without end, several writes at a time, and says a line for each that was acknowledged, so that somebody may kill it and
/// look whether the store keeps its word. Ends when its input is closed.
///
/// Arguments: the database, and how commits are synced: `full` as the product does it; `normal` or `off` to see that the loss would be found.
@main
struct StoreWriter {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { fatalError("give the database, and full, normal or off") }
    Thread.detachNewThread {
      while readLine() != nil {}
      exit(0)
    }
    let store = try Storage.open(path: arguments[1], options: StorageOptions(now: { Deed.beginning }))
    switch arguments[2] {
    case "normal": _ = try await store.setting("synchronous = NORMAL")
    case "off": _ = try await store.setting("synchronous = OFF")
    default: break
    }
    let world = try await WrittenWorld.make(in: store)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask { while true { try await world.useACode() } }
        group.addTask { while true { try await world.useALink() } }
        group.addTask { while true { try await world.turnAFamily() } }
      }
      try await group.waitForAll()
    }
  }

  /// A line in one call, so that it is whole or not there.
  static func say(_ deed: Deed) {
    let bytes = Array((deed.line + "\n").utf8)
    _ = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
  }
}
