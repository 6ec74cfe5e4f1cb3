internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives

/// Makes the guide's world in an empty database, by the same use cases everybody else goes through: an operator, Contoso with its agreement
/// and six members, a partner, a private person, two services, and an invitation that waits.
struct SampleWorld: Sendable {
  let env: Environment
  /// Where the two sample services will be: `http://127.0.0.1:8081`.
  let orders: String
  let reports: String
  let mailFolder: String

  static let ordersName = "Contoso Orders"
  static let reportsName = "Contoso Reports"
  static let reportsAPIName = "Contoso Reports API"

  /// Something the sample relied on did not come about.
  struct Missing: Error {
    let what: String
  }

  func make() async throws -> SampleDocument {
    let (operatorPerson, operatorActor) = try await makeOperator()
    let partner = try await makePartner(operatorActor)
    let contoso = try await makeContoso(operatorActor, partner: partner.organization)
    var members = [contoso.administrator]
    for colleague in Self.colleagues {
      members.append(try await inviteAndAccept(colleague, to: contoso.organization, by: contoso.actor))
    }
    let applications = try await makeApplications(operatorActor)
    let personal = try await makePersonalAccount()
    let invitation = try await inviteSomebodyWhoWaits(contoso)
    return SampleDocument(
      issuer: env.settings.publicAddress, operator: operatorPerson, automation: applications.automation, members: members,
      partner: partner.person, personal: personal, applications: applications.services, invitation: invitation, mail: mailFolder)
  }

  // MARK: people

  private struct Colleague {
    let first: String
    let last: String
    let email: String
    let language: Language
    let role: RoleID
  }

  private static let colleagues = [
    Colleague(first: "Uma", last: "Rao", email: "uma.rao@contoso.example", language: .english, role: .userAdministrator),
    Colleague(
      first: "Greta", last: "Lind", email: "greta.lind@contoso.example", language: .english, role: .agreementAdministrator),
    Colleague(first: "Maxim", last: "Orlov", email: "maxim.orlov@contoso.example", language: .russian, role: .accountManager),
    Colleague(first: "Rosa", last: "Silva", email: "rosa.silva@contoso.example", language: .english, role: .reportViewer),
    Colleague(first: "Victor", last: "Hale", email: "victor.hale@contoso.example", language: .english, role: .accountViewer),
  ]

  private func makeOperator() async throws -> (SampleDocument.Person, Actor) {
    guard let name = PersonName(first: "Olga", last: "Brandt"), let email = EmailAddress("olga.brandt@portal.example") else {
      throw Missing(what: "the operator's name")
    }
    let created = try await CreateOperator()(email: email, name: name, language: .english, occasion(command), env: env)
    let (password, session) = try await accept(created.link)
    return (
      SampleDocument.Person(email: email.text, password: password, roles: [RoleID.operator.text], organization: nil),
      actor(session)
    )
  }

  private func makePartner(_ operatorActor: Actor) async throws -> (person: SampleDocument.Person, organization: Organization) {
    let organization = try await RegisterOrganization()(.partner, name: "Northwind Partners", occasion(operatorActor), env: env)
    let pavel = Colleague(
      first: "Pavel", last: "Novak", email: "pavel.novak@northwind.example", language: .english, role: .partnerAdministrator)
    return (try await inviteAndAccept(pavel, to: organization, by: operatorActor), organization)
  }

  private struct Contoso {
    let organization: Organization
    let administrator: SampleDocument.Person
    let actor: Actor
  }

  private func makeContoso(_ operatorActor: Actor, partner: Organization) async throws -> Contoso {
    guard let name = PersonName(first: "Ada", last: "Keller"), let email = EmailAddress("ada.keller@contoso.example") else {
      throw Missing(what: "the administrator's name")
    }
    let registered = try await RegisterAgreement()(
      RegisterAgreement.Request(
        number: "AG-2026-0001", party: .new(name: "Contoso"), purchasingAccounts: ["PA-480-100"],
        administrator: DesignatedAdministrator(name: name, email: email), language: .english, country: CountryCode("DE"),
        partner: partner.id),
      occasion(operatorActor), env: env)
    let (password, session) = try await accept(try await link(to: email))
    return Contoso(
      organization: registered.organization,
      administrator: SampleDocument.Person(
        email: email.text, password: password, roles: [RoleID.accountAdministrator.text],
        organization: registered.organization.id.text),
      actor: actor(session))
  }

