internal import AccessControl
internal import Identity
internal import Primitives

/// What stands at one member of a request, before anybody asks whether it is right: in a batch a wrong item is answered in its place, and a wrong
/// default hurts only who inherits it.
enum Presented<Value: Sendable>: Sendable {
  case missing
  /// Another type than the standard has there; `null` is one.
  case otherType
  /// More than the limit of that member.
  case tooLarge
  case value(Value)

  var isMissing: Bool { if case .missing = self { true } else { false } }
}

/// Properties or a context: where they stand, and what every decision has to know of them. The rest is read only where a condition asks for it.
struct PresentedObject {
  /// Where it begins and ends in the body.
  var place: Range<Int>
  var organization: Presented<JSONScanner.Text> = .missing
  var namesActiveRoles = false
  var namesMoment = false
}

/// A subject, an action or a resource as it came. What the standard does not give to the kind it turns out to be is not looked at.
struct PresentedEntity {
  var type: Presented<JSONScanner.Text> = .missing
  var id: Presented<JSONScanner.Text> = .missing
  var name: Presented<JSONScanner.Text> = .missing
  var properties: Presented<PresentedObject> = .missing
}

/// One question as it came, whole or the part that an item of a batch has of it.
struct PresentedQuestion {
  var subject: Presented<PresentedEntity> = .missing
  var action: Presented<PresentedEntity> = .missing
  var resource: Presented<PresentedEntity> = .missing
  var context: Presented<PresentedObject> = .missing

  /// Whether its context names a moment.
  var asksAboutThePast: Bool {
    if case .value(let context) = context { context.namesMoment } else { false }
  }
}

/// A whole body: one question, a batch with its defaults, or a search.
struct PresentedBody {
  /// The members of the question itself, which are the defaults of a batch.
  var question = PresentedQuestion()
  var evaluations: Presented<[PresentedQuestion]> = .missing
  var options: Presented<JSONObject> = .missing
  /// Which part of what a search finds is asked for.
  var page: Presented<JSONObject> = .missing

  /// Whether the question itself is only what others inherit.
  var asksMany: Bool { if case .value(let items) = evaluations { !items.isEmpty } else { false } }
}
