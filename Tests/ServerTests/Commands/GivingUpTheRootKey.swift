internal import AccessControl
internal import Foundation
internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

/// The last resort of keys/README.md: the root key is lost, and there is no backup of it.
@Suite(.threat("KEY3"), .timeLimit(.minutes(5))) struct GivingUpTheRootKey {
  private static let address = "http://127.0.0.1:4444"
  private static let newPassword = "Quiet-Harbour-Lantern-83"

  @Test(arguments: [false, true])
  func `passwords and sessions are gone; people, roles and applications stay, and everybody comes in again by a link`(
    onServer: Bool
  ) async throws {
    let database = onServer ? try await TemporaryDatabase() : nil
    defer { withExtendedLifetime(database) {} }
    try await inTemporaryFolder { folder in
      let installation = try await Installation.make(in: folder, at: database?.text)
      let people = try await addPeople(to: installation)
      let before = try await installation.start(["--public-address", Self.address])
      let browser = try browser(before)
      #expect(try await browser.signIn(Installation.email).address == "/dashboard")
      try await stop(before)
      try FileManager.default.removeItem(atPath: folder + "/keys/root.key")
      await #expect(throws: RunningUsher.DidNotServe.self) { try await installation.start() }

      let unsure = try await giveUp(installation, [])
      #expect(unsure.status != 0 && unsure.errors.contains("--lose-passwords"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/keys/root.key"))
      let done = try await giveUp(installation)
      #expect(done.status == 0, "\(done.errors)")
      #expect(done.output.contains("Gone: 3 passwords, 0 letters, 1 sessions"), "\(done.output)")
      #expect(done.output.contains("Invited to choose a password: 2 people"), "\(done.output)")
      let operatorLink = try #require(done.output.firstMatch(of: /(\S+)  (http\S+)/))
      #expect(String(operatorLink.1) == people.portalMember.text)
      let letter = try await link(in: installation)

      let after = try await installation.start(["--public-address", Self.address])
      let same = try self.browser(after)
      same.send(header: "Cookie", browser.cookieHeader)
      #expect(try await same.open("/dashboard").address != "/dashboard")
      #expect(try await self.browser(after).signIn(Installation.email).address != "/dashboard")

      // Whoever has the link comes in as who they were, with the roles they had.
      let back = try self.browser(after)
      #expect(try await choosePassword(at: letter, back).address == "/dashboard")
      let service = installation.service(of: after)
      let code = try #require(
        service.returned(try await back.open(service.authorizationPath(), following: false).nextAddress)?.first("code"))
      let token = try #require(try await service.redeem(code).json()["access_token"]?.stringValue)
      let told = try claims(of: token)
      #expect(told["sub"]?.stringValue == installation.account.text && told["roles"] == ["account-administrator"])
      #expect(try await choosePassword(at: String(operatorLink.2), self.browser(after)).address == "/dashboard")
      #expect(try await self.browser(after).open(letter).status == 410, "a link is used once")
      #expect(
        try await self.browser(after).signIn(Installation.email, password: Self.newPassword).address == "/dashboard")
      try await stop(after)
      let whole = try await CommandLineRun.usher(["audit", "verify"] + settings(installation), in: folder)
      #expect(whole.status == 0, "\(whole.output) \(whole.errors)")
    }
  }

  @Test func `somebody who signed up by themselves signs up again, and is who they were`() async throws {
    try await inTemporaryFolder { folder in
      let installation = try await Installation.make(in: folder)
      let people = try await addPeople(to: installation)
      try FileManager.default.removeItem(atPath: folder + "/keys/root.key")
      #expect(try await giveUp(installation).status == 0)
      try await installation.withFoundations { foundations in
        let env = foundations.environment
        let nobody = env.occasion(of: Actor(.anonymous, address: nil, requestID: nil))
        let password = Password(Self.newPassword)
        try await SignUp()(
          SignUp.Request(
            email: EmailAddress(stored: "paula@private.test"), name: PersonName(storedFirst: "Paula", last: "Hall"),
            language: .english, country: nil), password: password, nobody, env: env)
        let letters = try await contents(env)
        let link = try #require(letters.compactMap { if case .confirmAddress(let link, _) = $0 { link } else { nil } }.first)
        let confirmed = try await ConfirmAddress()(
          SecretToken(presented: link.split(separator: "/").last.map(String.init) ?? ""), password: password, after: nil,
          browser: Browser(userAgent: "test", device: nil), nobody, env: env)
        #expect(confirmed.session.account.id == people.privatePerson)
      }
    }
  }

  @Test func `with the right key there nothing is lost, and a trail that the key named did not sign is refused`() async throws {
    try await inTemporaryFolder { folder in
      let installation = try await Installation.make(in: folder)
      _ = try await installation.withFoundations { try await SealAudit()(env: $0.environment) }
      let needless = try await giveUp(installation)
      #expect(needless.status == 0 && needless.output.contains("nothing of it is lost"), "\(needless.output)")
      #expect(needless.output.contains("choose a password: 0 people"))
      let key = folder + "/keys/root.key"
      let verified = try await CommandLineRun.usher(["audit", "verify"] + settings(installation), in: folder)
      let auditKey = try #require(verified.output.firstMatch(of: /public key  (\S{43})/)?.1)
      try FileManager.default.moveItem(atPath: key, toPath: folder + "/lost.key")
      let stranger = try MessageSigner(RootKey.make(from: SystemRandomness()), purpose: "audit").verifier()
      let refused = try await giveUp(installation, ["--lose-passwords", "--audit-key", "\(stranger)"])
      #expect(refused.status != 0 && refused.errors.contains("was not signed by that key"), "\(refused.errors)")
      #expect(!FileManager.default.fileExists(atPath: key), "no new key stands in the place of the lost one")
      try FileManager.default.copyItem(atPath: folder + "/lost.key", toPath: key)
      #expect(try await CommandLineRun.usher(["migrate"] + settings(installation), in: folder).status == 0, "untouched")
      try FileManager.default.removeItem(atPath: key)
      let done = try await giveUp(installation, ["--lose-passwords", "--audit-key", String(auditKey)])
      #expect(done.status == 0, "\(done.errors)")
    }
  }

  private struct People {
    let portalMember: AccountID
    let privatePerson: AccountID
  }

  /// An operator of the portal, and somebody who signed up by themselves; the trail is sealed.
  private func addPeople(to installation: Installation) async throws -> People {
    try await installation.withFoundations { foundations in
      let env = foundations.environment
      let occasion = foundations.occasion("test")
      let hash = try await env.passwords.hash(Password(TestWorld.password))
      let portal = try #require(try await env.store.read { try $0.portalOrganization() })
      let portalMember = Account(
        id: occasion.newID(), kind: .work(home: portal.id), email: EmailAddress(stored: "olga@portal.test"),
        name: PersonName(storedFirst: "Olga", last: "Brandt"), language: .english, country: nil, createdAt: occasion.now)
      let privatePerson = Account(
        id: occasion.newID(), kind: .personal, email: EmailAddress(stored: "paula@private.test"),
        name: PersonName(storedFirst: "Paula", last: "Hall"), language: .english, country: nil, createdAt: occasion.now)
      try await env.store.write { tx in
        for account in [portalMember, privatePerson] {
          try tx.insert(account)
          try tx.setPassword(StoredPassword(hash: hash, changedAt: occasion.now), of: account.id)
        }
        try tx.insert(Membership(account: portalMember.id, organization: portal.id, createdAt: occasion.now))
        try tx.seed(
          RoleAssignment(
            id: occasion.newID(), organization: portal.id, holder: .account(portalMember.id), role: .operator,
            grantedBy: "command:test", createdAt: occasion.now))
      }
      return People(portalMember: portalMember.id, privatePerson: privatePerson.id)
    }
  }

  /// Where the one letter of an invitation leads.
  private func link(in installation: Installation) async throws -> String {
    let letters = try await installation.withFoundations { try await contents($0.environment) }
    return try #require(letters.compactMap { if case .memberInvitation(_, _, let link, _) = $0 { link } else { nil } }.first)
      .replacing(/^http:\/\/[^\/]*/, with: "")
  }

  private func contents(_ env: Identity.Environment) async throws -> [LetterContent] {
    let now = env.clock()
    return try await env.store.write { tx in
      try tx.takeDueLetters(at: now, heldBy: InstanceName(trusted: "test"), until: now, limit: 10)
    }.map { try LetterContent(opening: $0, with: env.keys.outbox) }
  }

  private func choosePassword(at link: String, _ browser: TestBrowser) async throws -> BrowserPage {
    let page = try await browser.open(link.replacing(/^http:\/\/[^\/]*/, with: ""))
    return try await browser.submit(
      try #require(page.form(), "\(page.text)"), [("password", Self.newPassword), ("password_again", Self.newPassword)])
  }

  private func giveUp(_ installation: Installation, _ flags: [String] = ["--lose-passwords"]) async throws -> CommandLineRun {
    try await CommandLineRun.usher(
      ["root-key", "give-up"] + flags + settings(installation) + ["--public-address", Self.address], in: installation.folder)
  }

  private func settings(_ installation: Installation) -> [String] {
    ["--data-folder", installation.dataFolder, "--root-key-file", installation.folder + "/keys/root.key"] + installation.database
  }

  private func browser(_ usher: RunningUsher) throws -> TestBrowser {
    TestBrowser(client: usher.client, origin: try #require(Origin(Self.address)))
  }

  private func stop(_ usher: RunningUsher) async throws {
    usher.tellToStop()
    #expect(await usher.ended() == 0)
  }
}
