package import Primitives

/// The question a decision answers: may this subject do this action to this resource, in this context?
///
/// The four parts are separate namespaces: a property of the resource is never looked for in the context, nor the other way round.
package struct AccessRequest: Sendable {
  /// Who wants to act, by the name the asking application knows.
  package struct Subject: Sendable {
    package let type: String
    package let id: String
    package let properties: JSONObject

    package init(type: String, id: String, properties: JSONObject = [:]) {
      self.type = type
      self.id = id
      self.properties = properties
    }
  }

  /// What the subject wants to do.
  package struct Action: Sendable {
    package let name: String
    package let properties: JSONObject

    package init(name: String, properties: JSONObject = [:]) {
      self.name = name
      self.properties = properties
    }
  }

  /// What it is to be done to. Without an id the question is about things of this type in general.
  package struct Resource: Sendable {
    package let type: String
    package let id: String?
    package let properties: JSONObject

    package init(type: String, id: String? = nil, properties: JSONObject = [:]) {
      self.type = type
      self.id = id
      self.properties = properties
    }
  }

  package let subject: Subject
  package let action: Action
  package let resource: Resource
  package let context: JSONObject

  package init(subject: Subject, action: Action, resource: Resource, context: JSONObject = [:]) {
    self.subject = subject
    self.action = action
    self.resource = resource
    self.context = context
  }

  /// The permission the question is about: the type of the resource and the name of the action. Nil when these cannot name one.
  package var permission: Permission? { Permission(presentedType: resource.type, action: action.name) }
}
