internal import HTTPTypes
internal import Logging
internal import Primitives

/// One line for each request. It names the route's pattern, never the path: a path may hold the secret of a one-time link, and a query anything.
struct RequestLog: Sendable {
  let logger: Logger

  func write(_ exchange: Exchange, pattern: String?, _ answer: Answer, took: Duration) {
    guard logger.logLevel <= .info else { return }
    var metadata: Logger.Metadata = [
      "request_id": "\(exchange.requestID)", "method": "\(LogText.line(exchange.method.rawValue, limit: 20))",
      "route": "\(pattern ?? "-")", "status": "\(answer.status.code)", "bytes": "\(answer.body.count)",
      "address": "\(exchange.clientAddress)", "microseconds": "\(took.microseconds)",
    ]
    metadata["caller_request_id"] = callerRequestID(exchange)
    logger.info("request", metadata: metadata)
  }

  /// What nobody expected. The type of the error and its case are ours; texts of others are cut and put on one line.
  func fault(_ error: any Error, _ exchange: Exchange, pattern: String?) {
    var metadata: Logger.Metadata = [
      "request_id": "\(exchange.requestID)", "route": "\(pattern ?? "-")",
      "error": "\(LogText.line("\(type(of: error)): \(error)", limit: 500))",
    ]
    metadata["caller_request_id"] = callerRequestID(exchange)
    logger.error("fault", metadata: metadata)
  }

  /// The caller's own name for the request, by which they ask about it where their answer carried it.
  private func callerRequestID(_ exchange: Exchange) -> Logger.MetadataValue? {
    exchange.headers[.xRequestID].map { "\(LogText.line($0, limit: 100))" }
  }
}
