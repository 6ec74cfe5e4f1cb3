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
  /// Whether the answer is that of one question by itself, or of a batch, in the order of its questions (§7.2).
  private let isSingle: Bool
  /// What is wrong with the one question.
  private var flaw: String?

  init(for evaluations: PresentedEvaluations, saying tables: SentenceTables) {
    detail = evaluations.options.detail
    self.tables = tables
    // §7.1: without items it is answered like the one question that it is.
    isSingle = evaluations.items.isEmpty
    writer = JSONWriter(capacity: isSingle ? 192 : 32 + 128 * evaluations.items.count)
    guard !isSingle else { return }
    writer.beginObject()
    writer.name("evaluations")
    writer.beginArray()
  }

  /// - Throws: `malformed` when what is wrong with the only question is wrong with the request.
  mutating func finish() throws(EvaluationRefusal) -> [UInt8] {
    if let flaw { throw .malformed(flaw) }
    guard !isSingle else { return writer.bytes }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }

  /// - Returns: whether the outcome is allowed.
  mutating func write(_ outcome: Outcome) -> Bool {
    let isAllowed = outcome.isAllowed
    writer.beginObject()
    writer.member("decision", isAllowed)
    writer.name("context")
    writer.beginObject()
    switch outcome {
    case .decided(let decision): write(decision, nil)
    case .explained(let decision, let explanation): write(decision, explanation)
    case .flawed(let sentence):
      if isSingle { flaw = sentence }
      write(flaw: sentence)
    }
    writer.endObject()
    writer.endObject()
    return isAllowed
  }

  /// Whether a subject or an organization exists is not told: see `Reason.codeForApplications`.
  private mutating func write(_ decision: Decision, _ explanation: Explanation?) {
    if let organization = decision.organization { writer.member("organization", organization.text) }
    let reason = decision.reason
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
