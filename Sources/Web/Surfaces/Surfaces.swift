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
    let surface = byPrefix.first { exchange.path.hasPrefix($0.prefix) }?.surface ?? otherwise
    var answer = surface.answer(to: failure, exchange)
    for field in failure.headers { answer.headers[field.name] = field.value }
    return answer
  }
}
