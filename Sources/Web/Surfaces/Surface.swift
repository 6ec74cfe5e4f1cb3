/// How a part of the house says no: pages to people, `application/problem+json` to the management API's callers, a protocol's own error
/// document to applications.
package protocol Surface: Sendable {
  /// - Parameter exchange: as far as it was read; a request that failed early has no query and no body.
  func answer(to failure: Failure, _ exchange: Exchange) -> Answer

  /// Whether `X-Request-ID` of an answer repeats the caller's instead of telling ours.
  var returnsRequestID: Bool { get }
}

extension Surface {
  package var returnsRequestID: Bool { false }
}
