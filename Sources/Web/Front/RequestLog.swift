internal import HTTPTypes
internal import Logging
internal import Primitives

/// One line for each request. It names the route's pattern, never the path: a path may hold the secret of a one-time link, and a query anything.
struct RequestLog: Sendable {
  let logger: Logger

  /// What a line says of a request.
  struct Line {
    let requestID: String
    let callerRequestID: String?
    let method: HTTPRequest.Method
    let pattern: String?
    let status: HTTPResponse.Status
    /// Of the body of the answer.
    let bytes: Int
    let took: Duration
  }

  func write(_ exchange: Exchange, pattern: String?, _ answer: Answer, took: Duration) {
    let line = Line(
      requestID: exchange.requestID, callerRequestID: exchange.headers[.xRequestID], method: exchange.method, pattern: pattern,
      status: answer.status, bytes: answer.body.count, took: took)
    write(line, from: exchange.clientAddress)
  }

  func write(_ line: Line, from address: @autoclosure () -> IPAddress) {
    guard logger.logLevel <= .info else { return }
    var metadata: Logger.Metadata = [
      "request_id": "\(line.requestID)", "method": "\(LogText.line(line.method.rawValue, limit: 20))",
      "route": "\(line.pattern ?? "-")", "status": "\(line.status.code)", "bytes": "\(line.bytes)",
      "address": "\(address())", "microseconds": "\(line.took.microseconds)",
    ]
    metadata["caller_request_id"] = Self.callerRequestID(line.callerRequestID)
    logger.info("request", metadata: metadata)
  }

  /// What nobody expected. The type of the error and its case are ours; texts of others are cut and put on one line.
  func fault(_ error: any Error, _ exchange: Exchange, pattern: String?) {
    var metadata: Logger.Metadata = [
      "request_id": "\(exchange.requestID)", "route": "\(pattern ?? "-")",
      "error": "\(LogText.line("\(type(of: error)): \(error)", limit: 500))",
    ]
    metadata["caller_request_id"] = Self.callerRequestID(exchange.headers[.xRequestID])
    logger.error("fault", metadata: metadata)
  }

  /// The caller's own name for the request, by which they ask about it where their answer carried it.
  private static func callerRequestID(_ name: String?) -> Logger.MetadataValue? {
    name.map { "\(LogText.line($0, limit: 100))" }
  }
}
