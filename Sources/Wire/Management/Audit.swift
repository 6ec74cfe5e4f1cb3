public import Primitives

extension Management {
  /// One line of the audit trail. It holds ids, never names or addresses of people.
  public struct AuditEntry: Codable, Hashable, Sendable {
    /// Its id.
    public var id: String
    /// When it happened.
    public var at: String
    /// Who: `account:…`, `application:…`, `account:… via application:…`, `command:…`, `anonymous`.
    public var actor: String
    /// What: `role.assigned`, `session.signed-in`, `access.denied` …
    public var event: String
    /// To what: `account:…`, `invitation:…`.
    public var object: String?
    /// In which organization.
    public var organization: String?
    /// `success`, `denied` or `failed`.
    public var outcome: String
    /// The network address it came from.
    public var address: String?
    /// The request, as the log names it.
    public var requestID: String?
    /// The state before and after, or details of the event.
    public var details: JSONObject?

    /// All members, in the order of the document.
    public init(
      id: String, at: String, actor: String, event: String, object: String? = nil, organization: String? = nil, outcome: String,
      address: String? = nil, requestID: String? = nil, details: JSONObject? = nil
    ) {
      self.id = id
      self.at = at
      self.actor = actor
      self.event = event
      self.object = object
      self.organization = organization
      self.outcome = outcome
      self.address = address
      self.requestID = requestID
      self.details = details
    }

    enum CodingKeys: String, CodingKey {
      case id, at, actor, event, object, organization, outcome, address, details
      case requestID = "request_id"
    }
  }

  /// How often something failed in one hour.
  public struct FailureCount: Codable, Hashable, Sendable {
    /// What failed.
    public var event: String
    /// When the hour began.
    public var hour: String
    /// How often.
    public var count: Int

    /// All members, in the order of the document.
    public init(event: String, hour: String, count: Int) {
      self.event = event
      self.hour = hour
      self.count = count
    }
  }

  /// Anonymous failures, which are counted, not written one by one.
  public struct FailureCounts: Codable, Hashable, Sendable {
    /// By hour and event, oldest first.
    public var items: [FailureCount]

    /// All members, in the order of the document.
    public init(items: [FailureCount]) {
      self.items = items
    }
  }
}
