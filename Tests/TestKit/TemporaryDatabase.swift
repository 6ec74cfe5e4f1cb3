internal import Foundation
package import StoragePostgres
internal import Synchronization

/// A PostgreSQL database of its own for one test, gone when nobody holds it any more.
package final class TemporaryDatabase: Sendable {
  package let server: PostgresServer
  package let name: String

  /// An empty one.
  ///
  /// - Parameter options: of `CREATE DATABASE`.
  package init(on server: PostgresServer? = nil, _ options: String = "") async throws {
    self.server = if let server { server } else { try await .ofThisRun() }
    name = "test_\(UUID().uuidString.lowercased().filter { $0 != "-" })"
    try await self.server.run("CREATE DATABASE \(name) \(options)")
  }

  /// Patient: hundreds of tests connect to one server at once.
  package var text: String { "\(server.address(of: name))?connect_timeout=30" }

  package var address: PostgresAddress {
    get throws {
      guard let address = PostgresAddress(text) else { throw TestWorld.Missing(what: "an address in \(text)") }
      return address
    }
  }

  deinit { Task { [server, name] in try? await server.run("DROP DATABASE \(name) WITH (FORCE)") } }
}
