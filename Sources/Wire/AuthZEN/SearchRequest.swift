public import Primitives

/// What is asked at `POST /access/v1/search/subject`, `…/resource` and `…/action` (Authorization API 1.0 §8).
///
/// What is looked for has a type and no id, and in a search for actions no action is named at all.
public struct SearchRequest: Codable, Hashable, Sendable {
  /// Somebody or something: what is looked for by its type alone, everything else also by its id.
  public struct Entity: Codable, Hashable, Sendable {
    /// As in an evaluation.
    public var type: String
    /// Left out for what is looked for; there it would be ignored.
    public var id: String?
    /// As in an evaluation; of what is looked for they are said of every candidate.
    public var properties: JSONObject?

    /// Names an entity, or the type of those that are looked for.
    public init(type: String, id: String? = nil, properties: JSONObject? = nil) {
      self.type = type
      self.id = id
      self.properties = properties
    }
  }

  /// Which part of what is found is asked for (§8.2.1).
  public struct Page: Codable, Hashable, Sendable {
    /// The `next_token` of the answer before.
    public var token: String?
    /// How many results there may be. Left out it is that of the page before; on the first page as many as a page can have.
    public var limit: Int?

    /// Asks for a page.
    public init(token: String? = nil, limit: Int? = nil) {
      self.token = token
      self.limit = limit
    }
  }

  /// Who acts, or the type of those who may.
  public var subject: Entity
  /// What is done.
  public var action: EvaluationRequest.Action?
  /// What it is done to, or the type of what it may be done to.
  public var resource: Entity
  /// `organization` names the organization in which is searched.
  public var context: JSONObject?
  /// Which part of what is found is asked for.
  public var page: Page?

  /// Asks who may, to what, or how.
  public init(
    subject: Entity, action: EvaluationRequest.Action? = nil, resource: Entity, context: JSONObject? = nil, page: Page? = nil
  ) {
    self.subject = subject
    self.action = action
    self.resource = resource
    self.context = context
    self.page = page
  }
}
