internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

/// Two parameters of a query that name somebody who can hold roles: both, or neither.
struct PrincipalQuery {
  private let type: Operation.Parameter
  private let id: Operation.Parameter

  /// Of a group.
  static let member = PrincipalQuery("member", "user, application, or the type of a registered subject")
  /// Of roles.
  static let holder = PrincipalQuery("holder", "user, application, group, or the type of a registered subject")

  private init(_ name: String, _ types: String) {
    type = Operation.Parameter(
      name: "\(name)_type", schema: .text(1...64), about: "Only of this one, with \(name)_id: \(types).")
    id = Operation.Parameter(
      name: "\(name)_id", schema: .text(1...RegisteredResource.maximumID), about: "Their id, with \(name)_type.")
  }

  var parameters: [Operation.Parameter] { [type, id] }

  func read(_ call: Call) throws(ManagementRefusal) -> PrincipalName? {
    try call.pair(type.name, id.name).map { PrincipalName(type: $0, id: $1) }
  }
}

extension Call {
  /// Two parameters of the query that say something only together.
  func pair(_ first: String, _ second: String) throws(ManagementRefusal) -> (String, String)? {
    switch (query[first], query[second]) {
    case (let one?, let other?): return (one, other)
    case (nil, nil): return nil
    case (nil, _): throw .query(first, "required", "\(first) and \(second) say something only together.")
    case (_, nil): throw .query(second, "required", "\(first) and \(second) say something only together.")
    }
  }

  /// What the path names by type and id.
  var type: String { parameters["type"] ?? "" }
  var name: String { parameters["id"] ?? "" }

  /// Somebody who can hold roles, whom the path names by type and id.
  var principal: PrincipalName { PrincipalName(type: type, id: name) }
}
