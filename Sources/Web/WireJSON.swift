internal import Foundation
internal import Primitives

/// Messages of `Wire` as JSON. Endpoints that are asked on every request of every service write theirs by hand instead.
package enum WireJSON {
  package static func encode(_ message: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    return Array(try encoder.encode(message))
  }

  /// Reads a body strictly: one document, no member twice at any depth (THREATS HTP4), the types as the message has them.
  ///
  /// - Throws: `Failure.badRequest`.
  package static func decode<Message: Decodable>(_ type: Message.Type, from body: [UInt8]) throws(Failure) -> Message {
    guard (try? JSON.parse(body)) != nil, let message = try? JSONDecoder().decode(type, from: Data(body)) else {
      throw .badRequest
    }
    return message
  }
}
