internal import Foundation

/// Messages as bytes. These endpoints are not hot, so the standard coder serves; the hot ones write their JSON by hand.
enum MessageCoding {
  /// Members in alphabetical order: the same thing has the same bytes.
  static func encode(_ message: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(message))
  }

  /// Reads what was checked against its shape before; a failure here is a fault of ours.
  static func decode<Message: Decodable>(_ type: Message.Type, from bytes: [UInt8]) throws -> Message {
    try JSONDecoder().decode(type, from: Data(bytes))
  }
}
