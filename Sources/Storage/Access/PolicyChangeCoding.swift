internal import AccessControl
package import Identity
internal import Primitives

/// A change of the policy as it stands in a column: a JSON object of lists of names.
extension PolicyChange {
  /// Past this many things the others had better read everything.
  private static let mostCoded = 5_000

  private var count: Int {
    organizations.count + accounts.count + applications.count + groups.count + subjects.count + resources.count
      + endedGrants.count + revokedTokens.count
  }

  /// As it stands in a column.
  package var coded: String {
    guard count <= Self.mostCoded else { return Self.everything }
    var object = JSONObject()
    func list(_ name: String, _ texts: [String]) {
      if !texts.isEmpty { object[name] = .array(texts.map { .string($0) }) }
    }
    func times(_ name: String, _ moments: [(String, Timestamp)]) {
      if !moments.isEmpty { object[name] = .array(moments.map { .array([.string($0.0), .integer($0.1.microseconds)]) }) }
    }
    list("organizations", organizations.map(\.text))
    list("accounts", accounts.map(\.text))
    list("applications", applications.map(\.text))
    // Passed over by versions that know neither: to them nobody holds anything through a group, and no subject anything at all.
    list("groups", groups.map(\.text))
    list("subjects", subjects.map(\.text))
    if !resources.isEmpty { object["resources"] = .array(resources.map { .array([.string($0.type), .string($0.id)]) }) }
    times("ended_grants", endedGrants.map { ($0.key.text, $0.value) })
    times("revoked_tokens", revokedTokens.map { ($0.key, $0.value) })
    if signingKeys { object["signing_keys"] = .bool(true) }
    // Passed over by versions that know the built-in roles and permissions alone: to them the others give nothing.
    if catalogs { object["catalogs"] = .bool(true) }
    object[Self.kept] = .bool(true)
    return JSON.object(object).text
  }

  /// Says that the commit kept its history, as every version does that knows of it. The last member there is.
  private static let kept = "history"

  /// Whether the commit of a change, as it stands in a column, kept its history.
  static func keptHistory(_ coded: String) -> Bool { coded.hasSuffix("\"\(kept)\":true}") || coded == everything }

  package static let everything = "everything"

  /// - Returns: nil for one that says to read everything.
  init?(coded: String) throws {
    guard coded != Self.everything else { return nil }
    guard let object = (try? JSON.parse(coded.utf8))?.objectValue else { throw Self.unreadable }
    self.init()
    organizations = Set(try Self.list(object["organizations"]).map { OrganizationID(trusted: $0) })
    accounts = Set(try Self.list(object["accounts"]).map { AccountID(trusted: $0) })
    applications = Set(try Self.list(object["applications"]).map { ApplicationID(trusted: $0) })
    groups = Set(try Self.list(object["groups"]).map { GroupID(trusted: $0) })
    subjects = Set(try Self.list(object["subjects"]).map { RegisteredSubjectID(trusted: $0) })
    resources = Set(
      try (object["resources"]?.arrayValue ?? []).map { element in
        guard let pair = element.arrayValue, pair.count == 2, let type = pair[0].stringValue, let id = pair[1].stringValue else {
          throw Self.unreadable
        }
        return ResourceName(type: type, id: id)
      })
    for (id, moment) in try Self.times(object["ended_grants"]) { endedGrants[GrantID(trusted: id)] = moment }
    for (id, moment) in try Self.times(object["revoked_tokens"]) { revokedTokens[id] = moment }
    signingKeys = object["signing_keys"] != nil
    catalogs = object["catalogs"] != nil
  }

  private static var unreadable: StoreError { .unreadable("a change of the policy") }

  private static func list(_ value: JSON?) throws -> [String] {
    try (value?.arrayValue ?? []).map { element in
      guard let text = element.stringValue else { throw unreadable }
      return text
    }
  }

  private static func times(_ value: JSON?) throws -> [(String, Timestamp)] {
    try (value?.arrayValue ?? []).map { element in
      guard let pair = element.arrayValue, pair.count == 2, let id = pair[0].stringValue, let moment = pair[1].intValue else {
        throw unreadable
      }
      return (id, Timestamp(microseconds: moment))
    }
  }
}
