package import AccessControl
package import Primitives

/// Why a question about the past cannot be answered.
package enum PastRefusal: Error, Sendable, Hashable {
  /// `context.at` is no time as in RFC 3339.
  case malformed
  /// It has not been yet.
  case future
  /// Nothing is known of it: the history begins at this moment.
  case before(Timestamp)
}

extension AccessRequest {
  /// The member of the context that names a moment.
  package static let momentName = "at"

  /// The same question without the moment, as it was asked then: a condition sees no more of it than it saw.
  var withoutMoment: AccessRequest {
    guard context[Self.momentName] != nil else { return self }
    var context = context
    context[Self.momentName] = nil
    return AccessRequest(subject: subject, action: action, resource: resource, context: context)
  }

  /// The moment for which the question is asked, where it names one: nobody says what will be.
  ///
  /// - Throws: `PastRefusal`.
  func moment(asked now: Timestamp) throws(PastRefusal) -> Timestamp? {
    guard let value = context[Self.momentName] else { return nil }
    guard let moment = value.stringValue.flatMap({ Timestamp(rfc3339: $0) }) else { throw .malformed }
    guard moment <= now else { throw .future }
    return moment
  }
}

extension PolicyExcerpt {
  /// What a question depended on at a moment of the past, put into an index like what it depends on now, so that the same engine decides.
  ///
  /// - Parameter seed: of the hash of names.
  /// - Throws: `PastRefusal.before`, and what the store throws.
  init(
    ofPast moment: Timestamp, for request: AccessRequest, askedFrom asker: OrganizationRule.Asker, _ tx: any Transaction,
    seededBy seed: any RandomSource
  ) throws {
    let past = try tx.pastFacts(
      of: PastSubject(request.subject), in: request.organization(askedFrom: asker),
      about: request.resource.id.map { ResourceName(type: request.resource.type, id: $0) }, at: moment)
    switch past {
    case .beginAt(let beginning): throw PastRefusal.before(beginning)
    case .known(let facts):
      var memory = PolicyMemory(seededBy: seed)
      memory.apply(facts)
      self.init(facts: facts, state: memory.makeState(noting: RecentUses()))
    }
  }
}

extension PastSubject {
  fileprivate init(_ subject: AccessRequest.Subject) {
    self =
      switch subject.type {
      // What can be no id was nobody's.
      case PolicyState.accountType: .account(AccountID(subject.id) ?? AccountID(trusted: ""))
      case PolicyState.applicationType: .application(ApplicationID(subject.id) ?? ApplicationID(trusted: ""))
      default: .registered(type: subject.type, name: subject.id)
      }
  }
}

extension AccessRequest {
  /// The organization that is named, or that whoever asks need not name. Of two that are named `DecideAccess` says what is wrong.
  fileprivate func organization(askedFrom asker: OrganizationRule.Asker) -> OrganizationID? {
    let named = (resource.properties["organization"] ?? context["organization"])?.stringValue
    if let named { return OrganizationID(named) }
    return if case .owned(let owner) = asker { owner } else { nil }
  }
}
