internal import AccessControl
internal import Identity
internal import Primitives

/// What makes a search the same search from page to page: who asks, for what, with which properties and context (Authorization API 1.0 §8.2).
enum SearchFingerprint {
  /// Of the order in which names are searched (`PolicyIndex.place(of:)`): where a page of another order ended says nothing in this one.
  private static let order: JSON = .integer(2)

  /// 32 bytes.
  static func of(_ search: AccessSearch, askedBy asker: ApplicationID) -> [UInt8] {
    var parts: JSONObject = ["order": order, "application": .string(asker.text), "context": .object(search.context)]
    switch search.question {
    case .subjects(let candidates, let action, let resource):
      parts["subjects"] = part(candidates)
      parts["action"] = part(action)
      parts["resource"] = part(resource)
    case .resources(let candidates, let subject, let action):
      parts["resources"] = part(candidates)
      parts["subject"] = part(subject)
      parts["action"] = part(action)
    case .actions(let subject, let resource):
      parts["subject"] = part(subject)
      parts["resource"] = part(resource)
    }
    return SHA256Digest.of(JSON.object(parts).inOneOrder.encoded())
  }

  private static func part(_ candidates: AccessSearch.Candidates) -> JSON {
    [.string(candidates.type), .object(candidates.properties)]
  }

  private static func part(_ subject: AccessRequest.Subject) -> JSON {
    [.string(subject.type), .string(subject.id), .object(subject.properties)]
  }

  private static func part(_ action: AccessRequest.Action) -> JSON { [.string(action.name), .object(action.properties)] }

  private static func part(_ resource: AccessRequest.Resource) -> JSON {
    [.string(resource.type), resource.id.map { .string($0) } ?? .null, .object(resource.properties)]
  }
}

extension JSON {
  /// The same with the members of every object in the order of their names: what is equal is written alike.
  var inOneOrder: JSON {
    switch self {
    case .array(let elements): .array(elements.map(\.inOneOrder))
    case .object(let object):
      .object(
        JSONObject(
          object.members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            .map { ($0.name, $0.value.inOneOrder) }))
    default: self
    }
  }
}
