package import AccessControl
package import Localization
package import Primitives

/// Registers a signed agreement: the organization, its purchasing accounts, and the person it names, to whom a letter goes out.
///
/// Somebody without a work account gets an invitation with a link. Somebody who has one gets a letter without a link: they sign in and
/// have the agreement too, with the one account they have.
package struct RegisterAgreement: Sendable {
  package enum Party: Sendable {
    case existing(OrganizationID)
    /// A customer that is registered in the same breath.
    case new(name: String)
  }

  package struct Request: Sendable {
    package var number: String
    package var party: Party
    package var purchasingAccounts: [String]
    package var administrator: DesignatedAdministrator
    package var language: Language
    package var country: CountryCode?
    package var partner: OrganizationID?

    package init(
      number: String, party: Party, purchasingAccounts: [String], administrator: DesignatedAdministrator, language: Language,
      country: CountryCode? = nil, partner: OrganizationID? = nil
    ) {
      self.number = number
      self.party = party
      self.purchasingAccounts = purchasingAccounts
      self.administrator = administrator
      self.language = language
      self.country = country
      self.partner = partner
    }
  }

  package enum Refusal: Error, Sendable, Hashable {
    /// Not 1 to 40 of ASCII letters, digits, `-`, `/`, `.`.
    case numberRefused
    case numberTaken
    /// Fewer than one or more than `maximumPurchasingAccounts`.
    case purchasingAccountCount
    case purchasingAccountNumberRefused(String)
    case purchasingAccountNumberTaken(String)
    /// No such customer, or it is closed.
    case organizationUnknown
    case organizationNameRefused
    /// No such partner, or it is closed.
    case partnerUnknown
  }

  package static let maximumPurchasingAccounts = 50

  package struct Registered: Sendable {
    package let agreement: Agreement
    package let organization: Organization
    package let purchasingAccounts: [PurchasingAccount]
    package let told: AdministratorTold
  }

  package init() {}

  /// Needs `agreement:manage` in the portal.
  package func callAsFunction(_ request: Request, _ occasion: Occasion, env: Environment) async throws -> Registered {
    guard let number = ContractNumber.cleaned(request.number) else { throw Refusal.numberRefused }
    guard (1...Self.maximumPurchasingAccounts).contains(request.purchasingAccounts.count) else {
      throw Refusal.purchasingAccountCount
    }
    let accountNumbers = try request.purchasingAccounts.map { presented in
      guard let clean = ContractNumber.cleaned(presented) else { throw Refusal.purchasingAccountNumberRefused(presented) }
      return clean
    }
    return try await env.write(occasion) { tx in
      _ = try tx.permitInPortal(.agreementManage, occasion)
      let organization = try customer(request.party, tx, occasion)
      if let partner = request.partner {
        guard let found = try tx.organization(partner), found.kind == .partner, found.state == .active else {
          throw Refusal.partnerUnknown
        }
      }
      let agreement = Agreement(
        id: occasion.newID(), number: number, organization: organization.id, partner: request.partner,
        administrator: request.administrator, createdAt: occasion.now)
      do { try tx.insert(agreement) } catch StoreError.taken(.agreementNumber) { throw Refusal.numberTaken }
      try tx.record(
        .agreementRegistered, on: agreement.id.auditName, in: organization.id, before: nil,
        after: ["partner": request.partner.map { .string($0.text) } ?? .null], occasion)
      let accounts = try accountNumbers.map { number in
        let account = PurchasingAccount(
          id: occasion.newID(), number: number, agreement: agreement.id, organization: organization.id, createdAt: occasion.now)
        do { try tx.insert(account) } catch StoreError.taken(.purchasingAccountNumber) {
          throw Refusal.purchasingAccountNumberTaken(number)
        }
        try tx.record(.purchasingAccountRegistered, on: account.id.auditName, in: organization.id, occasion)
        return account
      }
      let told = try tx.tellAdministrator(
        of: agreement, organization, language: request.language, country: request.country, occasion, env: env)
      return Registered(agreement: agreement, organization: organization, purchasingAccounts: accounts, told: told)
    }
  }

  private func customer(_ party: Party, _ tx: any Transaction, _ occasion: Occasion) throws -> Organization {
    switch party {
    case .existing(let id):
      guard let found = try tx.organization(id), found.kind == .customer, found.state == .active else {
        throw Refusal.organizationUnknown
      }
      return found
    case .new(let name):
      do { return try tx.makeOrganization(.customer, name: name, occasion) } catch RegisterOrganization.Refusal.nameRefused {
        throw Refusal.organizationNameRefused
      }
    }
  }
}

/// What the person an agreement names was sent.
package enum AdministratorTold: Sendable, Hashable {
  /// A letter with a link that lives until then.
  case invited(InvitationID, expiresAt: Timestamp)
  /// They have an account: a letter that leads to signing in.
  case added(AccountID)
}

extension Transaction {
  /// Writes to the person an agreement names now: an invitation, or, for somebody with a work account, the role at once and word of it.
  func tellAdministrator(
    of agreement: Agreement, _ organization: Organization, language: Language, country: CountryCode?, _ occasion: Occasion,
    env: Environment
  ) throws -> AdministratorTold {
    let person = agreement.administrator
    guard let account = try account(.work, email: person.email) else {
      let invitation = Invitation(
        id: occasion.newID(), organization: organization.id, purpose: .agreement(agreement.id), email: person.email,
        name: person.name,
        language: language, country: country, roles: [.accountAdministrator], createdAt: occasion.now)
      try insert(invitation)
      try record(.invitationSent, on: invitation.id.auditName, in: organization.id, occasion)
      let link = try sendInvitationLink(for: invitation, organization, occasion, env: env)
      return .invited(invitation.id, expiresAt: link.expiresAt)
    }
    try join(account, organization, occasion)
    try give(.accountAdministrator, to: .account(account.id), in: organization, because: .agreement(agreement.id), occasion)
    try send(
      .agreementAdded(
        organization: organization.name, agreement: agreement.number, signInURL: "\(env.settings.publicAddress)/sign-in"),
      to: account.email, name: account.name, in: account.language, occasion, sealedBy: env.keys)
    _ = try sendPasswordLink(to: account, occasion, env: env)
    return .added(account.id)
  }

  /// Makes the account a member where it is not one yet.
  func join(_ account: Account, _ organization: Organization, _ occasion: Occasion) throws {
    guard try membership(account.id, in: organization.id) == nil else { return }
    try insert(Membership(account: account.id, organization: organization.id, createdAt: occasion.now))
    try record(.membershipCreated, on: account.id.auditName, in: organization.id, occasion)
  }
}
