package import Identity
package import Localization
internal import Primitives
internal import Wire

/// The management API for whoever stands at the machine: every operation of the table by its name, without HTTP and without a token.
///
/// An operation that is added to the table is reachable here at once, behind the same checks and with the same answers.
package struct LocalManagement: Sendable {
  /// One operation, for whoever wants to call it.
  package struct Entry: Sendable {
    package let name: String
    package let summary: String
    /// What its path names; each must be given.
    package let places: [String]
    /// What its query takes; each may be given.
    package let parameters: [String]
    package let takesBody: Bool
    /// The longest body, in bytes.
    package let maximumBytes: Int
    /// Whether the version that was seen may be named, as `If-Match` does.
    package let isVersioned: Bool
  }

  /// What came of a call.
  package enum Outcome: Sendable {
    /// The answer in JSON; empty where there is nothing to show.
    case done([UInt8])
    /// A problem document (RFC 9457); nothing was changed.
    case refused([UInt8])
  }

  /// Every operation, in the order of the table.
  package static let entries = OperationTable.operations.map(Entry.init)

  private let operation: Operation

  /// - Returns: nil when there is no operation of that name.
  package init?(_ name: String) {
    guard let found = OperationTable.operations.first(where: { $0.name.isExactly(name) }) else { return nil }
    operation = found
  }

  package var entry: Entry { Entry(operation) }

  /// What the OpenAPI document says about this one operation and the shapes of its messages.
  ///
  /// - Parameter issuer: the public address.
  package func description(issuer: String) -> [UInt8] { OpenAPIDocument([operation], issuer: issuer).encoded() }

  /// Does it.
  ///
  /// - Parameters:
  ///   - places: by the names of `Entry.places`, as they are, without percent-encoding.
  ///   - query: by the names of `Entry.parameters`.
  ///   - body: empty where none is taken.
  ///   - version: the version that was seen; nil changes whatever is there.
  ///   - tables: what is said to people.
  /// - Throws: faults only; what is not allowed or not accepted is an outcome.
  package func callAsFunction(
    places: [String: String], query: [String: String], body: [UInt8], seen version: Int64?, _ occasion: Occasion,
    env: Environment, saying tables: SentenceTables
  ) async throws -> Outcome {
    do {
      try await operation.checkNeed(places, occasion, env: env)
      let fields = FormFields(query.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) })
      let call = Call(
        parameters: places, query: try ManagementRequest.query(fields, operation), body: body, seen: version, occasion: occasion,
        env: env, tables: tables)
      return .done(try await operation.perform(call).body)
    } catch {
      guard let refused = ManagementRefusal(expected: error, namedVersion: version != nil) else { throw error }
      return .refused(try WireJSON.encode(refused.problem(issuer: env.settings.publicAddress, instance: nil)))
    }
  }
}

extension LocalManagement.Entry {
  fileprivate init(_ operation: Operation) {
    self.init(
      name: operation.name, summary: operation.summary, places: operation.places, parameters: operation.parameters.map(\.name),
      takesBody: operation.takes != nil, maximumBytes: operation.maximumBytes, isVersioned: operation.isVersioned)
  }
}
