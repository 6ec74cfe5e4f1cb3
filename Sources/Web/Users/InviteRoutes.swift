internal import AccessControl
internal import HTTPTypes
internal import Identity
internal import Localization
internal import Primitives

/// *Invite user*, and what becomes of an invitation until somebody accepts it.
struct InviteRoutes: Sendable {
  let web: WebEnvironment

  var routes: [Route] {
    let pages = PageRouting(web: web)
    return [
      pages.getSignedIn("/users/invite") { person in
        let place = try person.workplace(for: .userInvite)
        return person.visit.saidOnce(person.visit.show(try await invitePage(person, place, nil, [:])))
      },
      pages.postSignedIn("/users/invite", from: Workplace.page("/users/invite"), invite),
      pages.getSignedIn("/users/invitations/{invitation}", show),
      pages.postSignedIn("/users/invitations/{invitation}/send-again", from: Workplace.page("/users"), sendAgain),
      pages.postSignedIn("/users/invitations/{invitation}/withdraw", from: Workplace.page("/users"), withdraw),
    ]
  }

  // MARK: inviting

  private func invitePage(
    _ person: PageRouting.SignedIn, _ place: Workplace, _ typed: TypedPerson?, _ problems: [String: FieldProblem]
  ) async throws -> InviteUserPage {
    let visit = person.visit
    let roles = try await ListInvitableRoles()(in: place.organization.id, visit.occasion, env: visit.env)
    let ticked = Set(visit.exchange.form.all(FormName.role))
    return InviteUserPage(
      frame: visit.frame(place.address("/users/invite")), organization: place.organization.name,
      organizations: person.organizations(where: .userInvite, besides: place, "/users/invite"),
      action: place.address("/users/invite"), list: place.may(.userView) ? place.address("/users") : nil,
      entry: typed.map { PersonEntry($0) } ?? PersonEntry(),
      roles: roles.map { RoleChoice(visit.label($0), held: ticked.contains($0.id.text)) }, problems: problems,
      notice: visit.userNotice)
  }

  private func invite(_ person: PageRouting.SignedIn) async throws -> Answer {
    let visit = person.visit
    let form = visit.exchange.form
    let place = try person.workplace(for: .userInvite)
    let typed = TypedPerson(form)
    func again(_ problems: [String: FieldProblem]) async throws -> Answer {
      visit.show(try await invitePage(person, place, typed, problems), .unprocessableContent)
    }
    var problems = typed.problems
    if typed.country.isEmpty { problems[FormName.country] = .required }
    let roles = form.all(FormName.role)
    let known = roles.compactMap { RoleID($0) }
    if roles.isEmpty {
      problems[FormName.role] = .roleMissing
    } else if known.count != roles.count {
      problems[FormName.role] = .malformed
    }
    guard problems.isEmpty, let email = typed.readEmail, let name = typed.readName, let language = typed.readLanguage else {
      return try await again(problems)
    }
    do {
      let invited = try await InviteMember()(
        InviteMember.Request(email: email, name: name, language: language, country: typed.readCountry, roles: known),
        to: place.organization.id, visit.occasion, env: visit.env)
      // Whoever may invite but not see the list stays here.
      let another = form.first(FormName.then) == "another" || !place.may(.userView)
      return visit.saying(
        .invited, invited.invitation.name.full, then: .seeOther(place.address(another ? "/users/invite" : "/users")))
    } catch let refusal as InviteMember.Refusal {
      switch refusal {
      case .noRole: return try await again([FormName.role: .roleMissing])
      case .roleUnknown: return try await again([FormName.role: .malformed])
      case .alreadyMember: return try await again([FormName.email: .alreadyMember])
      }
    } catch let denial as AccessDenied where denial.reason == "role_not_grantable" {
      return visit.show(try await invitePage(person, place, typed, [FormName.role: .roleNotGrantable]), .forbidden)
    } catch is DutiesNotSeparated {
      return visit.show(try await invitePage(person, place, typed, [FormName.role: .rolesExcludeEachOther]), .conflict)
    } catch InvitationRefusal.changedMeanwhile {
      return try await again([FormName.email: .alreadyInvited])
    }
  }

  // MARK: one that waits

  private func show(_ person: PageRouting.SignedIn) async throws -> Answer {
    person.visit.saidOnce(person.visit.show(try await page(person, try person.workplace(for: .userView))))
  }

  private func sendAgain(_ person: PageRouting.SignedIn) async throws -> Answer {
    try await change(person, saying: .sentAgain, leadingTo: { "/users/invitations/\($0)" }) { id, place, visit in
      _ = try await ResendInvitation()(id, in: place, visit.occasion, env: visit.env)
    }
  }

  private func withdraw(_ person: PageRouting.SignedIn) async throws -> Answer {
    try await change(person, saying: .withdrawn, leadingTo: { _ in "/users" }) { id, place, visit in
      try await WithdrawInvitation()(id, in: place, visit.occasion, env: visit.env)
    }
  }

  private func change(
    _ person: PageRouting.SignedIn, saying word: Flash.Word, leadingTo path: (InvitationID) -> String,
    _ act: (InvitationID, OrganizationID, Visit) async throws -> Void
  ) async throws -> Answer {
    let place = try person.workplace(for: .userView)
    let sent = try await find(person, place)
    do {
      try await act(sent.invitation.id, sent.invitation.organization, person.visit)
    } catch is AccessDenied {
      return person.visit.show(try await page(person, place, problem: .notAllowed), .forbidden)
    } catch InvitationRefusal.changedMeanwhile, InvitationRefusal.notPending {
      return person.visit.show(try await page(person, place, problem: .changedMeanwhile), .conflict)
    }
    return person.visit.saying(word, sent.invitation.name.full, then: .seeOther(place.address(path(sent.invitation.id))))
  }

  private func page(
    _ person: PageRouting.SignedIn, _ place: Workplace, problem: UserProblem? = nil
  ) async throws -> WaitingInvitationPage {
    let visit = person.visit
    let sent = try await find(person, place)
    let invitation = sent.invitation
    let expiresAt = sent.expiresAt ?? invitation.createdAt
    let path = "/users/invitations/\(invitation.id)"
    return WaitingInvitationPage(
      frame: visit.frame(place.address(path)), organization: place.organization.name, list: place.address("/users"),
      actions: WaitingInvitationPage.Actions(
        sendAgain: place.address("\(path)/send-again"), withdraw: place.address("\(path)/withdraw")),
      name: invitation.name.full,
      email: invitation.email.text, roles: visit.labels(invitation.roles), language: invitation.language,
      sentAt: expiresAt - visit.env.settings.lifetimes.invitation, expiresAt: expiresAt,
      isExpired: sent.hasExpired(at: visit.occasion.now), mayChange: mayChange(invitation, place), problem: problem,
      notice: visit.userNotice)
  }

  private func mayChange(_ invitation: Invitation, _ place: Workplace) -> Bool {
    guard invitation.state == .pending else { return false }
    if case .agreement = invitation.purpose { return place.may(.agreementResendInvitation) }
    return place.may(.userInvite) && place.mayInvite(to: invitation.roles)
  }

  private func id(_ person: PageRouting.SignedIn) throws(Failure) -> InvitationID {
    guard let id = InvitationID(try person.visit.exchange.parameter("invitation")) else { throw .notFound }
    return id
  }

  private func find(_ person: PageRouting.SignedIn, _ place: Workplace) async throws -> SentInvitation {
    do {
      return try await ViewInvitation()(
        try id(person), of: place.organization.id, person.visit.occasion, env: person.visit.env)
    } catch InvitationRefusal.unknown {
      throw Failure.notFound
    }
  }
}
