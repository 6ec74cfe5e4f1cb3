import Localization
import Primitives

@testable import Web

/// Every page in every state worth looking at, filled with what people really type and with what mischief types.
enum PageGallery {
  static let hostile = #"<script>alert("x")</script>"#
  /// To Swift the bracket and its accent are one character, to a browser the bracket is a bracket.
  static let hostileCluster = "<\u{0338}b>\"\u{0301} onfocus='\u{0301}x"
  static let long = "Карл-Фридрих Константинович Преображенский-Вознесенский"

  private static let now = Timestamp(seconds: 1_790_000_000)
  private static let longRoles = [RoleLabel(id: "account-administrator", name: ""), RoleLabel(id: "01hx", name: hostile)]
  private static let roles = [RoleLabel(id: "account-viewer", name: ""), RoleLabel(id: "report-viewer", name: "")]

  static func pages(_ language: Language) -> [(name: String, page: any Page)] {
    let guest = PageFrame(language: language, address: "/sign-in?continue=%2Fdashboard&language=ru", csrf: "csrf-token")
    var member = guest
    member.address = "/users?after=01hx"
    member.person = PageFrame.Person(name: "Ada Byron", organization: "Contoso Ltd", seesUsers: true)
    var stranger = member
    stranger.person = PageFrame.Person(name: hostile, organization: hostileCluster, seesUsers: false)
    var personal = guest
    personal.person = PageFrame.Person(name: long, organization: nil, seesUsers: false)
    return signIn(guest) + invitations(guest, member, stranger) + portal(member, stranger, personal) + users(member, stranger)
      + signUp(guest) + ends(guest, member)
  }

  private static func signIn(_ frame: PageFrame) -> [(name: String, page: any Page)] {
    [
      ("sign-in", SignInPage(frame: frame)),
      (
        "sign-in-wrong",
        SignInPage(
          frame: frame, continueTo: "/oauth/authorize?a=1&b=2", application: "Orders", kind: .personal,
          email: "ada@contoso.example",
          problem: .incorrect)
      ),
      ("sign-in-throttled", SignInPage(frame: frame, admitted: .only(.work), problem: .throttled(.seconds(95)))),
      ("sign-in-personal", SignInPage(frame: frame, admitted: .only(.personal), kind: .personal, notice: .addressConfirmed)),
      (
        "sign-in-hostile",
        SignInPage(frame: frame, continueTo: hostile, application: hostileCluster, email: hostile, problem: .suspended)
      ),
      ("sign-in-busy", SignInPage(frame: frame, problem: .busy, notice: .confirmAgain)),
      ("sign-in-expired", SignInPage(frame: frame, problem: .formExpired, notice: .signInToAccept)),
      ("sign-in-changed", SignInPage(frame: frame, notice: .passwordChanged)),
      ("sign-out", SignOutPage(frame: frame, action: "/oauth/sign-out", carried: [("id_token_hint", hostile)])),
      ("signed-out", SignedOutPage(frame: frame)),
      (
        "signed-out-back", SignedOutPage(frame: frame, back: .init(application: hostile, address: "https://orders.example/after"))
      ),
      ("carry-on", CarryOnPage(frame: frame, address: "/oauth/authorize?client_id=a&scope=openid%20profile")),
    ]
  }

  private static func invitations(_ guest: PageFrame, _ member: PageFrame, _ stranger: PageFrame) -> [(
    name: String, page: any Page
  )] {
    [
      (
        "create-account",
        CreateAccountPage(
          frame: guest, name: "Ada Byron", email: "ada@contoso.example", organization: "Contoso Ltd", agreement: "V7654321",
          roles: [RoleLabel(id: "account-administrator", name: "")], minimumPassword: 15)
      ),
      (
        "create-account-problems",
        CreateAccountPage(
          frame: guest, name: long, email: "karl-friedrich.preobrazhensky-voznesensky@long-name.contoso.example",
          organization: hostile,
          agreement: nil, roles: longRoles, minimumPassword: 15,
          problems: [FormName.password: .passwordTooShort(15), FormName.passwordAgain: .passwordsDiffer], busy: true)
      ),
      ("accept-invitation", AcceptInvitationPage(frame: member, organization: "Fabrikam", roles: roles, step: .accept)),
      (
        "accept-by-signing-in",
        AcceptInvitationPage(
          frame: guest, organization: hostile, roles: [], step: .signIn(address: "/sign-in?continue=%2Finvitation%2Fabc"))
      ),
      ("other-person", OtherPersonPage(frame: stranger, name: hostile, continueTo: "/invitation/abc")),
      ("invitation-again", AskForInvitationPage(frame: guest)),
      (
        "invitation-again-problems",
        AskForInvitationPage(
          frame: guest, email: hostile, agreementNumber: hostileCluster,
          problems: [
            FormName.email: .emailMalformed, FormName.agreementNumber: .malformed, FormName.purchasingAccountNumber: .required,
          ])
      ),
      (
        "invitation-again-throttled",
        AskForInvitationPage(frame: guest, email: "ada@contoso.example", delay: .throttled(.seconds(40)))
      ),
      ("invitation-asked-for", InvitationAskedForPage(frame: guest)),
    ]
  }

