internal import HTTPTypes
internal import Identity
internal import Primitives

extension HTTPField.Name {
  /// In a request: the least revision of the policy the answer must rest on. In an answer: the revision it rests on, or that a change has made.
  static let usherRevision = HTTPField.Name.constant("Usher-Revision")
}

/// Reading what one has written, whichever instance answers: every change and every decision names the revision of the policy it made or rests on,
/// and whoever names one in a request is answered from no earlier one.
enum SeenRevision {
  /// Waits, where it has to, until the policy here is as new as the request demands.
  ///
  /// - Throws: `Failure.badRequest` for what is no revision, `.revisionUnknown` for one that nobody has made.
  static func reached(by exchange: Exchange, _ env: Environment) async throws {
    guard let revision = try named(exchange.headers[values: .usherRevision]) else { return }
    if env.policy.revision >= revision { return }
    try await env.store.catchUp()
    guard env.policy.revision >= revision else { throw Failure.revisionUnknown }
  }

  /// The revision that a request demands; nil when it demands none.
  ///
  /// - Parameter values: of the header `Usher-Revision`.
  /// - Throws: `badRequest` for what is no revision.
  static func named(_ values: [String]) throws(Failure) -> Int64? {
    guard let text = values.first else { return nil }
    guard values.count == 1, let revision = Int64(text), revision >= 0, String(revision).isExactly(text) else {
      throw .badRequest
    }
    return revision
  }
}

extension Answer {
  /// Names the revision it rests on: one read before the answer was made, or after a change was.
  func restingOn(_ revision: Int64) -> Answer { with(.usherRevision, String(revision)) }
}
