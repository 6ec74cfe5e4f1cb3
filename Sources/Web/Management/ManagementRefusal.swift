internal import Identity
internal import OAuth
internal import Primitives
internal import Wire

/// An expected *no* of the management API, shown as a problem document (RFC 9457).
struct ManagementRefusal: Error {
  /// The kinds there are. The word is the end of the problem's `type` and never changes.
  enum Kind: String, CaseIterable {
    case malformed = "malformed-request"
    case tokenRefused = "token-refused"
    case insufficientScope = "insufficient-scope"
    case denied = "access-denied"
    case unknown = "not-found"
    /// A unique name is somebody else's.
    case taken = "already-exists"
    case lastAdministrator = "last-administrator"
    /// Somebody would hold roles that exclude each other.
    case dutiesNotSeparated = "duties-not-separated"
    /// More would hold a role than may.
    case roleLimitExceeded = "role-limit-exceeded"
    /// The thing is in a state in which this cannot happen to it: accepted, ended, closed.
    case state = "wrong-state"
    case changedMeanwhile = "changed-meanwhile"
    case versionMismatch = "version-mismatch"
    case planChanged = "plan-changed"
    case notAccepted = "not-accepted"

    var status: Int {
      switch self {
      case .malformed: 400
      case .tokenRefused: 401
      case .insufficientScope, .denied: 403
      case .unknown: 404
      case .taken, .lastAdministrator, .dutiesNotSeparated, .roleLimitExceeded, .state, .changedMeanwhile: 409
      case .versionMismatch, .planChanged: 412
      case .notAccepted: 422
      }
    }

    /// Below the public address, the page that explains it (`ProblemTypePage`).
    var path: String { "\(Self.root)/\(rawValue)" }
    static let root = "/problems"
  }

  let kind: Kind
  let detail: String
  let fields: [Problem.Field]
  /// What would happen now, with `planChanged`.
  var plan: Management.Plan?

  init(_ kind: Kind, _ detail: String, _ fields: [Problem.Field] = []) {
    self.kind = kind
    self.detail = detail
    self.fields = fields
  }

  /// A body member that can be read and not be taken.
  static func notAccepted(_ member: String, _ code: String, _ detail: String) -> ManagementRefusal {
    ManagementRefusal(.notAccepted, detail, [Problem.Field(pointer: "/\(member)", code: code, detail: detail)])
  }

  static func taken(_ member: String, _ detail: String) -> ManagementRefusal {
    ManagementRefusal(.taken, detail, [Problem.Field(pointer: "/\(member)", code: "taken", detail: detail)])
  }

  static func query(_ name: String, _ code: String, _ detail: String? = nil) -> ManagementRefusal {
    ManagementRefusal(
      .malformed, "The query is not one this operation takes.", [Problem.Field(pointer: name, code: code, detail: detail)])
  }

  static let unknown = ManagementRefusal(.unknown, "There is no such thing here.")
  static let changedMeanwhile = ManagementRefusal(.changedMeanwhile, "Somebody changed it at the same moment; look again.")
  static let versionMismatch = ManagementRefusal(
    .versionMismatch, "It is not the version named by If-Match any more; look again.")

  static func unreadable(_ error: JSONError) -> ManagementRefusal {
    let detail =
      switch error {
      case .syntax(let place): "The body is not JSON, at byte \(place)."
      case .tooDeep: "The body is nested more than \(ManagementAPI.maximumDepth) deep."
      case .tooManyMembers: "An object has too many members."
      case .duplicateMember: "A member stands twice in one object."
      case .invalidText(let place): "A text is not UTF-8, at byte \(place)."
      case .numberOutOfRange(let place): "A number is too large, at byte \(place)."
      }
    return ManagementRefusal(.malformed, detail)
  }

  /// - Parameters:
  ///   - issuer: below which the kinds have their names.
  ///   - instance: the request id, where there was a request.
  func problem(issuer: String, instance: String?) -> Problem {
    Problem(
      type: issuer + kind.path, title: kind.title, status: kind.status, detail: detail, instance: instance,
      errors: fields.isEmpty ? nil : fields, plan: plan)
  }
}

extension ManagementRefusal {
  /// The one translation of what an operation throws; nil for what nobody expects, which stays a fault.
  ///
  /// - Parameter namedVersion: whether the caller said which version they saw.
  init?(expected error: any Error, namedVersion: Bool) {
    switch error {
    case let refused as ManagementRefusal: self = refused
    case let refused as any SaidByManagement:
      let said = refused.said
      self = said.kind == .changedMeanwhile && namedVersion ? .versionMismatch : said
    case let refused as OAuthError:
      switch refused.code {
      case .invalidToken: self.init(.tokenRefused, refused.description)
      case .insufficientScope: self.init(.insufficientScope, refused.description)
      case .invalidRequest: self.init(.malformed, refused.description)
      default: return nil
      }
    case is AccessDenied: self.init(.denied, "Your roles do not allow this, or there is no such thing.")
    default: return nil
    }
  }
}

/// A use case's refusal that the management API can say in its own words.
protocol SaidByManagement: Error {
  var said: ManagementRefusal { get }
}
