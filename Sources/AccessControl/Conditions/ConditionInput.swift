package import Primitives

/// The circumstances a condition is asked about: the variables `subject`, `resource`, `action`, `context` and `time`.
///
/// It only holds what the request and the store have; nothing is converted before a condition looks at it.
package struct ConditionInput: Sendable {
  /// Properties that a request brings, in front of those that are stored: a name that both have counts in the request.
  package struct Properties: Sendable {
    let presented: JSONObject
    let stored: JSONObject

    package init(presented: JSONObject = [:], stored: JSONObject = [:]) {
      self.presented = presented
      self.stored = stored
    }

    func value(of name: String) -> CELValue? {
      (presented.exactly(name) ?? stored.exactly(name)).map { CELValue($0) }
    }
  }

  /// `subject` or `resource`.
  package struct Entity: Sendable {
    let type: String
    /// Nil where the question is about things of the type in general; then the field is missing.
    let id: String?
    let properties: Properties

    package init(type: String, id: String?, properties: Properties = Properties()) {
      self.type = type
      self.id = id
      self.properties = properties
    }
  }

  /// `action`
  package struct Action: Sendable {
    let name: String
    let properties: Properties

    package init(name: String, properties: Properties = Properties()) {
      self.name = name
      self.properties = properties
    }
  }

  let subject: Entity
  let resource: Entity
  let action: Action
  let context: JSONObject
  /// The moment for which the decision is made.
  let time: Timestamp

  package init(subject: Entity, resource: Entity, action: Action, context: JSONObject = [:], time: Timestamp) {
    self.subject = subject
    self.resource = resource
    self.action = action
    self.context = context
    self.time = time
  }
}

extension ConditionInput: ConditionVariables {
  /// In the order of their numbers.
  static let variables: [Program.Variable] = {
    let properties = CELType.map(.string, .dyn)
    let entity = CELRecord(fields: ["type": .string, "id": .string, "properties": properties])
    let action = CELRecord(fields: ["name": .string, "properties": properties])
    return [
      Program.Variable(name: "subject", type: .record(entity)), Program.Variable(name: "resource", type: .record(entity)),
      Program.Variable(name: "action", type: .record(action)), Program.Variable(name: "context", type: properties),
      Program.Variable(name: "time", type: .timestamp),
    ]
  }()

  func value(of variable: Int) -> CELValue? {
    switch variable {
    case 0: record(["type", "id", "properties"], of: variable)
    case 1: record(["type", "id", "properties"], of: variable)
    case 2: record(["name", "properties"], of: variable)
    case 3: .map(.json(context))
    case 4: CELInstant(time).map { .timestamp($0) }
    default: nil
    }
  }

  /// A variable as a map, which only a condition needs that asks for no field of it.
  private func record(_ names: [String], of variable: Int) -> CELValue? {
    let entries = names.flatMap { name in field(name, of: variable).map { [.string(name), $0] } ?? [] }
    return (try? CELEntries(entries)).map { .map(.entries($0)) }
  }

  func field(_ name: String, of variable: Int) -> CELValue? {
    switch (variable, name) {
    case (0, "type"): .string(subject.type)
    case (0, "id"): subject.id.map { .string($0) }
    case (0, "properties"): subject.properties.value
    case (1, "type"): .string(resource.type)
    case (1, "id"): resource.id.map { .string($0) }
    case (1, "properties"): resource.properties.value
    case (2, "name"): .string(action.name)
    case (2, "properties"): action.properties.value
    default: nil
    }
  }

  func property(_ name: String, of variable: Int) -> CELValue? {
    switch variable {
    case 0: subject.properties.value(of: name)
    case 1: resource.properties.value(of: name)
    case 2: action.properties.value(of: name)
    default: nil
    }
  }

  func propertyCount(of variable: Int) -> Int {
    switch variable {
    case 0: subject.properties.count
    case 1: resource.properties.count
    default: action.properties.count
    }
  }
}

extension ConditionInput.Properties {
  fileprivate var count: Int { presented.members.count + stored.members.count }

  fileprivate var value: CELValue { .map(.layers(presented, stored)) }
}

extension CELInstant {
  fileprivate init?(_ moment: Timestamp) {
    self.init(seconds: moment.seconds, nanoseconds: (moment.microseconds - moment.seconds * 1_000_000) * 1_000)
  }
}
