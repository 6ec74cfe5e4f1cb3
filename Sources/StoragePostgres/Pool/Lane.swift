internal import Identity
internal import Storage

/// What one thread of the pool works on: a connection that is opened when it is needed, and again when it broke.
final class Lane {
  private let open: () throws -> PostgresConnection
  private let outage: Outage
  private var connection: PostgresConnection?

  init(knowing outage: Outage, _ open: @escaping () throws -> PostgresConnection) {
    self.open = open
    self.outage = outage
  }

  /// The connection, opened where there is none.
  ///
  /// - Throws: `PostgresFailure`.
  func lend() throws -> PostgresConnection {
    if let connection, connection.isUsable { return connection }
    connection = nil
    try outage.mayTry()
    do {
      let opened = try open()
      connection = opened
      outage.ended()
      return opened
    } catch {
      outage.began(error)
      throw error
    }
  }

  /// Leaves no transaction open, for nobody knows when the next work comes.
  func rest() {
    guard let connection, connection.isUsable else { return }
    // What fails now is seen by whoever uses the connection next.
    try? connection.endRead()
  }

  func drop() { connection = nil }
}
