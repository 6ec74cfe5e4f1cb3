package import Foundation
internal import Synchronization

extension Process {
  private static let turn = Mutex(())

  /// Starts the program, one at a time.
  ///
  /// Foundation learns of a child's end by the closing of a socket. A child that is started in the same moment may inherit it, and then the end of
  /// the first is noticed only when the second ends too: tests that run side by side would wait for each other.
  package func start() throws { try Self.turn.withLock { _ in try run() } }
}
