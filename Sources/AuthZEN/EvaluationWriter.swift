internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives
internal import Wire

/// Writes decisions (Authorization API 1.0 §6.2, §7.2): byte for byte what `Wire.EvaluationResponse` and `Wire.EvaluationsResponse` read.
///
/// Written by hand because it is written on every request of every service.
struct EvaluationWriter {
  private var writer: JSONWriter
  private let detail: EvaluationOptions.Detail
  private let tables: SentenceTables

  private init(_ detail: EvaluationOptions.Detail, saying tables: SentenceTables, capacity: Int) {
    self.detail = detail
    self.tables = tables
    writer = JSONWriter(capacity: capacity)
  }

  /// One answer by itself.
  static func write(_ outcome: Outcome, _ detail: EvaluationOptions.Detail, saying tables: SentenceTables) -> [UInt8] {
    var writer = EvaluationWriter(detail, saying: tables, capacity: 192)
    writer.write(outcome)
    return writer.writer.bytes
  }

  /// The answers of a batch, in the order of its questions (§7.2).
  static func write(_ outcomes: [Outcome], _ detail: EvaluationOptions.Detail, saying tables: SentenceTables) -> [UInt8] {
    var writer = EvaluationWriter(detail, saying: tables, capacity: 32 + 128 * outcomes.count)
    writer.writer.beginObject()
    writer.writer.name("evaluations")
    writer.writer.beginArray()
    for outcome in outcomes { writer.write(outcome) }
    writer.writer.endArray()
    writer.writer.endObject()
    return writer.writer.bytes
  }

  private mutating func write(_ outcome: Outcome) {
    writer.beginObject()
    writer.member("decision", outcome.isAllowed)
    writer.name("context")
    writer.beginObject()
    switch outcome {
    case .decided(let decision, let explanation): write(decision, explanation)
    case .flawed(let sentence): write(flaw: sentence)
    }
    writer.endObject()
    writer.endObject()
  }

  /// Whether a subject or an organization exists is not told: see `Reason.codeForApplications`.
  private mutating func write(_ decision: Decision, _ explanation: Explanation?) {
    if let organization = decision.organization { writer.member("organization", organization.text) }
    guard let reason = decision.reasons.first else { return }
    writer.member("reason", reason.codeForApplications)
    guard detail != .code else { return }
    if !reason.roles.isEmpty { writer.member("roles", reason.roles.map(\.text)) }
    // The caller shows it in whatever language the person reads: each by its tag.
    writer.name("reason_user")
    writer.beginObject()
    for language in Language.all { writer.member(language.tag, reason.sentence(Sentences(language, from: tables))) }
    writer.endObject()
    if detail == .explained, let explanation, let told = try? AccessExplanation(explanation).encoded() {
      writer.name("reason_admin")
      writer.raw(told)
    }
  }

  /// The shape is that of the standard's example (§7.2.1).
  private mutating func write(flaw sentence: String) {
    writer.member("reason", "invalid_request")
    writer.name("error")
    writer.beginObject()
    writer.name("status")
    writer.integer(400)
    writer.member("message", sentence)
    writer.endObject()
  }
}
