internal import HTTPTypes

/// Which part of the house answers for which paths, also for those it does not know.
package struct Surfaces: Sendable {
  private let byPrefix: [(prefix: String, surface: any Surface)]
  private let otherwise: any Surface

  /// - Parameters:
  ///   - byPrefix: the first prefix that fits counts.
  ///   - otherwise: who answers for every other path: pages.
  package init(_ byPrefix: [(prefix: String, surface: any Surface)], otherwise: any Surface) {
    self.byPrefix = byPrefix
    self.otherwise = otherwise
  }

  func answer(to failure: Failure, _ exchange: Exchange) -> Answer {
    var answer = surface(of: exchange.path).answer(to: failure, exchange)
    for field in failure.headers { answer.headers[field.name] = field.value }
    return answer
  }

  /// By what name the caller finds the request again: ours, which is in the log, or theirs where the surface of the path returns it.
  func requestID(of exchange: Exchange) -> String {
    guard let theirs = exchange.headers[.xRequestID], surface(of: exchange.path).returnsRequestID else {
      return exchange.requestID
    }
    return theirs
  }

  private func surface(of path: String) -> any Surface { byPrefix.first { path.hasPrefix($0.prefix) }?.surface ?? otherwise }
}
