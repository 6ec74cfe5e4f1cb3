/// What the management API and every endpoint without an error shape of its own answer when they refuse (RFC 9457), as
/// `application/problem+json`.
public struct Problem: Codable, Hashable, Sendable {
  /// The media type of a problem.
  public static let mediaType = "application/problem+json"

  /// One field of a request that was not accepted.
  public struct Field: Codable, Hashable, Sendable {
    /// Where it stands: a JSON Pointer into the body (RFC 6901), or the name of a query parameter.
    public var pointer: String
    /// A stable word: `required`, `too_long`, `unknown`.
    public var code: String
    /// One sentence for the developer.
    public var detail: String?

    /// Names a field and what is wrong with it.
    public init(pointer: String, code: String, detail: String? = nil) {
      self.pointer = pointer
      self.code = code
      self.detail = detail
    }
  }

  /// A URI that names the kind of problem and never changes; `about:blank` when the status says it all.
  public var type: String
  /// The kind in a few words, the same each time.
  public var title: String
  /// The HTTP status.
  public var status: Int
  /// What happened this time, worded for the developer of a client; nothing of what exists, of paths or of statements.
  public var detail: String?
  /// The request id, by which the log can be searched.
  public var instance: String?
  /// The fields that were not accepted.
  public var errors: [Field]?
  /// What would happen now, where a plan was to be applied that does not hold any more.
  public var plan: Management.Plan?

  /// A problem of one kind.
  public init(
    type: String = "about:blank", title: String, status: Int, detail: String? = nil, instance: String? = nil,
    errors: [Field]? = nil, plan: Management.Plan? = nil
  ) {
    self.type = type
    self.title = title
    self.status = status
    self.detail = detail
    self.instance = instance
    self.errors = errors
    self.plan = plan
  }
}