  private static func portal(_ member: PageFrame, _ stranger: PageFrame, _ personal: PageFrame) -> [(
    name: String, page: any Page
  )] {
    let services = [
      DashboardPage.Service(name: "Orders", description: "Place and follow orders", address: "https://orders.example/"),
      DashboardPage.Service(name: hostile, description: hostileCluster, address: "https://licenses.example/?a=1&b=2"),
      DashboardPage.Service(name: "Downloads", description: "", address: "https://downloads.example/"),
    ]
    let sessions = [
      ProfilePage.Session(
        id: "01a", device: "Firefox 144 on Linux", since: now, lastSeen: now + .minutes(5), isThisOne: true),
      ProfilePage.Session(id: "01b", device: hostile, since: now, lastSeen: now + .hours(1), isThisOne: false),
      ProfilePage.Session(id: "01c", device: "", since: now, lastSeen: now, isThisOne: false),
    ]
    return [
      (
        "dashboard",
        DashboardPage(
          frame: member, givenName: "Ada", organization: "Contoso Ltd", roles: roles, services: services,
          tasks: [.inviteUser, .users, .profile], notice: .accountCreated)
      ),
      (
        "dashboard-empty",
        DashboardPage(frame: stranger, givenName: hostile, organization: hostile, roles: [], services: [], tasks: [.profile])
      ),
      (
        "dashboard-personal",
        DashboardPage(
          frame: personal, givenName: "Карл-Фридрих", organization: nil, roles: [], services: Array(services.prefix(1)),
          tasks: [.profile], notice: .joined(hostile))
      ),
      (
        "profile",
        ProfilePage(
          frame: member, name: "Ada Byron", email: "ada@contoso.example", organization: "Contoso Ltd", roles: longRoles,
          language: .english, country: "GB",
          agreements: [
            .init(number: "V7654321", purchasingAccounts: ["P-1001", "P-1002"]), .init(number: hostile, purchasingAccounts: []),
          ],
          memberships: [.init(organization: "Fabrikam", roles: roles), .init(organization: hostile, roles: [])],
          sessions: sessions,
          minimumPassword: 15, notice: .passwordChanged)
      ),
      (
        "profile-problems",
        ProfilePage(
          frame: personal, name: long, email: "k@example.org", organization: nil, roles: [], language: .russian, country: nil,
          agreements: [], memberships: [], sessions: sessions, minimumPassword: 15,
          problems: [
            FormName.currentPassword: .currentPasswordWrong, FormName.password: .passwordCommon,
            FormName.passwordAgain: .passwordsDiffer,
          ])
      ),
      (
        "profile-throttled",
        ProfilePage(
          frame: stranger, name: hostile, email: "k@example.org", organization: hostile, roles: [], language: .russian,
          country: "ZZ",
          agreements: [], memberships: [], sessions: [], minimumPassword: 15, throttled: .seconds(30), notice: .languageSaved)
      ),
    ]
  }

