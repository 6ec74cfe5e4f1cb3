package import Localization
package import Primitives

/// A private person asks for a personal account. Nothing exists until the mailbox is proved; then the account is made by `ConfirmAddress`.
///
/// The answer, and the work done for it, are the same whether or not the address has a personal account already: then the letter says so and
/// leads to signing in. A work account with the same address has no part in it (THREATS LNK6).
package struct SignUp: Sendable {
  package struct Request: Sendable {
    package var email: EmailAddress
    package var name: PersonName
    package var language: Language
    package var country: CountryCode?
    /// Where the person was when they began, where that was somewhere to go on from.
    package var wayBack: WayBack?

    package init(email: EmailAddress, name: PersonName, language: Language, country: CountryCode?, wayBack: WayBack? = nil) {
      self.email = email
      self.name = name
      self.language = language
      self.country = country
      self.wayBack = wayBack
    }
  }

  package enum Refusal: Error, Sendable {
    case passwordRefused(PasswordPolicy.Reason)
  }

  package init() {}

  /// - Throws: `Refusal`; `TooManyLetters`; `HashingPool.Full`.
  package func callAsFunction(_ request: Request, password: Password, _ occasion: Occasion, env: Environment) async throws {
    let context = PasswordPolicy.Context(
      email: request.email, name: request.name, organization: nil, portal: env.settings.portalName)
    try await env.store.read { tx in try tx.checkMayAsk(for: .signUp, occasion, env: env) }
    let hash: PasswordHash
    do {
      hash = try await env.passwords.hash(new: password, context, by: env.passwordPolicy)
    } catch let reason as PasswordPolicy.Reason {
      throw Refusal.passwordRefused(reason)
    }
    try await env.store.write { tx in
      try tx.countAsking(for: .signUp, occasion, env: env)
      let owner = try tx.account(.personal, email: request.email)
      guard try tx.allowLetter(.signUp, to: request.email, occasion, env: env) else {
        try tx.countFailure("sign-up.asked-too-often", occasion)
        return
      }
      if let owner, try !tx.mayChoosePasswordAnew(owner) {
        try tx.send(
          .alreadySignedUp(signInURL: "\(env.settings.publicAddress)/sign-in"), to: owner.email, name: owner.name,
          in: owner.language,
          occasion, sealedBy: env.keys)
        return
      }
      let secret = occasion.newSecret()
      let expiresAt = occasion.now + env.settings.lifetimes.addressConfirmation
      try tx.insert(
        PendingSignUp(
          link: secret.digest, email: request.email, name: request.name, language: request.language, country: request.country,
          password: hash, createdAt: occasion.now, expiresAt: expiresAt, wayBack: request.wayBack))
      try tx.send(
        .confirmAddress(link: ConfirmAddress.url(of: secret, env.settings), expiresAt: expiresAt), to: request.email,
        name: request.name,
        in: request.language, occasion, sealedBy: env.keys)
    }
  }
}
