internal import AccessControl
package import HTTPTypes
internal import Identity

/// Every way in which HTTP says no. A route's `Surface` shows it as a page, a problem document or a protocol's error.
package enum Failure: Error, Sendable, Hashable {
  case badRequest
  case unsupportedMediaType
  /// The form was not made for this browser, or is too old.
  case formExpired
  case forbidden
  case notFound
  /// With the methods the path knows.
  case methodNotAllowed(allowed: [String])
  case contentTooLarge
  case targetTooLong
  case headersTooLarge
  /// The request demands a revision of the policy that nobody has made.
  case revisionUnknown
  case tooManyRequests(retryAfter: Duration)
  case unavailable(retryAfter: Duration)
  /// Something of ours went wrong. Outside nothing is said but the request's name; the log has the rest.
  case fault

  /// The one translation of what use cases throw and no route expected.
  package init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case is AccessDenied: self = .forbidden
    case let full as HashingPool.Full: self = .unavailable(retryAfter: .seconds(full.retryAfterSeconds))
    case StoreError.unavailable: self = .unavailable(retryAfter: .seconds(5))
    default: self = .fault
    }
  }

  package var status: HTTPResponse.Status {
    switch self {
    case .badRequest: .badRequest
    case .unsupportedMediaType: .unsupportedMediaType
    case .formExpired, .forbidden: .forbidden
    case .notFound: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .contentTooLarge: .contentTooLarge
    case .targetTooLong: .uriTooLong
    case .headersTooLarge: .requestHeaderFieldsTooLarge
    case .revisionUnknown: .preconditionFailed
    case .tooManyRequests: .tooManyRequests
    case .unavailable: .serviceUnavailable
    case .fault: .internalServerError
    }
  }

  /// The headers that belong to the status, however the failure is shown.
  package var headers: HTTPFields {
    switch self {
    case .methodNotAllowed(let allowed): [.allow: allowed.joined(separator: ", ")]
    case .tooManyRequests(let wait), .unavailable(let wait): [.retryAfter: String(max(1, wait.components.seconds))]
    default: [:]
    }
  }

  /// After these the rest of what the other side sends cannot be trusted to be a request, or is not worth reading.
  var closesConnection: Bool {
    switch self {
    case .contentTooLarge, .targetTooLong, .headersTooLarge: true
    default: false
    }
  }
}