  private static func users(_ member: PageFrame, _ stranger: PageFrame) -> [(name: String, page: any Page)] {
    let rows = [
      UsersPage.Row(
        name: "Ada Byron", email: "ada@contoso.example", roles: roles, state: .active, isGuest: false, address: "/users/01a"),
      UsersPage.Row(
        name: hostile, email: "<b>@contoso.example", roles: [], state: .suspended, isGuest: true, address: "/users/01b"),
      UsersPage.Row(
        name: long, email: "karl-friedrich.preobrazhensky-voznesensky@long-name.contoso.example", roles: longRoles,
        state: .waiting(until: now), isGuest: false, address: "/users/invitations/01c"),
      UsersPage.Row(
        name: "Eve Late", email: "eve@contoso.example", roles: roles, state: .invitationExpired, isGuest: false,
        address: "/users/invitations/01d"),
    ]
    let choices = [
      RoleChoice(id: "account-administrator", name: "", held: false, mayChange: false),
      RoleChoice(id: "report-viewer", name: "", held: true), RoleChoice(id: "account-viewer", name: "", held: false),
      RoleChoice(id: "01hx", name: hostile, held: true),
    ]
    let fixed = choices.map { RoleChoice(id: $0.id, name: $0.name, held: $0.held, mayChange: false) }
    let organizations = [
      OrganizationChoice(name: "Contoso Ltd", address: "/users?organization=01a", isCurrent: true),
      OrganizationChoice(name: hostile, address: "/users?organization=01b&after=1", isCurrent: false),
      OrganizationChoice(
        name: "Объединённая Преображенско-Вознесенская торговая палата", address: "/users?organization=01c", isCurrent: false),
    ]
    let actions = UserPage.Actions(
      roles: "/users/01a/roles?organization=01a", suspend: "/users/01a/suspend?organization=01a",
      restore: "/users/01a/restore?organization=01a")
    let invitationActions = WaitingInvitationPage.Actions(
      sendAgain: "/users/invitations/01c/send-again?organization=01a",
      withdraw: "/users/invitations/01c/withdraw?organization=01a")
    let list = "/users?organization=01a"
    return [
      (
        "users",
        UsersPage(
          frame: member, organization: "Contoso Ltd", organizations: organizations, rows: rows,
          invite: "/users/invite?organization=01a", next: "/users?after=01d&q=1", first: list, notice: .invited(hostile))
      ),
      ("users-empty", UsersPage(frame: stranger, organization: hostile, rows: [], invite: nil)),
      (
        "user",
        UserPage(
          frame: member, organization: "Contoso Ltd", list: list, actions: actions, name: "Grace Hopper",
          email: "grace@contoso.example", state: .active, isGuest: false,
          isViewer: false, roles: choices, access: .maySuspend, version: "7.1.report-viewer",
          notice: .rolesChanged("Grace Hopper"))
      ),
      (
        "user-suspended",
        UserPage(
          frame: member, organization: "Contoso Ltd", list: list, actions: actions, name: hostile, email: "g@contoso.example",
          state: .suspended, isGuest: true,
          isViewer: false,
          roles: choices.filter(\.mayChange), access: .mayRestore, version: "7.1.report-viewer", problem: .changedMeanwhile,
          notice: .suspended(hostile))
      ),
      (
        "user-self",
        UserPage(
          frame: member, organization: "Contoso Ltd", list: list, actions: actions, name: "Ada Byron", email: "a@contoso.example",
          state: .active, isGuest: false,
          isViewer: true, roles: fixed, access: .fixed, version: "1.1.report-viewer", problem: .lastAdministrator,
          notice: .restored("Ada Byron"))
      ),
      (
        "user-guest",
        UserPage(
          frame: member, organization: "Contoso Ltd", list: list, actions: actions, name: "Guy Est",
          email: "guy@fabrikam.example", state: .active, isGuest: true,
          isViewer: false, roles: choices, access: .maySuspend, version: "1.1.report-viewer", problem: .notAllowed)
      ),
      (
        "waiting-invitation",
        WaitingInvitationPage(
          frame: member, organization: hostile, list: list, actions: invitationActions, name: hostile, email: "n@contoso.example",
          roles: longRoles,
          language: .russian,
          sentAt: now, expiresAt: now + .days(60), isExpired: false, mayChange: true, problem: .tooSoon(.minutes(4)),
          notice: .sentAgain("Nora"))
      ),
      (
        "expired-invitation",
        WaitingInvitationPage(
          frame: member, organization: "Contoso Ltd", list: list, actions: invitationActions, name: "Eve Late",
          email: "e@contoso.example", roles: [],
          language: .english,
          sentAt: now, expiresAt: now + .days(60), isExpired: true, mayChange: false, notice: .withdrawn("Eve"))
      ),
      (
        "invite-user",
        InviteUserPage(
          frame: member, organization: "Contoso Ltd", organizations: organizations, action: "/users/invite?organization=01a",
          list: list, roles: choices.filter(\.mayChange), notice: .invited("Nora Novak"))
      ),
      (
        "invite-user-problems",
        InviteUserPage(
          frame: member, organization: hostile, action: "/users/invite?organization=01a", list: nil,
          entry: .init(email: hostile, givenName: hostileCluster, familyName: "", language: "ru", country: "DE"),
          roles: choices.filter(\.mayChange),
          problems: [
            FormName.email: .alreadyMember, FormName.givenName: .nameMalformed, FormName.familyName: .required,
            FormName.language: .languageUnknown, FormName.country: .countryUnknown, FormName.role: .roleMissing,
          ])
      ),
    ]
  }

