/// One page of what a search found (Authorization API 1.0 §8.3).
public struct SearchResponse: Codable, Hashable, Sendable {
  /// Where this page stands (§8.2.2).
  public struct Page: Codable, Hashable, Sendable {
    /// For the next page; empty when nothing follows. A page that has few results or none is not the last one while this is not empty.
    public var nextToken: String
    /// How many results this page has.
    public var count: Int

    /// Describes a page.
    public init(nextToken: String, count: Int) {
      self.nextToken = nextToken
      self.count = count
    }

    enum CodingKeys: String, CodingKey {
      case nextToken = "next_token"
      case count
    }
  }

  /// What Usher tells besides.
  public struct Context: Codable, Hashable, Sendable {
    /// The one organization in which was searched; missing when that was not settled.
    public var organization: String?
    /// Why nothing was searched at all, by the codes of an evaluation.
    public var reason: String?

    /// Where it was searched, or why not.
    public init(organization: String? = nil, reason: String? = nil) {
      self.organization = organization
      self.reason = reason
    }
  }

  /// A subject or a resource by type and id, or an action by name; nothing else.
  public struct Result: Codable, Hashable, Sendable {
    /// The type that was looked for; missing for actions.
    public var type: String?
    /// Missing for actions.
    public var id: String?
    /// Of actions.
    public var name: String?

    /// A subject or a resource.
    public init(type: String, id: String) {
      self.type = type
      self.id = id
    }

    /// An action.
    public init(name: String) { self.name = name }
  }

  /// Where this page stands.
  public var page: Page?
  /// What is told besides.
  public var context: Context?
  /// What was found, each once, in an order of ours.
  public var results: [Result]

  /// One page.
  public init(page: Page? = nil, context: Context? = nil, results: [Result]) {
    self.page = page
    self.context = context
    self.results = results
  }
}
