internal import AccessControl
internal import Identity
internal import Primitives

// Facts as the history keeps them: JSON objects. Equal facts are equal texts. A member that is not there says that there is nothing of it.

extension Organization {
  var historicFacts: JSONObject {
    [
      "kind": .string(kind.rawValue), "name": .string(name), "state": .string(state.rawValue),
      "created_at": .integer(createdAt.microseconds),
    ]
  }

  init(_ id: OrganizationID, historic facts: HistoricFacts) throws {
    self.init(
      id: id, kind: try facts.value("kind"), name: try facts.text("name"), state: try facts.value("state"),
      createdAt: try facts.time("created_at"))
  }
}

extension PolicyFacts.AccountFacts {
  var historicFacts: JSONObject {
    var object: JSONObject = ["kind": .string(kind.name.rawValue), "state": .string(state.rawValue)]
    if case .work(let home) = kind { object["home"] = .string(home.text) }
    object["memberships"] = .array(
      memberships.sorted { $0.key < $1.key }.map { organization, membership in
        var held = heldFacts(membership.assignments, membership.groups)
        held["organization"] = .string(organization.text)
        held["state"] = .string(membership.state.rawValue)
        return .object(held)
      })
    return object
  }

  init(historic facts: HistoricFacts) throws {
    let kind: Account.Kind =
      switch try facts.value("kind") as Account.KindName {
      case .work: .work(home: try facts.id("home"))
      case .personal: .personal
      }
    let memberships = try facts.list("memberships").map { membership in
      (
        try membership.id("organization") as OrganizationID,
        PolicyFacts.MembershipFacts(
          state: try membership.value("state"), assignments: try membership.assignments, groups: try membership.groups)
      )
    }
    self.init(kind: kind, state: try facts.value("state"), memberships: Dictionary(memberships) { _, last in last })
  }
}

extension PolicyFacts.ApplicationFacts {
  /// What it is as a principal; its settings are no part of the policy.
  var historicFacts: JSONObject {
    var object: JSONObject = [
      "name": .string(application.name), "state": .string(application.state.rawValue),
      "created_at": .integer(application.createdAt.microseconds),
    ]
    if let owner = application.owner { object["owner"] = .string(owner.text) }
    object["places"] = .array(
      Set(assignments.keys).union(groups.keys).sorted().map { organization in
        var held = heldFacts(assignments[organization, default: []], groups[organization, default: []])
        held["organization"] = .string(organization.text)
        return .object(held)
      })
    return object
  }

  init(_ id: ApplicationID, historic facts: HistoricFacts) throws {
    var assignments: [OrganizationID: [PolicyFacts.AssignmentFacts]] = [:]
    var groups: [OrganizationID: Set<GroupID>] = [:]
    for place in try facts.list("places") {
      let organization: OrganizationID = try place.id("organization")
      assignments[organization] = try place.assignments
      groups[organization] = try place.groups
    }
    self.init(
      application: Application(
        id: id, name: try facts.text("name"), authentication: .none, grantTypes: [], scopes: [],
        owner: try facts.optionalText("owner").map { OrganizationID(trusted: $0) }, state: try facts.value("state"),
        createdAt: try facts.time("created_at")),
      assignments: assignments, groups: groups)
  }
}

extension PolicyFacts.GroupFacts {
  var historicFacts: JSONObject {
    var object = heldFacts(assignments, [])
    object["organization"] = .string(organization.text)
    return object
  }

  init(historic facts: HistoricFacts) throws {
    self.init(organization: try facts.id("organization"), assignments: try facts.assignments)
  }
}

extension PolicyFacts.SubjectFacts {
  var historicName: SubjectName { SubjectName(organization: organization, type: type, name: name) }

  func historicFacts(of id: RegisteredSubjectID) -> JSONObject {
    var object = heldFacts(assignments, groups)
    object["id"] = .string(id.text)
    object["active"] = .bool(isActive)
    object["attributes"] = .object(attributes)
    return object
  }

  init(_ name: SubjectName, historic facts: HistoricFacts) throws {
    self.init(
      organization: name.organization, type: name.type, name: name.name, isActive: facts.object["active"]?.boolValue == true,
      attributes: facts.object["attributes"]?.objectValue ?? [:], assignments: try facts.assignments, groups: try facts.groups)
  }
}

