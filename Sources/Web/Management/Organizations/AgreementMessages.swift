internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives
internal import Wire

extension Schema {
  /// A number of an agreement or purchasing account, as somebody may write it, with blanks.
  static let contractNumber = Schema.text(1...60)
  static let personName = Schema.text(1...100)
  static let emailAddress = Schema.text(3...254, .email)
  static let language = Schema.word(Language.all.map(\.tag))
  static let country = Schema.text(2...2)
}

extension Management.Administrator: Described {
  static let message = Message(
    "Administrator", "The person an agreement names as purchasing account administrator.",
    [.required("first_name", .personName), .required("last_name", .personName), .required("email", .emailAddress)])

  init(_ person: DesignatedAdministrator) {
    self.init(firstName: person.name.first, lastName: person.name.last, email: person.email.text)
  }
}

extension Management.NewAdministrator: Described {
  static let message = Message(
    "NewAdministrator", "Names a person as purchasing account administrator.",
    [
      .required("first_name", .personName), .required("last_name", .personName),
      .required("email", .emailAddress, "The work address, to which the letter goes."),
      .optional("language", .language, "The language of the letter; English when absent."),
      .optional("country", .country, "ISO 3166-1 alpha-2."),
    ])
}

extension Management.Agreement: Described {
  static let message = Message(
    "Agreement", "A signed agreement.",
    [
      .required("id", .id), .required("number", .contractNumber, "The number printed on it."),
      .required("organization", .id, "The organization that signed it."),
      .optional("partner", .id, "The partner who looks after it."),
      .required("administrator", .message(Management.Administrator.message)), .required("state", .words(Agreement.State.self)),
      .required("created_at", .time), .required("version", .count, "Counts changes; also the ETag."),
    ])

  var countedVersion: Int64? { version }

  init(_ agreement: Agreement) {
    self.init(
      id: agreement.id.text, number: agreement.number, organization: agreement.organization.text,
      partner: agreement.partner?.text,
      administrator: Management.Administrator(agreement.administrator), state: agreement.state.rawValue,
      createdAt: agreement.createdAt.rfc3339, version: agreement.version)
  }
}

extension Management.NewAgreement: Described {
  static let message = Message(
    "NewAgreement", "Registers a signed agreement. Exactly one of `organization` and `new_organization` says who signed it.",
    [
      .required("number", .contractNumber, "1 to 40 letters, digits, `-`, `/` and `.`; unique without regard to case."),
      .optional("organization", .id, "A customer that is registered already."),
      .optional(
        "new_organization", .message(Management.NewOrganization.message), "A customer to be registered with the agreement."),
      .required("purchasing_accounts", .list(.contractNumber, 1...RegisterAgreement.maximumPurchasingAccounts)),
      .required("administrator", .message(Management.NewAdministrator.message)), .optional("partner", .id),
    ])
}

extension Management.AgreementChange: Described {
  static let message = Message(
    "AgreementChange", "Changes an agreement; what is not mentioned stays.",
    [
      .clearable("partner", .id, "The partner who looks after it; `null` for none."),
      .optional("state", .words(Agreement.State.self), "Ending an agreement withdraws its waiting invitation."),
    ])
}

extension Management.AdministratorTold: Described {
  static let message = Message(
    "AdministratorTold", "What the person an agreement names was sent.",
    [
      .required(
        "result", .word(["invited", "added", "told"]),
        """
        `invited`: a letter with a link. `added`: they have an account, hold the role already, and were told so without a link. `told`: one of \
        the two; which, a partner does not learn.
        """),
      .optional("invitation", .id), .optional("account", .id), .optional("expires_at", .time, "The end of the link."),
    ])

  init(_ told: AdministratorTold?) {
    switch told {
    case nil: self.init(result: "told")
    case .invited(let invitation, let end): self.init(result: "invited", invitation: invitation.text, expiresAt: end.rfc3339)
    case .added(let account): self.init(result: "added", account: account.text)
    }
  }
}

extension Management.RegisteredAgreement: Described {
  static let message = Message(
    "RegisteredAgreement", "An agreement as it was registered, with what came of it.",
    [
      .required("agreement", .message(Management.Agreement.message)),
      .required("organization", .message(Management.Organization.message)),
      .required(
        "purchasing_accounts",
        .list(.message(Management.PurchasingAccount.message), 1...RegisterAgreement.maximumPurchasingAccounts)),
      .required("administrator_told", .message(Management.AdministratorTold.message)),
    ])

  var countedVersion: Int64? { agreement.version }
}

extension Management.ChangedAdministrator: Described {
  static let message = Message(
    "ChangedAdministrator", "An agreement after another administrator was named.",
    [
      .required("agreement", .message(Management.Agreement.message)),
      .required("administrator_told", .message(Management.AdministratorTold.message)),
    ])

  var countedVersion: Int64? { agreement.version }
}

extension Management.ResentInvitation: Described {
  static let message = Message(
    "ResentInvitation", "What was sent again for an agreement.",
    [
      .required(
        "result", .word(["invited", "already_accepted", "sent"]),
        """
        `invited`: a new link; earlier ones are worthless. `already_accepted`: a letter that leads to signing in. `sent`: one of the two; which, \
        a partner does not learn.
        """),
      .optional("expires_at", .time, "The end of the link."),
    ])

  init(_ sent: ResendAgreementInvitation.Sent?) {
    switch sent {
    case nil: self.init(result: "sent")
    case .invitation(let end): self.init(result: "invited", expiresAt: end.rfc3339)
    case .alreadyAccepted: self.init(result: "already_accepted")
    }
  }
}

/// The parts of a person that a body names, as the product's own values.
struct GivenPerson {
  let name: PersonName
  let email: EmailAddress
  let language: Language
  let country: CountryCode?

  /// - Parameter place: the JSON Pointer of the object that holds them, without the slash at its beginning, or empty.
  init(
    first: String, last: String, email: String, language: String?, country: String?, at place: String = ""
  ) throws(ManagementRefusal) {
    let prefix = place.isEmpty ? "" : "\(place)/"
    guard let name = PersonName(first: first, last: last) else {
      throw .notAccepted("\(prefix)first_name", "not_a_name", "First and last name are 1 to 100 visible characters on one line.")
    }
    guard let address = EmailAddress(email) else {
      throw .notAccepted("\(prefix)email", "not_an_address", "Not an e-mail address a letter can be sent to.")
    }
    if let country, CountryCode(country) == nil {
      throw .notAccepted("\(prefix)country", "not_a_country", "Two letters of ISO 3166-1.")
    }
    self.name = name
    self.email = address
    self.language = language.flatMap { Language($0) } ?? .fallback
    self.country = country.flatMap { CountryCode($0) }
  }

  init(_ person: Management.NewAdministrator, at place: String = "") throws(ManagementRefusal) {
    try self.init(
      first: person.firstName, last: person.lastName, email: person.email, language: person.language, country: person.country,
      at: place)
  }

  var administrator: DesignatedAdministrator { DesignatedAdministrator(name: name, email: email) }
}
