import AccessControl
import Identity
import Primitives
import TestKit
import Testing

struct RegisteringAnApplication {
  private static func details() -> ApplicationDetails {
    var details = ApplicationDetails(name: "Orders", authentication: .basic, grantTypes: [.authorizationCode, .refreshToken])
    details.redirectURIs = ["https://orders.test/signed-in"]
    details.scopes = ["openid", "orders:read"]
    details.audiences = ["https://orders.test/api"]
    details.defaultAudience = "https://orders.test/api"
    return details
  }

  private func flaws(_ details: ApplicationDetails, owner: OrganizationID? = nil, in world: TestWorld) async throws -> [String] {
    do {
      _ = try await RegisterApplication()(details, owner: owner, world.command, env: world.env)
      return []
    } catch RegisterApplication.Refusal.flawed(let flaws) {
      return flaws.map { "\($0.field.rawValue) \($0.code)" }
    }
  }

  @Test(.threat("CLI3")) func `the secret is shown once and stored as a digest`() async throws {
    let world = try await TestWorld.make()
    let registered = try await RegisterApplication()(Self.details(), owner: nil, world.command, env: world.env)
    let secret = try #require(registered.secret)
    let stored = try #require(try await world.store.read { tx in try tx.application(registered.application.id) })
    #expect(stored.secrets.map(\.digest) == [secret.digest])
    #expect(!"\(stored)".contains(secret.reveal()))
    #expect(world.env.policy.application(stored.id) == stored)
    #expect(try await world.audit(.applicationRegistered).count == 1)
  }

  @Test func `a public application has no secret`() async throws {
    let world = try await TestWorld.make()
    var details = Self.details()
    details.authentication = .none
    let registered = try await RegisterApplication()(details, owner: nil, world.command, env: world.env)
    #expect(registered.secret == nil)
    await #expect(throws: MakeApplicationSecret.Refusal.publicApplication) {
      try await MakeApplicationSecret()(registered.application.id, world.command, env: world.env)
    }
  }

  @Test func `every flaw is told at once, with its field`() async throws {
    let world = try await TestWorld.make()
    var details = Self.details()
    details.name = " "
    details.authentication = .none
    details.grantTypes = [.clientCredentials, .refreshToken]
    details.redirectURIs = ["http://orders.test/"]
    details.scopes = ["two words", "openid"]
    details.audiences = ["orders", "https://usher.test/api/v1"]
    details.defaultAudience = "https://other.test/"
    details.introspectsForAll = true
    details.startURL = "javascript:alert(1)"
    #expect(
      Set(try await flaws(details, in: world)) == [
        "name malformed", "grantTypes refresh_needs_code", "grantTypes needs_secret", "redirectURIs scheme_not_allowed",
        "scopes malformed",
        "audiences malformed", "audiences reserved", "defaultAudience not_listed", "introspectsForAll needs_secret",
        "startURL scheme_not_allowed",
      ])
    var codeOnly = Self.details()
    codeOnly.redirectURIs = []
    codeOnly.scopes = ["usher:everything"]
    #expect(Set(try await flaws(codeOnly, in: world)) == ["redirectURIs required", "scopes reserved"])
  }

  @Test(arguments: [(20, false), (21, true)]) func `lists have at most twenty elements`(_ count: Int, _ isRefused: Bool)
    async throws
  {
    let world = try await TestWorld.make()
    var details = Self.details()
    details.redirectURIs = (1...count).map { "https://orders.test/\($0)" }
    #expect(try await flaws(details, in: world) == (isRefused ? ["redirectURIs too_many"] : []))
  }

  @Test func `an audience has one application, and one can only ask for audiences that exist`() async throws {
    let world = try await TestWorld.make()
    _ = try await RegisterApplication()(Self.details(), owner: nil, world.command, env: world.env)
    #expect(try await flaws(Self.details(), in: world) == ["audiences taken"])
    var asking = Self.details()
    asking.audiences = []
    asking.requestableAudiences = ["https://orders.test/api", "https://nobody.test/"]
    #expect(try await flaws(asking, in: world) == ["requestableAudiences unknown"])
  }

  @Test(.threat("ROL4")) func `who may not manage applications registers none, and the attempt is recorded`() async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let viewer = try await world.member(of: contoso, roles: [.reportViewer])
    for owner in [contoso.id, nil] {
      await #expect(throws: AccessDenied.self) {
        try await RegisterApplication()(Self.details(), owner: owner, world.occasion(as: viewer), env: world.env)
      }
    }
    #expect(try await world.audit(.accessDenied).count == 2)
    #expect(try await world.audit(.applicationRegistered).isEmpty)
  }

  @Test func `an organization's administrator registers applications of the organization, but decides nothing about trust`()
    async throws
  {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let administrator = try await world.member(of: contoso, roles: [.accountAdministrator])
    let occasion = world.occasion(as: administrator)
    let changes: [@Sendable (inout ApplicationDetails) -> Void] = [
      { $0.isTrusted = true }, { $0.introspectsForAll = true }, { $0.admits = .both }, { $0.decidesIn = [] },
    ]
    for change in changes {
      var details = Self.details()
      change(&details)
      let wanted = details
      await #expect(throws: AccessDenied.self) {
        try await RegisterApplication()(wanted, owner: contoso.id, occasion, env: world.env)
      }
    }
    let own = try await RegisterApplication()(Self.details(), owner: contoso.id, occasion, env: world.env).application
    #expect(own.owner == contoso.id)
    await #expect(throws: AccessDenied.self) {
      try await ChangeApplication()(own.id, seen: nil, occasion, env: world.env) { $0.isTrusted = true }
    }
    // Once the operator trusts it, where its answers go is no longer the organization's to change.
    _ = try await ChangeApplication()(own.id, seen: nil, world.command, env: world.env) { $0.isTrusted = true }
    await #expect(throws: AccessDenied.self) {
      try await ChangeApplication()(own.id, seen: nil, occasion, env: world.env) { $0.redirectURIs = ["https://evil.test/"] }
    }
    await #expect(throws: AccessDenied.self) {
      try await ChangeApplication()(own.id, seen: nil, occasion, env: world.env) {
        $0.postSignOutRedirectURIs = ["https://evil.test/"]
      }
    }
    let renamed = try await ChangeApplication()(own.id, seen: nil, occasion, env: world.env) { $0.name = "Orders and more" }
    #expect(renamed.isTrusted)
  }

  @Test func `tokens for services of others are not an organization's to hand out`() async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    let administrator = try await world.member(of: contoso, roles: [.accountAdministrator])
    _ = try await RegisterApplication()(Self.details(), owner: nil, world.command, env: world.env)
    var asking = Self.details()
    asking.audiences = []
    asking.requestableAudiences = ["https://orders.test/api"]
    let wanted = asking
    await #expect(throws: AccessDenied.self) {
      try await RegisterApplication()(wanted, owner: contoso.id, world.occasion(as: administrator), env: world.env)
    }
  }
}
