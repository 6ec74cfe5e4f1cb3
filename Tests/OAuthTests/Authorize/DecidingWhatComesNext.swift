import AccessControl
import Identity
import OAuth
import Primitives
import TestKit
import Testing
import Wire

/// The whole of single sign-on as one table: what is asked, who is signed in, what comes next.
@Suite(.rule("OpenID Connect Core §3.1.2.3"))
struct DecidingWhatComesNext {
  static let contoso = OrganizationID(trusted: "contoso")
  static let fabrikam = OrganizationID(trusted: "fabrikam")
  static let elsewhere = OrganizationID(trusted: "elsewhere")
  static let ada = AccountID(trusted: "ada")
  static let start = Timestamp(seconds: 1_772_442_000)

  struct Case: Sendable, CustomTestStringConvertible {
    let says: String
    let parameters: [(name: String, value: String)]
    let admits: Application.Admission
    let person: SignedInPerson?
    let next: Interaction
    var testDescription: String { says }

    init(
      _ says: String, asking parameters: [(name: String, value: String)] = [], admits: Application.Admission = .work,
      _ person: SignedInPerson?,
      _ next: Interaction
    ) {
      self.says = says
      self.parameters = parameters
      self.admits = admits
      self.person = person
      self.next = next
    }
  }

  static func work(signedInAgo age: Duration = .zero, in organizations: Set<OrganizationID> = [contoso, fabrikam])
    -> SignedInPerson
  {
    SignedInPerson(account: ada, kind: .work, authenticatedAt: start - age, home: contoso, organizations: organizations)
  }

  static let personal = SignedInPerson(account: ada, kind: .personal, authenticatedAt: start, home: nil, organizations: [])

  static func respond(_ organization: OrganizationID?, _ kind: Account.KindName = .work) -> Interaction {
    .respond(Approval(account: ada, kind: kind, organization: organization))
  }

  static let cases: [Case] = [
    Case("nobody is signed in", nil, .signIn(kinds: [.work], reason: .notSignedIn)),
    Case("nobody, and both kinds are admitted", admits: .both, nil, .signIn(kinds: [.work, .personal], reason: .notSignedIn)),
    Case("nobody, and nothing may be shown", asking: [("prompt", "none")], nil, .refuse(.loginRequired)),
    Case("a member is signed in", work(), respond(contoso)),
    Case("a member, nothing may be shown", asking: [("prompt", "none")], work(), respond(contoso)),
    Case("a guest names the other organization", asking: [("organization", "fabrikam")], work(), respond(fabrikam)),
    Case("a stranger names an organization", asking: [("organization", "elsewhere")], work(), .refuse(.accessDenied)),
    Case("a membership at home that does not count any more", work(in: [fabrikam]), .refuse(.accessDenied)),
    Case("a personal account where only work is admitted", personal, .signIn(kinds: [.work], reason: .otherKind)),
    Case("the same, and nothing may be shown", asking: [("prompt", "none")], personal, .refuse(.loginRequired)),
    Case("a personal account where it is admitted", admits: .both, personal, respond(nil, .personal)),
    Case(
      "a work account where only personal is admitted", admits: .personal, work(), .signIn(kinds: [.personal], reason: .otherKind)
    ),
    Case(
      "an organization is named: a personal account does not serve", asking: [("organization", "contoso")], admits: .both,
      personal,
      .signIn(kinds: [.work], reason: .otherKind)),
    Case("a new proof is wanted", asking: [("prompt", "login")], work(), .signIn(kinds: [.work], reason: .proveAgain)),
    Case(
      "the choice of an account is wanted", asking: [("prompt", "select_account")], work(),
      .signIn(kinds: [.work], reason: .proveAgain)),
    Case("consent is wanted of a trusted application", asking: [("prompt", "consent")], work(), respond(contoso)),
    Case("a prompt nobody knows", asking: [("prompt", "dance")], work(), respond(contoso)),
    Case("a sign-in exactly as old as it may be", asking: [("max_age", "60")], work(signedInAgo: .seconds(60)), respond(contoso)),
    Case(
      "a sign-in older than it may be", asking: [("max_age", "60")], work(signedInAgo: .seconds(60) + .microseconds(1)),
      .signIn(kinds: [.work], reason: .proveAgain)),
    Case(
      "an old sign-in, and nothing may be shown", asking: [("max_age", "60"), ("prompt", "none")],
      work(signedInAgo: .seconds(61)),
      .refuse(.loginRequired)),
    Case(
      "an age of zero is a wish for a new proof", asking: [("max_age", "0")], work(), .signIn(kinds: [.work], reason: .proveAgain)
    ),
  ]

  @Test(arguments: cases) func `what comes next follows from the request and who is signed in`(_ row: Case) async throws {
    let portal = try await PortalWithAnApplication.make { $0.admits = row.admits }
    let fields = FormFields(portal.request().pairs + row.parameters)
    let endpoint = Authorize(portal.env)
    let trusted = try endpoint.identify(AuthorizationParameters(fields))
    let request = try endpoint.validate(trusted, portal.browser, at: Self.start)
    #expect(Authorize.decide(request, row.person, at: Self.start) == row.next)
  }

  @Test func `tokens for an organization's own application name that organization and no other`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let fabrikam = try await portal.world.organization(name: "Fabrikam")
    var own = portal.application
    own.owner = fabrikam.id
    let owned = own
    _ = try await portal.world.store.write { tx in try tx.update(owned) }
    #expect(try await portal.answer(portal.request(), as: portal.session).first("error") == "access_denied")
    #expect(
      try await portal.answer(portal.request(["organization": portal.contoso.id.text]), as: portal.session).first("error")
        == "access_denied")
    try await portal.world.join(portal.ada, fabrikam, roles: [.reportViewer])
    let token = try claims(of: try await portal.tokens().accessToken)
    #expect(token["organization"]?.stringValue == fabrikam.id.text)
    #expect(token["roles"] == ["report-viewer"])
  }

  @Test func `a suspended person, organization or membership is as good as none`() async throws {
    let portal = try await PortalWithAnApplication.make()
    let guest = try await portal.world.organization(name: "Fabrikam")
    try await portal.world.join(portal.ada, guest, roles: [])
    try await portal.world.store.write { tx in
      guard var membership = try tx.membership(portal.ada.id, in: guest.id) else { return }
      membership.state = .suspended
      _ = try tx.update(membership)
    }
    #expect(
      try await portal.answer(portal.request(["organization": guest.id.text]), as: portal.session).first("error")
        == "access_denied")
    try await portal.world.store.write { tx in
      var ada = portal.ada
      ada.state = .suspended
      _ = try tx.update(ada)
    }
    guard case .signIn = try await portal.authorize(portal.request(), as: portal.session) else {
      Issue.record("a suspended person was answered for")
      return
    }
  }
}
