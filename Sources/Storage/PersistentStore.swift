package import Identity

/// A store as the process that runs it sees it: what every engine does beside keeping the contract.
package protocol PersistentStore: Store {
  /// Brings the schema up to date, in one transaction: either every migration is in or none. Of several processes one does it, and the others wait
  /// and find it done.
  ///
  /// - Returns: the names of the migrations that were missing.
  /// - Throws: `StoreError.unreadable` for a database of a newer version; nothing is touched then.
  @discardableResult
  func migrate() async throws -> [String]
  /// Whether nothing of the portal was ever stored here: no schema, or neither the proof of a root key nor the portal's organization.
  var isEmpty: Bool { get async throws }
  /// Gives the observer the whole policy; to be called once after `migrate` and before the first question. Without an observer it does nothing.
  func loadPolicy() async throws
  /// Tells the observer of other processes' commits until its task is cancelled.
  ///
  /// - Parameter failed: told each time the database could not be asked.
  func watchOtherProcesses(failed: @escaping @Sendable (any Error) -> Void) async
  /// Whether some process serves from this database now.
  var isServed: Bool { get async throws }
  /// Runs something on a connection, in one transaction that sees one state and, while it reads, changes nothing. Past the contract: no observer is
  /// told, nothing is counted.
  func lend<Value: Sendable>(
    _ purpose: LendingPurpose, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value
  /// Carries over what the next start would have to read again.
  func settle() async throws
  /// Does what waits and lets go of the database. Whoever asks later gets `StoreError.unavailable`.
  func close() throws
}

package enum LendingPurpose: Sendable { case reading, writing }

extension PersistentStore {
  package func watchOtherProcesses() async { await watchOtherProcesses { _ in } }
}