extension PolicyFacts.ResourceFacts {
  var historicFacts: JSONObject {
    var object: JSONObject = ["organization": .string(organization.text)]
    if let parent { object["parent"] = parent.coded }
    if !attributes.members.isEmpty { object["attributes"] = .object(attributes) }
    return object
  }

  init(historic facts: HistoricFacts) throws {
    self.init(
      organization: try facts.id("organization"), parent: try facts.resource("parent"),
      attributes: facts.object["attributes"]?.objectValue ?? [:])
  }
}

private func heldFacts(_ assignments: [PolicyFacts.AssignmentFacts], _ groups: Set<GroupID>) -> JSONObject {
  var object = JSONObject()
  if !assignments.isEmpty { object["assignments"] = .array(assignments.map { .object($0.coded) }) }
  if !groups.isEmpty { object["groups"] = .array(groups.sorted().map { .string($0.text) }) }
  return object
}

extension PolicyFacts.AssignmentFacts {
  fileprivate var coded: JSONObject {
    var object: JSONObject = ["id": .string(id.text), "role": .string(role.text)]
    if let scope { object["scope"] = scope.coded }
    if let from { object["from"] = .integer(from.microseconds) }
    if let until { object["until"] = .integer(until.microseconds) }
    return object
  }

  fileprivate init(_ facts: HistoricFacts) throws {
    self.init(
      id: try facts.id("id"), role: try facts.id("role"), scope: try facts.resource("scope"),
      from: try facts.optionalTime("from"),
      until: try facts.optionalTime("until"))
  }
}

extension ResourceName {
  fileprivate var coded: JSON { .array([.string(type), .string(id)]) }
}

/// Facts on their way back; what cannot be understood is damage, or a later version's.
struct HistoricFacts {
  let object: JSONObject

  private static let unreadable = StoreError.unreadable("the history of the policy")

  init(_ text: String) throws {
    guard let object = (try? JSON.parse(text.utf8))?.objectValue else { throw Self.unreadable }
    self.object = object
  }

  private init(_ value: JSON) throws {
    guard let object = value.objectValue else { throw Self.unreadable }
    self.object = object
  }

  func optionalText(_ name: String) throws -> String? {
    guard let value = object[name] else { return nil }
    guard let text = value.stringValue else { throw Self.unreadable }
    return text
  }

  func text(_ name: String) throws -> String {
    guard let text = try optionalText(name) else { throw Self.unreadable }
    return text
  }

  func id<Tag>(_ name: String) throws -> Identifier<Tag> { Identifier(trusted: try text(name)) }

  func value<Value: RawRepresentable<String>>(_ name: String) throws -> Value {
    guard let value = Value(rawValue: try text(name)) else { throw Self.unreadable }
    return value
  }

  func optionalTime(_ name: String) throws -> Timestamp? {
    guard let value = object[name] else { return nil }
    guard let moment = value.intValue else { throw Self.unreadable }
    return Timestamp(microseconds: moment)
  }

  func time(_ name: String) throws -> Timestamp {
    guard let moment = try optionalTime(name) else { throw Self.unreadable }
    return moment
  }

  func resource(_ name: String) throws -> ResourceName? {
    guard let value = object[name] else { return nil }
    guard let pair = value.arrayValue, pair.count == 2, let type = pair[0].stringValue, let id = pair[1].stringValue else {
      throw Self.unreadable
    }
    return ResourceName(type: type, id: id)
  }

  func list(_ name: String) throws -> [HistoricFacts] {
    guard let value = object[name] else { return [] }
    guard let elements = value.arrayValue else { throw Self.unreadable }
    return try elements.map { try HistoricFacts($0) }
  }

  var assignments: [PolicyFacts.AssignmentFacts] {
    get throws { try list("assignments").map { try PolicyFacts.AssignmentFacts($0) } }
  }

  var groups: Set<GroupID> {
    get throws {
      guard let value = object["groups"] else { return [] }
      return try Set(
        (value.arrayValue ?? []).map { element in
          guard let text = element.stringValue else { throw Self.unreadable }
          return GroupID(trusted: text)
        })
    }
  }
}
