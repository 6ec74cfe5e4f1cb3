public import Primitives

/// The question put to `POST /access/v1/evaluation` (Authorization API 1.0 §6.1).
public struct EvaluationRequest: Codable, Hashable, Sendable {
  /// Who wants to act (§5.1).
  public struct Subject: Codable, Hashable, Sendable {
    /// `user` for accounts, `application` for applications; every other type is that of subjects registered in the organization of the decision.
    public var type: String
    /// The `sub` of the person, as the asking application sees it; the client id of an application; what a registered subject is called.
    public var id: String
    /// Whatever else the application says of the subject, for conditions; in front of what is stored.
    public var properties: JSONObject?

    /// Names a subject.
    public init(type: String = "user", id: String, properties: JSONObject? = nil) {
      self.type = type
      self.id = id
      self.properties = properties
    }
  }

  /// What the subject wants to do (§5.3): the second half of a permission, `view` of `order:view`.
  public struct Action: Codable, Hashable, Sendable {
    /// The word the permission ends in: `view`.
    public var name: String
    /// Whatever else the application says of the action, for conditions.
    public var properties: JSONObject?

    /// Names an action.
    public init(name: String, properties: JSONObject? = nil) {
      self.name = name
      self.properties = properties
    }
  }

  /// What it is to be done to (§5.2): the type is the first half of a permission, `order` of `order:view`.
  public struct Resource: Codable, Hashable, Sendable {
    /// The word the permission begins with: `order`.
    public var type: String
    /// The name of the one thing, as the application knows it.
    public var id: String
    /// `organization` names the organization in which the decision is made; all are there for conditions, in front of what is stored.
    public var properties: JSONObject?

    /// Names a resource.
    public init(type: String, id: String, properties: JSONObject? = nil) {
      self.type = type
      self.id = id
      self.properties = properties
    }
  }

  /// What is asked for besides the decision; an extension of ours for single questions (§7.1.2 has them for batches).
  public struct Options: Codable, Hashable, Sendable {
    /// `code` (as without it), `full` or `explained`: how much the answer says of its reason.
    public var reason: String?

    /// Asks for more than a code.
    public init(reason: String? = nil) { self.reason = reason }
  }

  /// Who wants to act.
  public var subject: Subject
  /// What they want to do.
  public var action: Action
  /// To what.
  public var resource: Resource
  /// `organization` names the organization in which the decision is made, like the property of the resource (§5.4).
  public var context: JSONObject?
  /// What is asked for besides the decision.
  public var options: Options?

  /// Asks whether the subject may do the action to the resource.
  public init(subject: Subject, action: Action, resource: Resource, context: JSONObject? = nil, options: Options? = nil) {
    self.subject = subject
    self.action = action
    self.resource = resource
    self.context = context
    self.options = options
  }
}
