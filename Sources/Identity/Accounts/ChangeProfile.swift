package import Localization
internal import Primitives

/// Changes what a person may change about themselves: name, language, country or region. Nothing else can come in this way: not roles, not
/// the address, not the organization (THREATS ROL5).
package struct ChangeProfile: Sendable {
  package struct Change: Sendable {
    package var name: PersonName?
    package var language: Language?
    package var country: CountryCode?

    package init(name: PersonName? = nil, language: Language? = nil, country: CountryCode? = nil) {
      self.name = name
      self.language = language
      self.country = country
    }
  }

  package enum Refusal: Error, Sendable {
    case changedMeanwhile
  }

  package init() {}

  /// - Parameter account: the signed-in person themselves.
  package func callAsFunction(_ change: Change, of account: Account, _ occasion: Occasion, env: Environment) async throws
    -> Account
  {
    try await env.store.write { tx in
      guard let found = try tx.account(account.id) else { throw Refusal.changedMeanwhile }
      var changed = found
      if let name = change.name { changed.name = name }
      if let language = change.language { changed.language = language }
      if let country = change.country { changed.country = country }
      guard changed != found else { return found }
      guard try tx.update(changed) else { throw Refusal.changedMeanwhile }
      changed.version += 1
      try tx.record(
        .accountChanged, on: account.id.auditName, in: found.home, before: ["language": .string(found.language.tag)],
        after: ["language": .string(changed.language.tag), "renamed": .bool(changed.name != found.name)], occasion)
      return changed
    }
  }
}