  private func inviteAndAccept(
    _ colleague: Colleague, to organization: Organization, by inviter: Actor
  ) async throws -> SampleDocument.Person {
    let email = try await invite(colleague, to: organization, by: inviter)
    let (password, _) = try await accept(try await link(to: email))
    return SampleDocument.Person(
      email: email.text, password: password, roles: [colleague.role.text], organization: organization.id.text)
  }

  private func invite(_ colleague: Colleague, to organization: Organization, by inviter: Actor) async throws -> EmailAddress {
    guard let name = PersonName(first: colleague.first, last: colleague.last), let email = EmailAddress(colleague.email) else {
      throw Missing(what: "a colleague's name")
    }
    _ = try await InviteMember()(
      InviteMember.Request(email: email, name: name, language: colleague.language, country: nil, roles: [colleague.role]),
      to: organization.id, occasion(inviter), env: env)
    return email
  }

  private func inviteSomebodyWhoWaits(_ contoso: Contoso) async throws -> String {
    let newcomer = Colleague(
      first: "Nadia", last: "Petrova", email: "nadia.petrova@contoso.example", language: .russian, role: .accountViewer)
    return try await link(to: try await invite(newcomer, to: contoso.organization, by: contoso.actor))
  }

  private func makePersonalAccount() async throws -> SampleDocument.Person {
    // The same address as a member's, on purpose: the two accounts never meet.
    guard let name = PersonName(first: "Victor", last: "Hale"), let email = EmailAddress("victor.hale@contoso.example") else {
      throw Missing(what: "the private person's name")
    }
    let password = newPassword()
    try await SignUp()(
      SignUp.Request(email: email, name: name, language: .english, country: nil), password: Password(password), occasion(nobody),
      env: env)
    let session = try await ConfirmAddress()(
      secret(in: try await link(to: email)), password: Password(password), after: nil, browser: browser, occasion(nobody),
      env: env
    ).session
    try await EndSession()(session.session, occasion(actor(session)), env: env)
    return SampleDocument.Person(email: email.text, password: password, roles: [], organization: nil)
  }

  // MARK: steps

  private var command: Actor { Actor(.command("serve --sample"), address: nil, requestID: nil) }
  private var nobody: Actor { Actor(.anonymous, address: nil, requestID: nil) }
  private var browser: Browser { Browser(userAgent: "usher serve --sample", device: nil) }

  private func occasion(_ actor: Actor) -> Occasion { env.occasion(of: actor) }

  private func actor(_ session: StartedSession) -> Actor { command.recognized(as: .account(session.account.id, via: nil)) }

  private func accept(_ link: String) async throws -> (password: String, session: StartedSession) {
    let password = newPassword()
    let session = try await AcceptInvitation()(
      secret(in: link), password: Password(password), after: nil, browser: browser, occasion(nobody), env: env)
    // Nobody sits at that browser: the list of one's sessions shows one's own.
    try await EndSession()(session.session, occasion(actor(session)), env: env)
    return (password, session)
  }

  private func secret(in link: String) -> SecretToken {
    SecretToken(presented: link.split(separator: "/").last.map(String.init) ?? "")
  }

  /// The link in the newest letter to the mailbox. The letters stay where they are: they are delivered once the server runs.
  private func link(to email: EmailAddress) async throws -> String {
    let now = env.clock()
    let due = try await env.store.write { tx in
      try tx.takeDueLetters(at: now, heldBy: InstanceName(trusted: "sample"), until: now, limit: 1_000)
    }
    let newest = due.filter { $0.recipient == email }.max { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    guard let newest else { throw Missing(what: "a letter") }
    switch try LetterContent(opening: newest, with: env.keys.outbox) {
    case .agreementInvitation(_, _, let link, _), .memberInvitation(_, _, let link, _), .confirmAddress(let link, _): return link
    default: throw Missing(what: "a letter with a link")
    }
  }

  /// Twenty random signs in four groups: 100 bits, and possible to type.
  private func newPassword() -> String {
    let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")
    // Rejection keeps every sign equally likely.
    var signs: [Character] = []
    while signs.count < 20 {
      for byte in env.randomness.bytes(32) where Int(byte) < 256 / alphabet.count * alphabet.count && signs.count < 20 {
        signs.append(alphabet[Int(byte) % alphabet.count])
      }
    }
    return stride(from: 0, to: 20, by: 5).map { String(signs[$0..<($0 + 5)]) }.joined(separator: "-")
  }
}
