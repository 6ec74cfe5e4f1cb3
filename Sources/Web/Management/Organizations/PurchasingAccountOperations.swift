internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Operation {
  static let purchasingAccounts: [Operation] = [
    .list(
      "/purchasing-accounts", "listPurchasingAccounts", "List all purchasing accounts.",
      needs: .permission(.agreementView, in: .portal)
    ) { call in try await list(.all, call) },
    .list(
      "/organizations/{organization}/purchasing-accounts", "listPurchasingAccountsOfOrganization",
      "List the purchasing accounts of an organization.", needs: .permission(.agreementView, in: .organization)
    ) { call in try await list(.of(try call.organization), call) },
    .list(
      "/agreements/{agreement}/purchasing-accounts", "listPurchasingAccountsOfAgreement",
      "List the purchasing accounts of an agreement, all on one page.", needs: .permission(.agreementView, in: .agreement)
    ) { call in try await list(.under(try call.id("agreement")), call) },
    .create(
      "/agreements/{agreement}/purchasing-accounts", "addPurchasingAccount", "Add a purchasing account to an agreement.",
      needs: .permission(.agreementManage, in: .portal), at: { "/purchasing-accounts/\($0.id)" }
    ) { (call, body: Management.NewPurchasingAccount) in
      Management.PurchasingAccount(
        try await AddPurchasingAccount()(number: body.number, to: try call.id("agreement"), call.occasion, env: call.env))
    },
    .show(
      "/purchasing-accounts/{purchasing_account}", "getPurchasingAccount", "Show one purchasing account.",
      needs: .permission(.agreementView, in: .purchasingAccount)
    ) { call in
      Management.PurchasingAccount(
        try await ViewPurchasingAccount()(try call.id("purchasing_account"), call.occasion, env: call.env))
    },
  ]

  private static func list(
    _ scope: ListPurchasingAccounts.Scope, _ call: Call
  ) async throws -> Management.Page<Management.PurchasingAccount> {
    Management.Page(
      try await ListPurchasingAccounts()(scope, call.page, call.occasion, env: call.env), Management.PurchasingAccount.init)
  }
}

extension Management.PurchasingAccount: Described {
  static let message = Message(
    "PurchasingAccount", "What an organization buys through, under one agreement.",
    [
      .required("id", .id), .required("number", .contractNumber), .required("agreement", .id), .required("organization", .id),
      .required("created_at", .time),
    ])

  init(_ account: PurchasingAccount) {
    self.init(
      id: account.id.text, number: account.number, agreement: account.agreement.text, organization: account.organization.text,
      createdAt: account.createdAt.rfc3339)
  }
}

extension Management.NewPurchasingAccount: Described {
  static let message = Message(
    "NewPurchasingAccount", "Adds a purchasing account to an agreement.",
    [.required("number", .contractNumber, "1 to 40 letters, digits, `-`, `/` and `.`; unique without regard to case.")])
}

extension ListPurchasingAccounts.Refusal: SaidByManagement {
  var said: ManagementRefusal { .unknown }
}

extension ViewPurchasingAccount.Refusal: SaidByManagement {
  var said: ManagementRefusal { .unknown }
}

extension AddPurchasingAccount.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .ended: ManagementRefusal(.state, "The agreement has ended.")
    case .numberRefused: .notAccepted("number", "not_a_number", "1 to 40 letters, digits, hyphens, slashes and dots.")
    case .numberTaken: .taken("number", "There is a purchasing account of this number.")
    case .tooMany:
      ManagementRefusal(.state, "The agreement has \(RegisterAgreement.maximumPurchasingAccounts) purchasing accounts already.")
    }
  }
}
