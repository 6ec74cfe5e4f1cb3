internal import Primitives

/// Adds parameters to a registered address, whose own query is kept (RFC 6749 §3.1.2).
enum AnswerAddress {
  static func adding(_ fields: [(name: String, value: String)], to address: String) -> String {
    let separator = address.contains("?") ? (address.hasSuffix("?") || address.hasSuffix("&") ? "" : "&") : "?"
    return address + separator + FormFields(fields).encoded
  }
}
