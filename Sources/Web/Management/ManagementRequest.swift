internal import HTTPTypes
internal import Identity
internal import OAuth
internal import Primitives
internal import Wire

/// Reads what stands around the body of a request to the management API.
enum ManagementRequest {
  /// The query as the operation's parameters. A name that is not one of them, or stands twice, is an error and not a wish to be ignored.
  static func query(_ given: FormFields, _ operation: Operation) throws(ManagementRefusal) -> [String: String] {
    var values: [String: String] = [:]
    for (name, value) in given.pairs {
      guard let parameter = operation.parameters.first(where: { $0.name.isExactly(name) }) else {
        throw .query(String(name.prefix(100)), "unknown")
      }
      guard values[name] == nil else { throw .query(name, "repeated") }
      try check(value, parameter)
      values[name] = value
    }
    return values
  }

  private static func check(_ value: String, _ parameter: Operation.Parameter) throws(ManagementRefusal) {
    let json: JSON
    if case .integer = parameter.schema {
      guard let number = Int64(value), String(number).isExactly(value) else {
        throw .query(parameter.name, "wrong_type", "Expected a whole number.")
      }
      json = .integer(number)
    } else {
      json = .string(value)
    }
    if let flaw = SchemaCheck.flaws(of: json, parameter.schema).first { throw .query(parameter.name, flaw.code, flaw.detail) }
  }

  /// The version that `If-Match` names (RFC 9110 §13.1.1): one strong tag of ours, or `*` for whatever there is.
  ///
  /// A tag that is not ours matches nothing. Several tags at once are not taken.
  static func seenVersion(_ headers: HTTPFields, _ operation: Operation) throws(ManagementRefusal) -> Int64? {
    guard operation.isVersioned else { return nil }
    let values = headers[values: .ifMatch]
    guard values.count <= 1 else { throw ManagementRefusal(.malformed, "The header If-Match stands there twice.") }
    guard let text = values.first, !text.isExactly("*") else { return nil }
    guard !text.contains(",") else { throw ManagementRefusal(.malformed, "If-Match takes one entity tag.") }
    guard text.hasPrefix("\"v"), text.hasSuffix("\""), text.utf8.count <= 22, let version = Int64(text.dropFirst(2).dropLast()),
      entityTag(version).isExactly(text)
    else { throw .versionMismatch }
    return version
  }

  static func entityTag(_ version: Int64) -> String { "\"v\(version)\"" }
}

extension VerifiedToken {
  /// A person's token speaks in the one organization it names, and in none when it names none; an application speaks for itself.
  var standing: Actor.Standing {
    guard account != nil else { return .everywhere }
    return organization.map { .only($0) } ?? .nowhere
  }
}
