internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives
internal import Wire

extension Operation {
  static let invitations: [Operation] = [
    .list(
      "/organizations/{organization}/invitations", "listInvitations", "List the invitations of an organization.",
      needs: .permission(.userView, in: .organization),
      query: [Parameter(name: "state", schema: .words(Invitation.State.self), about: "Only those in this state.")]
    ) { call in
      let found = try await ListInvitations()(
        of: try call.organization, state: call.query["state"].flatMap { Invitation.State(rawValue: $0) }, call.page,
        call.occasion,
        env: call.env)
      return Management.Page(found, Management.Invitation.init)
    },
    .create(
      "/organizations/{organization}/invitations", "inviteMember",
      "Invite somebody. The answer is the same whether or not the address has an account elsewhere; a waiting invitation of the same address is replaced.",
      needs: .permission(.userInvite, in: .organization), at: { "/organizations/\($0.organization)/invitations/\($0.id)" }
    ) { (call: Call, body: Management.NewInvitation) -> Management.Invitation in
      let person = try GivenPerson(
        first: body.firstName, last: body.lastName, email: body.email, language: body.language, country: body.country)
      let invited = try await InviteMember()(
        InviteMember.Request(
          email: person.email, name: person.name, language: person.language, country: person.country,
          roles: body.roles.map { RoleID(trusted: $0) }),
        to: try call.organization, call.occasion, env: call.env)
      return Management.Invitation(invited)
    },
    .show(
      "/organizations/{organization}/invitations/{invitation}", "getInvitation", "Show one invitation.",
      needs: .permission(.userView, in: .organization)
    ) { call in
      Management.Invitation(
        try await ViewInvitation()(try call.id("invitation"), of: try call.organization, call.occasion, env: call.env))
    },
    .act(
      "/organizations/{organization}/invitations/{invitation}/resend", "resendInvitation",
      "Send an invitation again, with a new link and a new term; the earlier link is worthless.",
      needs: .permission(.userInvite, in: .organization)
    ) { call in
      Management.Invitation(
        try await ResendInvitation()(try call.id("invitation"), in: try call.organization, call.occasion, env: call.env))
    },
    .remove(
      "/organizations/{organization}/invitations/{invitation}", "withdrawInvitation",
      "Withdraw a waiting invitation; its link is dead at once.",
      needs: .permission(.userInvite, in: .organization)
    ) { call in
      try await WithdrawInvitation()(try call.id("invitation"), in: try call.organization, call.occasion, env: call.env)
    },
  ]
}

extension Management.Invitation: Described {
  static let message = Message(
    "Invitation", "An offer to join an organization with certain roles.",
    [
      .required("id", .id), .required("organization", .id), .required("email", .emailAddress, "The mailbox it was sent to."),
      .required("first_name", .personName), .required("last_name", .personName), .required("language", .language),
      .optional("country", .country), .required("roles", .list(.id, 0...50)), .required("state", .words(Invitation.State.self)),
      .optional("expires_at", .time, "The end of its newest link. A pending invitation past it can be sent again."),
      .optional("agreement", .id, "The agreement that caused it."),
      .optional("invited_by", .id, "The account of the inviter, where a person invited."),
      .optional("accepted_by", .id, "The account that accepted it."), .required("created_at", .time),
      .required("version", .count, "Counts changes."),
    ])

  init(_ sent: SentInvitation) { self.init(sent.invitation, expiresAt: sent.expiresAt) }

  init(_ invited: InviteMember.Invited) { self.init(invited.invitation, expiresAt: invited.expiresAt) }

  private init(_ invitation: Invitation, expiresAt: Timestamp?) {
    var agreement: AgreementID?
    var inviter: AccountID?
    switch invitation.purpose {
    case .agreement(let id): agreement = id
    case .member(let id): inviter = id
    case .operation: break
    }
    self.init(
      id: invitation.id.text, organization: invitation.organization.text, email: invitation.email.text,
      firstName: invitation.name.first, lastName: invitation.name.last, language: invitation.language.tag,
      country: invitation.country?.text, roles: invitation.roles.map(\.text), state: invitation.state.rawValue,
      expiresAt: expiresAt?.rfc3339, agreement: agreement?.text, invitedBy: inviter?.text,
      acceptedBy: invitation.acceptedBy?.text,
      createdAt: invitation.createdAt.rfc3339, version: invitation.version)
  }
}

extension Management.NewInvitation: Described {
  static let message = Message(
    "NewInvitation", "Invites somebody.",
    [
      .required("email", .emailAddress, "The mailbox the letter goes to."), .required("first_name", .personName),
      .required("last_name", .personName), .optional("language", .language, "The language of the letter; English when absent."),
      .optional("country", .country, "ISO 3166-1 alpha-2."),
      .required("roles", .list(.id, 1...50), "Each must be one the caller may grant by invitation."),
    ])
}

extension InviteMember.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .noRole: .notAccepted("roles", "required", "An invitation gives at least one role.")
    case .roleUnknown: .notAccepted("roles", "unknown", "One of the roles cannot be held in this organization.")
    case .alreadyMember: .taken("email", "The address belongs to a member of this organization.")
    }
  }
}

extension InvitationRefusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .notPending: ManagementRefusal(.state, "The invitation was accepted or withdrawn.")
    case .changedMeanwhile: .changedMeanwhile
    }
  }
}
