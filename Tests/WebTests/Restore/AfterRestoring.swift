internal import AccessControl
internal import Foundation
internal import Identity
internal import Localization
internal import Primitives
internal import Storage
internal import TestKit
internal import Testing

/// A portal whose database is set back to a backup, once with everything ended and once without.
@Suite(.threat("STO6"), .timeLimit(.minutes(2))) struct AfterRestoring {
  @Test func `people sign in again, old tokens are recognized, and codes and refresh tokens of before are refused`() async throws
  {
    let world = try await TestWorld.make(on: .sqlite)
    let server = try await RunningServer.start(world)
    let contoso = try await world.organization()
    try await world.member(of: contoso, roles: [.accountViewer])
    let orders = try await server.application("Orders")
    let browser = server.browser()
    try await browser.signIn("ada@contoso.test")
    func code(_ browser: TestBrowser, _ orders: TestApplication) async throws -> String {
      let arrived = try await browser.open(orders.authorizationPath(), following: false)
      return try #require(orders.returned(arrived.nextAddress)?.first("code"))
    }
    let usedBefore = try await code(browser, orders)
    let tokens = try await orders.redeem(usedBefore).json()
    let refresh = try #require(tokens["refresh_token"]?.stringValue)
    let access = try #require(tokens["access_token"]?.stringValue)
    let usedAfter = try await code(browser, orders)

    let keys = try await server.client.get("/oauth/jwks").text
    let copy = try world.store.folder.path + "/backup"
    try SQLiteBackup.make(of: world.store.folder.databasePath, at: copy)
    #expect(try await orders.redeem(usedAfter).status == 200)
    #expect(try await orders.refresh(refresh).status == 200)
    // Of this sign-in the backup knows nothing.
    let later = server.browser()
    try await later.signIn("ada@contoso.test")
    let unknown = try #require(try await orders.redeem(try await code(later, orders)).json()["access_token"]?.stringValue)

    for kept in [EndAfterRestore.Kept(), .sessions] {
      let restored = try await Restored(world, from: copy, keeping: kept)
      let server = try await RunningServer.start(world, over: restored.env)
      let orders = TestApplication(orders.registered, secret: orders.secret, client: server.client)
      let isKept = kept.contains(.sessions)
      // The signature of before is known in any case; whether the grant behind it lives is another question, also in the second of the restore.
      #expect(try await server.client.get("/oauth/jwks").text == keys)
      for token in [access, unknown] { #expect(try await orders.introspect(token)["active"] == .bool(isKept)) }
      #expect(try await orders.redeem(usedAfter).json()["error"] == "invalid_grant")
      if !isKept {
        #expect(try await orders.refresh(refresh).json()["error"] == "invalid_grant")
      }
      #expect(try await orders.redeem(usedBefore).json()["error"] == "invalid_grant")
      // The commands return when that second is over.
      world.clock.advance(by: .seconds(1))
      let newcomer = server.browser()
      #expect(try await newcomer.signIn("ada@contoso.test").address == "/dashboard")
      let fresh = try #require(try await orders.redeem(try await code(newcomer, orders)).json()["access_token"]?.stringValue)
      #expect(try await orders.introspect(fresh)["active"] == true)
    }
  }

  @Test func `links of before are dead and can be sent again, unless they are kept`() async throws {
    let world = try await TestWorld.make(on: .sqlite)
    let contoso = try await world.organization()
    let ada = try await world.member(of: contoso, roles: [.accountAdministrator])
    _ = try await InviteMember()(
      InviteMember.Request(
        email: EmailAddress(stored: "eve@contoso.test"), name: PersonName(storedFirst: "Eve", last: "Moss"), language: .english,
        country: nil, roles: [.accountViewer]), to: contoso.id, world.occasion(as: ada), env: world.env)
    let link = try await world.newestLink(to: "eve@contoso.test")
    let copy = try world.store.folder.path + "/backup"
    try SQLiteBackup.make(of: world.store.folder.databasePath, at: copy)
    let kept = try await Restored(world, from: copy, keeping: .links)
    #expect(try await kept.store.read { try $0.invitationLink(link.digest)?.state } == .live)
    let restored = try await Restored(world, from: copy, keeping: [])
    #expect(restored.ended.invitationLinks == 1)
    #expect(try await restored.store.read { try $0.invitationLink(link.digest)?.state } == .replaced)
    let waiting = try await restored.store.read { tx in
      try tx.invitations(organization: contoso.id, state: .pending, PageRequest()).items.count
    }
    #expect(waiting == 1)
    let told = try await restored.store.wholeAudit(sealing: world.env.keys).filter {
      $0.event == AuditEvent.databaseRestored.rawValue
    }
    #expect(told.map { $0.details?["invitation_links_ended"] } == [1])
  }

  @Test func `the replaced database tells which doors the backup opens again`() async throws {
    let world = try await TestWorld.make(on: .sqlite)
    let contoso = try await world.organization()
    let ada = try await world.member(of: contoso, roles: [.accountAdministrator])
    let eve = try await world.member(of: contoso, "eve@contoso.test", roles: [.accountViewer])
    try await SealAudit()(env: world.env)
    let reached = try await world.store.read { try $0.auditHead() }
    try await SuspendAccount()(eve.id, in: contoso.id, world.occasion(as: ada), env: world.env)
    let since = try await AuditSince.read(world.store, after: reached.position)
    #expect(since.closing.map(\.event) == ["account.suspended"] && since.closing.first?.object == eve.id.auditName)
    try await SealAudit()(env: world.env)
    #expect(try await AuditSince.read(world.store, after: reached.position, page: 1).counts == since.counts)
  }
}

/// A world's people and keys over a store that was set back.
private struct Restored {
  let store: SQLiteStore
  let env: Identity.Environment
  let ended: EndAfterRestore.Ended

  init(_ world: TestWorld, from copy: String, keeping kept: EndAfterRestore.Kept) async throws {
    let path = try "\(world.store.folder.path)/restored-\(kept.rawValue)"
    _ = try SQLiteBackup.copy(copy, to: path)
    let policy = PolicySnapshot(keys: world.env.keys, seededBy: SystemRandomness())
    store = try Storage.open(path: path, observer: policy, options: StorageOptions(now: { [clock = world.clock] in clock.now() }))
    ended = try await EndAfterRestore()(keeping: kept, world.command, store: store)
    try await store.loadPolicy()
    let own = world.env
    env = Environment(
      clock: own.clock, randomness: own.randomness, store: store, policy: policy, keys: own.keys, passwords: own.passwords,
      settings: own.settings, audit: own.audit)
  }
}
