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
    guard let document = try? JSON.parse(body) else { throw .badRequest }
    return try decode(type, from: body, parsedAs: document)
  }

  /// The same for a body that was parsed already.
  static func decode<Message: Decodable>(
    _ type: Message.Type, from body: [UInt8], parsedAs document: JSON
  ) throws(Failure) -> Message {
    let decoder = JSONDecoder()
    ParsedDocument.carry(document, in: &decoder.userInfo)
    guard let message = try? decoder.decode(type, from: Data(body)) else { throw .badRequest }
    return message
  }
}
