internal import HTTPTypes
internal import Primitives

/// Failures as the error document of OAuth (RFC 6749 §5.2), for the endpoints that applications call. What a rule of a standard refuses is
/// said by its route; this is for everything before and beside.
struct ProtocolSurface: Surface {
  func answer(to failure: Failure, _ exchange: Exchange) -> Answer {
    .json(Self.document(code(failure), failure.sentence), failure.status)
  }

  /// The error document itself.
  static func document(_ code: String, _ description: String) -> [UInt8] {
    var writer = JSONWriter(capacity: 160)
    writer.beginObject()
    writer.member("error", code)
    writer.member("error_description", description)
    writer.endObject()
    return writer.bytes
  }

  private func code(_ failure: Failure) -> String {
    switch failure {
    case .forbidden: "access_denied"
    case .tooManyRequests, .unavailable: "temporarily_unavailable"
    case .fault: "server_error"
    default: "invalid_request"
    }
  }
}

extension Failure {
  /// For the developer of a client; says nothing about what exists.
  package var sentence: String {
    switch self {
    case .badRequest: "The request cannot be read."
    case .unsupportedMediaType: "The Content-Type is not one this endpoint reads."
    case .formExpired, .forbidden: "This is not allowed."
    case .notFound: "There is nothing at this address."
    case .methodNotAllowed: "The method is not one this address knows."
    case .contentTooLarge: "The body is too long."
    case .targetTooLong: "The address is too long."
    case .revisionUnknown: "Usher-Revision names a revision that was never made here."
    case .headersTooLarge: "The header fields are too long or too many."
    case .tooManyRequests: "Too many requests; try again later."
    case .unavailable: "The service cannot answer now; try again later."
    case .fault: "Something went wrong; the request id finds it in the log."
    }
  }
}
