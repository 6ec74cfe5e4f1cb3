internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives
internal import Wire

// Two things can be suspended, and a path says which: the membership by any organization, the account by its home. Nothing here takes a
// password: somebody else's can only be chosen by its person (THREATS PWD14).

extension Operation {
  static let members: [Operation] = [
    .list(
      "/organizations/{organization}/members", "listMembers",
      "List the members of an organization with their roles, guests among them.",
      needs: .permission(.userView, in: .organization)
    ) { call in
      Management.Page(
        try await ListMembers()(of: try call.organization, call.page, call.occasion, env: call.env), Management.Member.init)
    },
    .show(
      "/organizations/{organization}/members/{account}", "getMember", "Show one member with their roles.",
      needs: .permission(.userView, in: .organization)
    ) { call in
      Management.Member(try await ViewMember()(try call.account, of: try call.organization, call.occasion, env: call.env))
    },
    .act(
      "/organizations/{organization}/members/{account}/suspend", "suspendMembership",
      "Suspend a membership: the person can do nothing in this organization, and keeps their account.",
      needs: .permission(.userManage, in: .organization)
    ) { call in
      try await SuspendMembership()(try call.account, in: try call.organization, call.occasion, env: call.env)
    },
    .act(
      "/organizations/{organization}/members/{account}/restore", "restoreMembership",
      "Let a suspended member act again, with their roles.",
      needs: .permission(.userManage, in: .organization)
    ) { call in
      try await RestoreMembership()(try call.account, in: try call.organization, call.occasion, env: call.env)
    },
    .remove(
      "/organizations/{organization}/members/{account}", "removeMember", "Remove a guest, with the roles they hold here.",
      needs: .permission(.userManage, in: .organization)
    ) { call in
      try await RemoveMembership()(try call.account, in: try call.organization, call.occasion, env: call.env)
    },
    .act(
      "/organizations/{organization}/accounts/{account}/suspend", "suspendAccount",
      "Suspend the account of a person at home here: sign-in, sessions and tokens are dead from the next request on.",
      needs: .permission(.userManage, in: .organization)
    ) { call in
      try await SuspendAccount()(try call.account, in: try call.organization, call.occasion, env: call.env)
    },
    .act(
      "/organizations/{organization}/accounts/{account}/restore", "restoreAccount", "Let a suspended account sign in again.",
      needs: .permission(.userManage, in: .organization)
    ) { call in
      try await RestoreAccount()(try call.account, in: try call.organization, call.occasion, env: call.env)
    },
  ]
}

extension Management.Member: Described {
  static let message = Message(
    "Member", "Somebody as a member of one organization.",
    [
      .required("account", .id), .required("organization", .id), .required("email", .emailAddress),
      .required("first_name", .personName), .required("last_name", .personName), .required("language", .language),
      .optional("country", .country),
      .required(
        "home", .flag, "Whether this is their home organization, which governs the account; guests are governed elsewhere."),
      .required("state", .words(Membership.State.self), "Of the membership."),
      .optional("account_state", .words(Account.State.self), "Of the account. Told to the home organization alone."),
      .required("roles", .list(.id, 0...HoldingLimits.assignments)), .required("created_at", .time, "When they became a member."),
      .required("version", .count, "Counts changes of the membership."),
    ])

  init(_ member: Member) {
    let account = member.account
    self.init(
      account: account.id.text, organization: member.membership.organization.text, email: account.email.text,
      firstName: account.name.first, lastName: account.name.last, language: account.language.tag, country: account.country?.text,
      home: member.isAtHome, state: member.membership.state.rawValue,
      accountState: member.isAtHome ? account.state.rawValue : nil, roles: member.roles.map(\.text),
      createdAt: member.membership.createdAt.rfc3339, version: member.membership.version)
  }
}

extension MembershipRefusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .atHome: ManagementRefusal(.state, "This is the person's home organization; their membership ends with their account.")
    case .changedMeanwhile: .changedMeanwhile
    }
  }
}

extension AccountRefusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .changedMeanwhile: .changedMeanwhile
    }
  }
}

extension LastAdministrator: SaidByManagement {
  var said: ManagementRefusal {
    ManagementRefusal(.lastAdministrator, "Every organization keeps at least one administrator who can act.")
  }
}
