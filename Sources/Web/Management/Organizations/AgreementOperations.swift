internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Operation {
  static let agreements: [Operation] = [
    .list("/agreements", "listAgreements", "List all agreements.", needs: .permission(.agreementView, in: .portal)) { call in
      try await list(.all, call)
    },
    .list(
      "/organizations/{organization}/agreements", "listAgreementsOfOrganization", "List the agreements of an organization.",
      needs: .permission(.agreementView, in: .organization)
    ) { call in try await list(.of(try call.organization), call) },
    .create(
      "/agreements", "registerAgreement",
      "Register a signed agreement with its purchasing accounts, and write to the administrator it names.",
      needs: .permission(.agreementManage, in: .portal), at: { "/agreements/\($0.agreement.id)" }
    ) { (call: Call, body: Management.NewAgreement) -> Management.RegisteredAgreement in
      let registered = try await RegisterAgreement()(try request(body), call.occasion, env: call.env)
      return Management.RegisteredAgreement(
        agreement: Management.Agreement(registered.agreement), organization: Management.Organization(registered.organization),
        purchasingAccounts: registered.purchasingAccounts.map(Management.PurchasingAccount.init),
        administratorTold: Management.AdministratorTold(registered.told))
    },
    .show(
      "/agreements/{agreement}", "getAgreement", "Show one agreement.", needs: .permission(.agreementView, in: .agreement)
    ) { call in Management.Agreement(try await ViewAgreement()(try call.id("agreement"), call.occasion, env: call.env)) },
    .change(
      "/agreements/{agreement}", "changeAgreement", "Change which partner looks after an agreement, end it, or let it run again.",
      needs: .permission(.agreementManage, in: .portal)
    ) { (call: Call, body: Management.AgreementChange) -> Management.Agreement in
      let partner: ChangeAgreement.PartnerChange =
        switch body.partner {
        case .keep: .keep
        case .clear: .remove
        case .set(let id): .to(OrganizationID(trusted: id))
        }
      return Management.Agreement(
        try await ChangeAgreement()(
          try call.id("agreement"), partner: partner, state: body.state.flatMap { Agreement.State(rawValue: $0) },
          seen: call.seen,
          call.occasion, env: call.env))
    },
    .put(
      "/agreements/{agreement}/administrator", "changeAdministrator",
      "Name another administrator, or another address of the same. Earlier links die, and both people are told.",
      needs: .permission(.agreementChangeAdministrator, in: .agreement)
    ) { (call, body: Management.NewAdministrator) in
      let person = try GivenPerson(body)
      let changed = try await ChangeAdministrator()(
        try call.id("agreement"), to: person.administrator, language: person.language, country: person.country, seen: call.seen,
        call.occasion, env: call.env)
      return (
        Management.ChangedAdministrator(
          agreement: Management.Agreement(changed.agreement), administratorTold: Management.AdministratorTold(changed.told)),
        isNew: false
      )
    },
    .act(
      "/agreements/{agreement}/invitation/resend", "resendAgreementInvitation",
      "Send the agreement's invitation again, to the address on the agreement.",
      needs: .permission(.agreementResendInvitation, in: .agreement)
    ) { call in
      Management.ResentInvitation(
        try await ResendAgreementInvitation()(try call.id("agreement"), call.occasion, env: call.env))
    },
  ]

  private static func list(_ scope: ListAgreements.Scope, _ call: Call) async throws -> Management.Page<Management.Agreement> {
    Management.Page(try await ListAgreements()(scope, call.page, call.occasion, env: call.env), Management.Agreement.init)
  }

  private static func request(_ body: Management.NewAgreement) throws -> RegisterAgreement.Request {
    let party: RegisterAgreement.Party
    switch (body.organization, body.newOrganization) {
    case (let id?, nil): party = .existing(OrganizationID(trusted: id))
    case (nil, let new?): party = .new(name: new.name)
    default:
      throw ManagementRefusal.notAccepted("organization", "exactly_one", "Exactly one of organization and new_organization.")
    }
    let person = try GivenPerson(body.administrator, at: "administrator")
    return RegisterAgreement.Request(
      number: body.number, party: party, purchasingAccounts: body.purchasingAccounts, administrator: person.administrator,
      language: person.language, country: person.country, partner: body.partner.map { OrganizationID(trusted: $0) })
  }
}

extension RegisterAgreement.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .numberRefused: .notAccepted("number", "not_a_number", "1 to 40 letters, digits, hyphens, slashes and dots.")
    case .numberTaken: .taken("number", "There is an agreement of this number.")
    case .purchasingAccountCount:
      .notAccepted("purchasing_accounts", "count", "1 to \(RegisterAgreement.maximumPurchasingAccounts) purchasing accounts.")
    case .purchasingAccountNumberRefused:
      .notAccepted("purchasing_accounts", "not_a_number", "1 to 40 letters, digits, hyphens, slashes and dots each.")
    case .purchasingAccountNumberTaken: .taken("purchasing_accounts", "There is a purchasing account of one of these numbers.")
    case .organizationUnknown: .notAccepted("organization", "unknown", "There is no such customer, or it is closed.")
    case .organizationNameRefused:
      .notAccepted("new_organization/name", "not_a_name", "1 to 200 visible characters on one line.")
    case .partnerUnknown: .notAccepted("partner", "unknown", "There is no such partner, or it is closed.")
    }
  }
}

extension ViewAgreement.Refusal: SaidByManagement {
  var said: ManagementRefusal { .unknown }
}

extension ChangeAgreement.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .changedMeanwhile: .changedMeanwhile
    case .partnerUnknown: .notAccepted("partner", "unknown", "There is no such partner, or it is closed.")
    }
  }
}

extension ChangeAdministrator.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .changedMeanwhile: .changedMeanwhile
    case .ended: ManagementRefusal(.state, "The agreement has ended.")
    }
  }
}

extension ResendAgreementInvitation.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .ended: ManagementRefusal(.state, "The agreement has ended.")
    }
  }
}
