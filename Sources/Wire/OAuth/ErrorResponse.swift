/// What an endpoint of OAuth answers when it refuses (RFC 6749 §5.2; RFC 6750 §3.1, RFC 7009 §2.2.1 and RFC 7591 §3.2.2 use the same shape).
public struct ErrorResponse: Codable, Hashable, Sendable {
  /// One of the codes the standard of the endpoint lists: `invalid_grant`.
  public var error: String
  /// For the developer of the client; says nothing about what exists.
  public var errorDescription: String?

  /// A refusal with its code.
  public init(error: String, errorDescription: String? = nil) {
    self.error = error
    self.errorDescription = errorDescription
  }

  enum CodingKeys: String, CodingKey {
    case error
    case errorDescription = "error_description"
  }
}
