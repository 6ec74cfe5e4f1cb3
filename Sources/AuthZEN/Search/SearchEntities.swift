internal import AccessControl
package import Identity
package import Primitives

/// The Search endpoints (Authorization API 1.0 §8): who may, to what, and how?
///
/// Reads, asks `SearchAccess`, writes; finds nothing itself. An application may search wherever it may ask, and nowhere else (THREATS AZN3).
package struct SearchEntities: Sendable {
  private let tokens: MessageAuthenticator

  /// - Parameter tokens: vouches for the tokens of pages; the same at every instance.
  package init(vouchingWith tokens: MessageAuthenticator) { self.tokens = tokens }

  /// One page of what was found, and what it rests on.
  package struct Answer: Sendable {
    /// JSON, to be sent with status 200: to find nothing is an answer like any other.
    package let bytes: [UInt8]
    /// The revision of the policy from which it was made.
    package let revision: Int64
  }

  /// - Parameters:
  ///   - bytes: the request as it came, JSON.
  ///   - asker: the application that asks.
  ///   - policy: what is known.
  ///   - now: the moment for which it is asked.
  package func callAsFunction(
    _ kind: SearchKind, _ bytes: [UInt8], askedBy asker: Application, knowing policy: PolicySnapshot, at now: Timestamp
  ) throws(EvaluationRefusal) -> Answer {
    guard bytes.count <= EvaluationLimits.questionBytes else { throw .tooLarge }
    guard let state = policy.currentState else { throw .unavailable }
    let body = try BodyReader(bytes, of: .search)
    let search: AccessSearch
    do { search = try SearchReader.search(kind, body) } catch { throw .malformed(error.sentence) }
    let page = try PresentedPage(body.body.page)
    let fingerprint = SearchFingerprint.of(search, askedBy: asker.id)
    let start = try page.token.map { (text) throws(EvaluationRefusal) in
      guard let token = PageToken(text, for: fingerprint, by: tokens), token.continues(page) else {
        throw .malformed("page.token is not from an answer to this search of this application, or page has changed since.")
      }
      return token
    }
    let limit = start?.limit ?? page.limit ?? EvaluationLimits.pageResults
    let found: SearchAccess.Found
    do {
      found = try SearchAccess()(search, after: start?.position, limit: limit, askedBy: asker, knowing: state, at: now)
    } catch {
      switch error {
      case .activeRolesMalformed:
        throw .malformed("context.active_roles is no array of at most \(RoleActivation.maximumActive) ids of roles.")
      case .contradiction: throw .malformed("resource.properties.organization and context.organization differ.")
      }
    }
    let next = found.next.map { position in
      PageToken(limit: limit, position: position, of: page, continuing: start).text(for: fingerprint, by: tokens)
    }
    return Answer(
      bytes: SearchWriter.write(found, ofType: search.soughtType, nextToken: next ?? ""), revision: state.revision)
  }
}

extension AccessSearch {
  /// The type that every result has; nil for actions, which have none.
  fileprivate var soughtType: String? {
    switch question {
    case .subjects(let candidates, _, _), .resources(let candidates, _, _): candidates.type
    case .actions: nil
    }
  }
}
