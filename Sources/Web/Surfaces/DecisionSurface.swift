internal import HTTPTypes

/// Failures below `/access/` as the Authorization API 1.0 wants them (§10.1.2): as everywhere for applications, but a body of the wrong type is a bad
/// request like any other, and the caller's name for the request comes back.
struct DecisionSurface: Surface {
  var returnsRequestID: Bool { true }

  func answer(to failure: Failure, _ exchange: Exchange) -> Answer {
    var answer = ProtocolSurface().answer(to: failure, exchange)
    if failure == .unsupportedMediaType { answer.status = .badRequest }
    return answer
  }
}
