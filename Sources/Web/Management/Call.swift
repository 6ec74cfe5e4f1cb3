internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives

/// One request to the management API, after it was known who asks and that they may.
struct Call: Sendable {
  /// What stood at the places of the path, percent-decoded.
  let parameters: [String: String]
  /// The parameters of the query, checked against the operation's.
  let query: [String: String]
  let body: [UInt8]
  /// The version named by `If-Match`.
  let seen: Int64?
  let occasion: Occasion
  let env: Environment
  /// What is said to people.
  let tables: SentenceTables

  /// The name of a thing in the path. What cannot be an id names nothing.
  func id<Tag>(_ place: String) throws(ManagementRefusal) -> Identifier<Tag> {
    guard let id = parameters[place].flatMap({ Identifier<Tag>($0) }) else { throw .unknown }
    return id
  }

  var organization: OrganizationID {
    get throws(ManagementRefusal) { try id("organization") }
  }

  var account: AccountID {
    get throws(ManagementRefusal) { try id("account") }
  }

  var page: PageRequest { PageRequest(limit: query["limit"].flatMap { Int($0) } ?? 50, after: query["after"]) }

  /// A time of the query.
  func time(_ name: String) throws(ManagementRefusal) -> Timestamp? {
    guard let text = query[name] else { return nil }
    guard let time = Timestamp(rfc3339: text) else { throw .query(name, "malformed", "Expected a time as in RFC 3339.") }
    return time
  }
}
