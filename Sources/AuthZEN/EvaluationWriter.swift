package import AccessControl
internal import Primitives

/// Writes the answer to an evaluation (Authorization API 1.0 §6.2): byte for byte what `Wire.EvaluationResponse` reads.
///
/// Written by hand because it is written on every request of every service.
package enum EvaluationWriter {
  /// The JSON of a decision. Whether a subject or an organization exists is not told: see `Reason.codeForApplications`.
  package static func write(_ decision: Decision) -> [UInt8] {
    var writer = JSONWriter(capacity: 192)
    writer.beginObject()
    writer.member("decision", decision.allowed)
    writer.name("context")
    writer.beginObject()
    if let organization = decision.organization { writer.member("organization", organization.text) }
    if let reason = decision.reasons.first {
      writer.member("reason", reason.codeForApplications)
      if !reason.roles.isEmpty { writer.member("roles", reason.roles.map(\.text)) }
    }
    writer.endObject()
    writer.endObject()
    return writer.bytes
  }
}