  private static func signUp(_ frame: PageFrame) -> [(name: String, page: any Page)] {
    [
      ("sign-up", SignUpPage(frame: frame, continueTo: "/oauth/authorize?x=1", minimumPassword: 15)),
      (
        "sign-up-problems",
        SignUpPage(
          frame: frame, entry: .init(email: hostile, givenName: hostileCluster, familyName: long, language: "ru", country: "XX"),
          minimumPassword: 15,
          problems: [
            FormName.email: .emailMalformed, FormName.password: .passwordFromContext, FormName.givenName: .tooLong(100),
          ], delay: .busy)
      ),
      ("sign-up-throttled", SignUpPage(frame: frame, minimumPassword: 15, delay: .throttled(.minutes(4)))),
      ("check-mail", CheckMailPage(frame: frame, email: hostile, hours: 24)),
      (
        "check-mail-on-the-way",
        CheckMailPage(
          frame: frame, email: long, hours: 24, signUp: "/sign-up?continue=%2Foauth%2Fauthorize%3Fx%3D1",
          signIn: "/oauth/authorize?x=1")
      ),
      ("confirm-address", ConfirmAddressPage(frame: frame, email: "ada@example.org")),
      (
        "confirm-address-wrong",
        ConfirmAddressPage(frame: frame, email: hostile, problems: [FormName.password: .signUpPasswordWrong])
      ),
      ("confirm-address-throttled", ConfirmAddressPage(frame: frame, email: hostile, delay: .throttled(.seconds(20)))),
      ("confirm-address-busy", ConfirmAddressPage(frame: frame, email: hostile, delay: .busy)),
    ]
  }

  private static func ends(_ guest: PageFrame, _ member: PageFrame) -> [(name: String, page: any Page)] {
    let reasons: [LinkEndedPage.Reason] = [.used, .expired, .replaced, .withdrawn, .unknown]
    let links = reasons.flatMap { reason in
      [
        ("link-\(reason)", LinkEndedPage(frame: guest, kind: .invitation, reason: reason) as any Page),
        ("confirmation-\(reason)", LinkEndedPage(frame: guest, kind: .confirmation, reason: reason)),
      ]
    }
    let failures: [ErrorPage.Failure] = [
      .badRequest, .formExpired, .forbidden, .notFound, .methodNotAllowed, .tooLarge, .tooManyRequests(.seconds(20)),
      .unavailable(.seconds(2)), .unavailable(nil), .fault, .unknownApplication, .redirectAddressNotRegistered,
      .accountKindNotAdmitted(application: hostile),
    ]
    let errors = failures.enumerated().map { number, failure in
      ("error-\(number)", ErrorPage(frame: number % 2 == 0 ? guest : member, failure: failure, requestID: "01hx7c9n") as any Page)
    }
    let notApproved = NotApprovedPage(
      frame: guest, application: hostile, host: "orders.example",
      wayBack: "https://orders.example/done?error=access_denied&state=1")
    let problems = ManagementRefusal.Kind.allCases.map { kind in
      ("problem-\(kind.rawValue)", ProblemTypePage(frame: guest, kind: kind) as any Page)
    }
    return (links + errors + [("not-approved", notApproved)] + problems).map { (name: $0.0, page: $0.1) }
  }
}
