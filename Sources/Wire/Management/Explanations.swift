public import Primitives

extension Management {
  /// A question to be explained: as at the decision endpoint, in the organization of the path.
  public struct ExplainedQuestion: Codable, Hashable, Sendable {
    /// Who wants to act, or what it is done to.
    public struct Entity: Codable, Hashable, Sendable {
      /// As in a question to the decision endpoint.
      public var type: String
      /// As in a question to the decision endpoint.
      public var id: String
      /// In front of what is stored.
      public var properties: JSONObject?

      /// Names a subject or a resource.
      public init(type: String, id: String, properties: JSONObject? = nil) {
        self.type = type
        self.id = id
        self.properties = properties
      }
    }

    /// What is to be done.
    public struct Action: Codable, Hashable, Sendable {
      /// The word the permission ends in.
      public var name: String
      /// For conditions.
      public var properties: JSONObject?

      /// Names an action.
      public init(name: String, properties: JSONObject? = nil) {
        self.name = name
        self.properties = properties
      }
    }

    /// Who wants to act.
    public var subject: Entity
    /// What is to be done.
    public var action: Action
    /// What it is to be done to.
    public var resource: Entity
    /// For conditions.
    public var context: JSONObject?

    /// Asks why.
    public init(subject: Entity, action: Action, resource: Entity, context: JSONObject? = nil) {
      self.subject = subject
      self.action = action
      self.resource = resource
      self.context = context
    }
  }

  /// A decision, and why.
  public struct Explanation: Codable, Hashable, Sendable {
    /// Whether the action is allowed.
    public var decision: Bool
    /// The stable code that an application is told.
    public var reason: String
    /// The same in the words of people, by the tag of the language.
    public var reasonUser: [String: String]
    /// The same in full.
    public var reasonAdmin: AccessExplanation

    /// All members, in the order of the document.
    public init(decision: Bool, reason: String, reasonUser: [String: String], reasonAdmin: AccessExplanation) {
      self.decision = decision
      self.reason = reason
      self.reasonUser = reasonUser
      self.reasonAdmin = reasonAdmin
    }

    enum CodingKeys: String, CodingKey {
      case decision, reason
      case reasonUser = "reason_user"
      case reasonAdmin = "reason_admin"
    }
  }
}
