internal import AccessControl
internal import Identity
internal import Primitives

/// Makes of what was presented what `SearchAccess` is asked (Authorization API 1.0 §8.4.1, §8.5.1, §8.6.1).
///
/// As strict as `QuestionReader` about what the search depends on, and blind to what it does not: the id of what is looked for and the action of a
/// search for actions may be there, of any type.
enum SearchReader {
  static func search(_ kind: SearchKind, _ body: BodyReader) throws(QuestionReader.Flaw) -> AccessSearch {
    let presented = body.body.question
    let question: AccessSearch.Question =
      switch kind {
      case .subject:
        .subjects(
          try candidates(presented.subject, "subject", body), action: body.action(try QuestionReader.action(presented.action)),
          resource: body.resource(try QuestionReader.resource(presented.resource)))
      case .resource:
        .resources(
          try candidates(presented.resource, "resource", body),
          subject: body.subject(try QuestionReader.subject(presented.subject)),
          action: body.action(try QuestionReader.action(presented.action)))
      case .action:
        .actions(
          subject: body.subject(try QuestionReader.subject(presented.subject)),
          resource: body.resource(try QuestionReader.resource(presented.resource)))
      }
    let context = try QuestionReader.context(presented.context)
    // An answer for now would be taken for one about then.
    guard context?.namesMoment != true else {
      throw QuestionReader.Flaw("context.at is for evaluations: a search is for now.")
    }
    return AccessSearch(question, context: body.object(context))
  }

  /// What is looked for: its type, and what the question says of everything of that type.
  private static func candidates(_ presented: Presented<PresentedEntity>, _ name: String, _ body: BodyReader)
    throws(QuestionReader.Flaw) -> AccessSearch.Candidates
  {
    let entity = try QuestionReader.required(presented, name, "an object")
    let properties = try QuestionReader.optional(entity.properties, "\(name).properties")
    if name == "resource" { try QuestionReader.requireOrganization(of: properties, "resource.properties.organization") }
    return AccessSearch.Candidates(
      type: body.string(try QuestionReader.required(entity.type, "\(name).type", "a string")), properties: body.object(properties)
    )
  }
}
