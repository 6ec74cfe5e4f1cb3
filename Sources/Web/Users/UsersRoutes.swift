internal import AccessControl
internal import HTTPTypes
internal import Identity
internal import Primitives

/// *Users*: who belongs to the organization and who is invited, and what an administrator does with them.
///
/// What a page offers follows from what the viewer may do; what a form asks for is decided once more by the use case behind it.
struct UsersRoutes: Sendable {
  private static let pageSize = 50

  let web: WebEnvironment

  var routes: [Route] {
    let pages = PageRouting(web: web)
    return [
      pages.getSignedIn("/users", list),
      pages.getSignedIn("/users/{account}", show),
      pages.postSignedIn("/users/{account}/roles", from: Workplace.page("/users"), changeRoles),
      pages.postSignedIn("/users/{account}/suspend", from: Workplace.page("/users"), suspend),
      pages.postSignedIn("/users/{account}/restore", from: Workplace.page("/users"), restore),
    ]
  }

  // MARK: the list

  /// First the members, a page at a time, then those who are invited. `after` is `m.` or `i.` and the cursor of that list.
  private func list(_ person: PageRouting.SignedIn) async throws -> Answer {
    let visit = person.visit
    let place = try person.workplace(for: .userView)
    let after = visit.exchange.query.first("after") ?? ""
    var rows: [UsersPage.Row] = []
    var next: String?
    if !after.hasPrefix("i.") {
      let cursor = after.hasPrefix("m.") ? String(after.dropFirst(2)) : nil
      let members = try await ListMembers()(
        of: place.organization.id, PageRequest(limit: Self.pageSize, after: cursor), visit.occasion, env: visit.env)
      rows += members.items.map { row($0, place, visit) }
      next = members.next.map { "m.\($0)" }
    }
    if next == nil {
      let cursor = after.hasPrefix("i.") ? String(after.dropFirst(2)) : nil
      let invited = try await ListInvitations()(
        of: place.organization.id, state: .pending, PageRequest(limit: Self.pageSize, after: cursor), visit.occasion,
        env: visit.env)
      rows += invited.items.map { row($0, place, visit) }
      next = invited.next.map { "i.\($0)" }
    }
    return visit.saidOnce(
      visit.show(
        UsersPage(
          frame: visit.frame(), organization: place.organization.name,
          organizations: person.organizations(where: .userView, besides: place, "/users"), rows: rows,
          invite: place.may(.userInvite) ? place.address("/users/invite") : nil,
          next: next.map { place.address("/users", [(name: "after", value: $0)]) },
          first: after.isEmpty ? nil : place.address("/users"), notice: visit.userNotice)))
  }

  private func row(_ member: Member, _ place: Workplace, _ visit: Visit) -> UsersPage.Row {
    UsersPage.Row(
      name: member.account.name.full, email: member.account.email.text, roles: visit.labels(member.roles),
      state: member.isSuspended ? .suspended : .active, isGuest: !member.isAtHome,
      address: place.address("/users/\(member.account.id)"))
  }

  private func row(_ sent: SentInvitation, _ place: Workplace, _ visit: Visit) -> UsersPage.Row {
    let invitation = sent.invitation
    let state: UserState =
      sent.hasExpired(at: visit.occasion.now)
      ? .invitationExpired : sent.expiresAt.map { .waiting(until: $0) } ?? .invitationExpired
    return UsersPage.Row(
      name: invitation.name.full, email: invitation.email.text, roles: visit.labels(invitation.roles), state: state,
      isGuest: false, address: place.address("/users/invitations/\(invitation.id)"))
  }

  // MARK: one of them

  private func show(_ person: PageRouting.SignedIn) async throws -> Answer {
    let place = try person.workplace(for: .userView)
    return person.visit.saidOnce(person.visit.show(try await page(person, try await member(person, place), place)))
  }

  private func changeRoles(_ person: PageRouting.SignedIn) async throws -> Answer {
    let wanted = Set(person.visit.exchange.form.all(FormName.role).compactMap { RoleID($0) })
    return try await change(person, saying: .rolesChanged) { member, place, seen, visit in
      try await ChangeRoles()(of: member.account.id, to: wanted, in: place, ifStill: seen, visit.occasion, env: visit.env)
    }
  }

  /// The home organization suspends the account, every other one only the membership.
  private func suspend(_ person: PageRouting.SignedIn) async throws -> Answer {
    try await change(person, saying: .suspended) { member, place, seen, visit in
      if member.isAtHome {
        try await SuspendAccount()(member.account.id, in: place, ifStill: seen, visit.occasion, env: visit.env)
      } else {
        try await SuspendMembership()(member.account.id, in: place, ifStill: seen, visit.occasion, env: visit.env)
      }
    }
  }

