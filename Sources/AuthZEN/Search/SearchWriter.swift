internal import AccessControl
internal import Identity
internal import Primitives

/// Writes what a search found (Authorization API 1.0 §8.3): byte for byte what `Wire.SearchResponse` reads, the page first as the standard asks.
enum SearchWriter {
  /// - Parameters:
  ///   - type: of what was looked for; nil for actions.
  ///   - nextToken: empty when nothing follows.
  static func write(_ found: SearchAccess.Found, ofType type: String?, nextToken: String) -> [UInt8] {
    var writer = JSONWriter(capacity: 160 + 64 * found.names.count)
    writer.beginObject()
    writer.name("page")
    writer.beginObject()
    writer.member("next_token", nextToken)
    writer.member("count", Int64(found.names.count))
    writer.endObject()
    writer.name("context")
    writer.beginObject()
    if let organization = found.organization { writer.member("organization", organization.text) }
    if let reason = found.refusal { writer.member("reason", reason.codeForApplications) }
    writer.endObject()
    writer.name("results")
    writer.beginArray()
    for name in found.names {
      writer.beginObject()
      if let type {
        writer.member("type", type)
        writer.member("id", name)
      } else {
        writer.member("name", name)
      }
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }
}
