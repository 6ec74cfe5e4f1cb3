internal import HTTPTypes
internal import Primitives
internal import Wire

/// Failures as problem documents (RFC 9457), for the management API.
package struct ProblemSurface: Surface {
  package init() {}

  package func answer(to failure: Failure, _ exchange: Exchange) -> Answer {
    let status = failure.status
    var writer = JSONWriter(capacity: 240)
    writer.beginObject()
    writer.member("type", "about:blank")
    writer.member("title", status.reasonPhrase)
    writer.member("status", Int64(status.code))
    writer.member("detail", failure.sentence)
    writer.member("instance", exchange.requestID)
    writer.endObject()
    return .json(writer.bytes, status, type: Problem.mediaType)
  }
}
