internal import Identity
internal import Primitives
internal import Wire

/// A message whose shape is known: it can be checked before it is read, and shown in the OpenAPI document.
protocol Described: Codable, Sendable {
  static var message: Message { get }
  /// What `ETag` says of it, for things whose changes are counted.
  var countedVersion: Int64? { get }
}

extension Described {
  var countedVersion: Int64? { nil }

  /// Reads a body strictly: exactly the known members, each once, of their types and within their bounds (THREATS HTP4).
  ///
  /// - Throws: `ManagementRefusal` with every flaw.
  static func read(_ body: [UInt8]) throws -> Self {
    let json: JSON
    do { json = try JSON.parse(body, maximumDepth: ManagementAPI.maximumDepth) } catch {
      throw ManagementRefusal.unreadable(error)
    }
    let flaws = SchemaCheck.flaws(of: json, .message(message))
    guard flaws.isEmpty else { throw ManagementRefusal(.malformed, "The body is not of the shape this operation takes.", flaws) }
    return try WireJSON.decode(Self.self, from: body, parsedAs: json)
  }
}

extension Management.Page: Described where Item: Described {
  static var message: Message {
    Message(
      "\(Item.message.name)Page", "One page of a list.",
      [
        // All permissions come on one page, and so do all roles that can be held in one place.
        .required("items", .list(.message(Item.message), 0...2_000)),
        .optional(
          "next", .text(1...PageRequest.maximumCursor),
          "Where the next page begins, to be sent as `after`; absent on the last page."),
      ])
  }
}