  private func restore(_ person: PageRouting.SignedIn) async throws -> Answer {
    try await change(person, saying: .restored) { member, place, seen, visit in
      if member.isAtHome {
        try await RestoreAccount()(member.account.id, in: place, ifStill: seen, visit.occasion, env: visit.env)
      } else {
        try await RestoreMembership()(member.account.id, in: place, ifStill: seen, visit.occasion, env: visit.env)
      }
    }
  }

  private func change(
    _ person: PageRouting.SignedIn, saying word: Flash.Word,
    _ act: (Member, OrganizationID, MemberVersion, Visit) async throws -> Void
  ) async throws -> Answer {
    let visit = person.visit
    let place = try person.workplace(for: .userView)
    let member = try await member(person, place)
    // A form without a version has seen nobody, and changes nothing.
    let seen = MemberVersion(presented: visit.exchange.form.first(FormName.version) ?? "")
    func again(_ problem: UserProblem, _ status: HTTPResponse.Status) async throws -> Answer {
      visit.show(try await page(person, try await self.member(person, place), place, problem: problem), status)
    }
    do {
      try await act(member, place.organization.id, seen, visit)
    } catch is LastAdministrator {
      return try await again(.lastAdministrator, .conflict)
    } catch is DutiesNotSeparated {
      return try await again(.dutiesNotSeparated, .conflict)
    } catch HoldingLimits.Reached.assignments {
      return try await again(.tooManyRoles, .conflict)
    } catch is RoleLimitExceeded {
      return try await again(.roleLimitExceeded, .conflict)
    } catch is AccessDenied {
      return try await again(.notAllowed, .forbidden)
    } catch MembershipRefusal.changedMeanwhile, AccountRefusal.changedMeanwhile {
      return try await again(.changedMeanwhile, .conflict)
    }
    return visit.saying(word, member.account.name.full, then: .seeOther(place.address("/users/\(member.account.id)")))
  }

  private func member(_ person: PageRouting.SignedIn, _ place: Workplace) async throws -> Member {
    guard let id = AccountID(try person.visit.exchange.parameter("account")) else { throw Failure.notFound }
    do {
      return try await ViewMember()(id, of: place.organization.id, person.visit.occasion, env: person.visit.env)
    } catch MembershipRefusal.unknown {
      throw Failure.notFound
    }
  }

  private func page(
    _ person: PageRouting.SignedIn, _ member: Member, _ place: Workplace, problem: UserProblem? = nil
  ) async throws -> UserPage {
    let visit = person.visit
    // Whoever may see users but not the list of roles sees what is held, and changes nothing.
    let offered: [(role: Role, mayAssign: Bool)] =
      place.may(.roleView)
      ? try await ListRoles()(in: place.organization.id, visit.occasion, env: visit.env).roles.map { ($0.role, $0.mayAssign) }
      : visit.env.policy.catalogs.roles.roles(member.roles).map { ($0, false) }
    let mayAct = place.may(.userManage) && place.mayAct(onHolderOf: member.roles) && member.account.id != person.account.id
    let path = "/users/\(member.account.id)"
    return UserPage(
      frame: visit.frame(place.address(path)), organization: place.organization.name, list: place.address("/users"),
      actions: UserPage.Actions(
        roles: place.address("\(path)/roles"), suspend: place.address("\(path)/suspend"),
        restore: place.address("\(path)/restore")),
      name: member.account.name.full, email: member.account.email.text, state: member.isSuspended ? .suspended : .active,
      isGuest: !member.isAtHome,
      isViewer: member.account.id == person.account.id,
      roles: offered.map { offer in
        RoleChoice(
          visit.label(offer.role), held: member.roles.contains(offer.role.id),
          mayChange: offer.mayAssign && place.may(.roleAssign))
      }, access: !mayAct ? .fixed : member.isSuspended ? .mayRestore : .maySuspend, version: member.version.text,
      problem: problem,
      notice: visit.userNotice)
  }
}

extension Member {
  var isSuspended: Bool { isAtHome ? account.state == .suspended : membership.state == .suspended }
}

extension Visit {
  /// What was just done to somebody.
  var userNotice: UserNotice? {
    guard let flash else { return nil }
    return switch flash.word {
    case .invited: .invited(flash.name)
    case .rolesChanged: .rolesChanged(flash.name)
    case .suspended: .suspended(flash.name)
    case .restored: .restored(flash.name)
    case .sentAgain: .sentAgain(flash.name)
    case .withdrawn: .withdrawn(flash.name)
    default: nil
    }
  }
}
