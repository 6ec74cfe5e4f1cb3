internal import AccessControl
internal import Identity
internal import Primitives

/// The definition of a role as it stands in a column: a JSON object. What it grants is a list of objects, so that a later version can say more of a
/// grant than its permission.
///
/// A grant with a member that is not known here gives nothing: it may be what narrows it. So does one whose condition cannot be read: a later version
/// may know more of the language.
extension Role {
  var codedDefinition: String {
    var object: JSONObject = wording.coded
    var permissions: Set<Permission> = []
    if case .listed(let listed) = self.permissions { permissions = listed }
    object["grants"] = .array(
      permissions.union(conditions.keys).sorted().map { permission in
        var grant: JSONObject = ["permission": .string(permission.text)]
        if let condition = conditions[permission] { grant["condition"] = .string(condition.text) }
        return .object(grant)
      })
    object["parents"] = .array(parents.sorted().map { .string($0.text) })
    var ways = JSONObject()
    if case .listed(let listed) = mayGrant {
      for (way, roles) in listed.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        ways[way.rawValue] = .array(roles.sorted().map { .string($0.text) })
      }
    }
    object["may_grant"] = .object(ways)
    object["organization_kinds"] = OrganizationKind.coded(organizationKinds)
    return JSON.object(object).text
  }

  /// - Parameter owner: nil for a role of the portal.
  init(_ id: RoleID, of owner: OrganizationID?, coded: String) throws {
    let object = try Definition.object(coded)
    var permissions: Set<Permission> = []
    var conditions: [Permission: Condition] = [:]
    for grant in try Definition.list(object["grants"]) {
      guard let grant = grant.objectValue else { throw Definition.unreadable }
      guard grant.members.allSatisfy({ $0.name == "permission" || $0.name == "condition" }) else { continue }
      guard let permission = grant["permission"]?.stringValue.flatMap({ Permission(text: $0) }) else {
        throw Definition.unreadable
      }
      if let condition = grant["condition"] {
        guard let text = condition.stringValue else { throw Definition.unreadable }
        if let condition = try? Condition(text) { conditions[permission] = condition }
      } else {
        permissions.insert(permission)
      }
    }
    var ways: [GrantWay: Set<RoleID>] = [:]
    for (name, roles) in object["may_grant"]?.objectValue?.members ?? [] {
      guard let way = GrantWay(rawValue: name) else { continue }
      ways[way] = Set(try Definition.texts(roles).map { RoleID(trusted: $0) })
    }
    self.init(
      id: id, wording: try Wording(object), permissions: .listed(permissions), conditions: conditions,
      parents: Set(try Definition.texts(object["parents"]).map { RoleID(trusted: $0) }),
      mayGrant: ways.isEmpty ? .nothing : .listed(ways),
      organizationKinds: try OrganizationKind.kinds(object["organization_kinds"]),
      origin: Origin(owner: owner))
  }
}

/// The definition of a permission, likewise. One that a later version tells more of serves neither operators nor partners here.
extension PermissionDefinition {
  var codedDefinition: String {
    var translated = JSONObject()
    for (language, summary) in translations.sorted(by: { $0.key < $1.key }) { translated[language] = .string(summary) }
    return JSON.object([
      "summary": .string(summary), "translations": .object(translated), "organization_kinds": OrganizationKind.coded(kinds),
      "customer_data": .bool(isCustomerData),
    ]).text
  }

  init(_ permission: Permission, coded: String) throws {
    let object = try Definition.object(coded)
    guard let summary = object["summary"]?.stringValue else { throw Definition.unreadable }
    var translations: [String: String] = [:]
    for (language, text) in object["translations"]?.objectValue?.members ?? [] { translations[language] = text.stringValue }
    self.init(
      permission, summary, translations: translations, kinds: try OrganizationKind.kinds(object["organization_kinds"]),
      isCustomerData: object["customer_data"] == .bool(true))
  }
}

/// The definition of an exclusion of roles, likewise. A member that is not known here changes nothing of what the others say.
extension RoleExclusion {
  var codedDefinition: String {
    JSON.object([
      "name": .string(name), "description": .string(description), "kind": .string(kind.rawValue),
      "roles": .array(roles.sorted().map { .string($0.text) }), "cardinality": .integer(Int64(cardinality)),
      "organization_kinds": OrganizationKind.coded(organizationKinds),
    ]).text
  }

  /// - Parameter owner: nil for one of the portal.
  init(_ id: RoleExclusionID, of owner: OrganizationID?, coded: String) throws {
    let object = try Definition.object(coded)
    guard let name = object["name"]?.stringValue, let cardinality = object["cardinality"]?.intValue,
      let kind = object["kind"]?.stringValue.flatMap({ Kind(rawValue: $0) })
    else { throw Definition.unreadable }
    self.init(
      id: id, name: name, description: object["description"]?.stringValue ?? "", kind: kind,
      roles: Set(try Definition.texts(object["roles"]).map { RoleID(trusted: $0) }), cardinality: Int(cardinality),
      origin: Role.Origin(owner: owner),
      organizationKinds: try OrganizationKind.kinds(object["organization_kinds"]))
  }
}

/// The definition of a limit of a role, likewise.
extension RoleLimit {
  var codedDefinition: String {
    JSON.object(["maximum": .integer(Int64(maximum)), "description": .string(description)]).text
  }

  init(of role: RoleID, from origin: Role.Origin, coded: String) throws {
    let object = try Definition.object(coded)
    guard let maximum = object["maximum"]?.intValue else { throw Definition.unreadable }
    self.init(
      role: role, maximum: Int(maximum), description: object["description"]?.stringValue ?? "", origin: origin)
  }
}

private enum Definition {
  static let unreadable = StoreError.unreadable("a column holds no definition")

  static func object(_ text: String) throws -> JSONObject {
    guard let object = (try? JSON.parse(text.utf8))?.objectValue else { throw unreadable }
    return object
  }

  static func list(_ value: JSON?) throws -> [JSON] {
    guard let list = value?.arrayValue else { throw unreadable }
    return list
  }

  static func texts(_ value: JSON?) throws -> [String] {
    try list(value).map { element in
      guard let text = element.stringValue else { throw unreadable }
      return text
    }
  }
}

extension Wording {
  fileprivate var coded: JSONObject {
    var translated = JSONObject()
    for (language, translation) in translations.sorted(by: { $0.key < $1.key }) {
      translated[language] = ["name": .string(translation.name), "description": .string(translation.description)]
    }
    return ["name": .string(name), "description": .string(description), "translations": .object(translated)]
  }

  fileprivate init(_ object: JSONObject) throws {
    guard let name = object["name"]?.stringValue, let description = object["description"]?.stringValue else {
      throw Definition.unreadable
    }
    var translations: [String: Translation] = [:]
    for (language, text) in object["translations"]?.objectValue?.members ?? [] {
      guard let text = text.objectValue, let name = text["name"]?.stringValue else { throw Definition.unreadable }
      translations[language] = Translation(name: name, description: text["description"]?.stringValue ?? "")
    }
    self.init(name: name, description: description, translations: translations)
  }
}

extension OrganizationKind {
  fileprivate static func coded(_ kinds: Set<OrganizationKind>) -> JSON {
    .array(kinds.map(\.rawValue).sorted().map { .string($0) })
  }

  /// A kind that is not known here is left out.
  fileprivate static func kinds(_ value: JSON?) throws -> Set<OrganizationKind> {
    Set(try Definition.texts(value).compactMap { OrganizationKind(rawValue: $0) })
  }
}
