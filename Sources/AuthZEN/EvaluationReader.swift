package import AccessControl
internal import Primitives

/// Reads an evaluation request (Authorization API 1.0 §6.1), strictly where a decision depends on it.
///
/// Required members have to be there and be texts (THREATS AZN1). A member that comes twice is refused by the JSON reader at any depth
/// (HTP4). Members nobody knows are ignored, as the standard asks of receivers, so that it can grow. `null` is no value of any member here.
package enum EvaluationReader {
  /// Reads the body of a request.
  package static func read(_ body: some Collection<UInt8>) throws(EvaluationRefusal) -> AccessRequest {
    let document: JSON
    do { document = try JSON.parse(body) } catch { throw .malformed(describe(error)) }
    guard case .object(let request) = document else { throw .malformed("The body is not a JSON object.") }

    let subject = try entity("subject", of: request)
    let action = try entity("action", of: request)
    let resource = try entity("resource", of: request)
    let context = try optionalObject("context", of: request, called: "context")

    let resourceProperties = try optionalObject("properties", of: resource, called: "resource.properties")
    // The organization decides where a decision is made. One of the wrong type must not be taken for none (AZN1).
    try requireTextIfPresent("organization", of: resourceProperties, called: "resource.properties.organization")
    try requireTextIfPresent("organization", of: context, called: "context.organization")

    return AccessRequest(
      subject: .init(
        type: try text("type", of: subject, called: "subject.type"), id: try text("id", of: subject, called: "subject.id"),
        properties: try optionalObject("properties", of: subject, called: "subject.properties")),
      action: .init(
        name: try text("name", of: action, called: "action.name"),
        properties: try optionalObject("properties", of: action, called: "action.properties")),
      resource: .init(
        type: try text("type", of: resource, called: "resource.type"), id: try text("id", of: resource, called: "resource.id"),
        properties: resourceProperties),
      context: context)
  }

  private static func entity(_ name: String, of request: JSONObject) throws(EvaluationRefusal) -> JSONObject {
    guard let value = request[name] else { throw .malformed("\(name) is missing.") }
    guard case .object(let entity) = value else { throw .malformed("\(name) is not an object.") }
    return entity
  }

  private static func text(_ name: String, of entity: JSONObject, called path: String) throws(EvaluationRefusal) -> String {
    guard let value = entity[name] else { throw .malformed("\(path) is missing.") }
    guard case .string(let text) = value else { throw .malformed("\(path) is not a string.") }
    return text
  }

  private static func optionalObject(_ name: String, of entity: JSONObject, called path: String) throws(EvaluationRefusal)
    -> JSONObject
  {
    guard let value = entity[name] else { return [:] }
    guard case .object(let object) = value else { throw .malformed("\(path) is not an object.") }
    return object
  }

  private static func requireTextIfPresent(_ name: String, of object: JSONObject, called path: String) throws(EvaluationRefusal) {
    guard let value = object[name] else { return }
    guard case .string = value else { throw .malformed("\(path) is not a string.") }
  }

  private static func describe(_ error: JSONError) -> String {
    switch error {
    case .syntax, .invalidText, .numberOutOfRange, .tooManyMembers: "The body is not JSON."
    case .tooDeep: "The body is nested too deeply."
    case .duplicateMember: "A member of the body comes twice."
    }
  }
}
