internal import AccessControl
internal import Foundation
internal import Identity
internal import Primitives
internal import Storage
internal import TestKit
internal import Testing

@testable internal import Server

/// An upgrade as docs/deployment.md tells it, and the way back, from the program of the commit before this one (`deploy/previous`).
@Suite(.timeLimit(.minutes(5)), .threat("STO9"), .enabled(if: PreviousProgram.isWanted, PreviousProgram.whyNot))
struct UpgradingFromThePreviousVersion {
  @Test func `both serve side by side on the new schema, each takes up what the other wrote, and the old one starts anew on it`()
    async throws
  {
    let database = try await TemporaryDatabase()
    try await inTemporaryFolder { folder in
      let program = try PreviousProgram.path
      let (old, world) = try await PreviousWorld.start(["--database", database.text], by: program, in: folder)
      let way = WayBack(from: try await schema(of: database))
      if !way.servesSideBySide { try await stop(old) }
      let new = try await world.serve(["--database", database.text, "--data-folder", "data-of-the-new"])
      if way.servesSideBySide {
        try await world.exchange(old, new)
        try await world.exchange(new, old)
        try await stop(old)
      } else {
        try await world.exchange(new, new)
      }
      try await returnToTheOld(way, world, ["--database", database.text], by: program, beside: new) {
        try await database.server.dump(database.name)
      }
      try await stop(new)
    }
  }

  @Test func `a file of the old version is taken over, and the old one goes on with it or says that it cannot`() async throws {
    try await inTemporaryFolder { folder in
      let program = try PreviousProgram.path
      let (old, world) = try await PreviousWorld.start(by: program, in: folder)
      let path = folder + "/data/usher.sqlite"
      let reached = try await schema(ofFile: path)
      try await stop(old)
      let new = try await world.serve()
      try await world.exchange(new, new)
      try await stop(new)
      try await returnToTheOld(WayBack(from: reached), world, by: program) { FileManager.default.contents(atPath: path) }
    }
  }

  @Test func `on a schema that is not for it the old version starts no more and changes nothing, on one that is it does`()
    async throws
  {
    let database = try await TemporaryDatabase()
    try await inTemporaryFolder { folder in
      let program = try PreviousProgram.path
      let arguments = ["migrate", "--database", database.text]
      let run = { try await CommandLineRun.program(program, arguments, environment: [:], in: folder) }
      #expect(try await run().status == 0)
      let reached = try await schema(of: database)
      #expect(try await CommandLineRun.usher(arguments, in: folder).status == 0)
      let next = Migration.newest + 1
      try await database.server.run(
        "INSERT INTO schema_migrations (number, name, applied_at, serves_from) VALUES (\(next), 'contracted', 0, \(next))",
        in: database.name)
      let before = try await database.server.dump(database.name)
      let refused = try await run()
      #expect(refused.status != 0 && refused.errors.contains("newer version of Usher"), "\(refused.errors)")
      #expect(try await database.server.dump(database.name) == before)
      guard WayBack(from: reached).startsAnew else { return }
      try await database.server.run(
        "UPDATE schema_migrations SET serves_from = \(reached) WHERE number = \(next)", in: database.name)
      #expect(try await run().status == 0)
    }
  }

  /// - Parameter contents: of the database, to be compared.
  private func returnToTheOld(
    _ way: WayBack, _ world: PreviousWorld, _ arguments: [String] = [], by program: String, beside new: RunningUsher? = nil,
    contents: () async throws -> some Equatable
  ) async throws {
    if way.startsAnew {
      let old = try await world.serve(arguments, by: program)
      try await world.exchange(new ?? old, old)
      try await stop(old)
    } else {
      if let new { try await stop(new) }
      let before = try await contents()
      let refusal = await #expect(throws: RunningUsher.DidNotServe.self) { try await world.serve(arguments, by: program) }
      #expect(refusal?.errors.contains("newer version of Usher") == true)
      #expect(try await contents() == before)
    }
  }

  private func stop(_ usher: RunningUsher) async throws {
    usher.tellToStop()
    #expect(await usher.ended() == 0)
  }

  private func schema(of database: TemporaryDatabase) async throws -> Int64 {
    try #require(Int64(try await database.server.run("SELECT max(number) FROM schema_migrations", in: database.name)))
  }

  private func schema(ofFile path: String) async throws -> Int64 {
    let store = try Storage.open(path: path, options: StorageOptions(now: SystemClock.now))
    defer { try? store.close() }
    return try await store.lend(.reading) { connection in
      try connection.rows("SELECT MAX(number) FROM schema_migrations", []) { try $0.integer(0) }.first ?? 0
    }
  }
}

/// What the migrations since an older version promise to its program.
private struct WayBack {
  let reached: Int64

  init(from reached: Int64) { self.reached = reached }

  var servesSideBySide: Bool { Migration.all.allSatisfy { $0.number <= reached || $0.servesFrom <= reached } }
  /// A program that did not know yet that a newer schema may be for it (decided with migration 10) starts on none.
  var startsAnew: Bool { reached == Migration.newest || (reached >= 10 && servesSideBySide) }
}

/// The program of an earlier commit, as `USHER_TEST_PREVIOUS` names it.
private enum PreviousProgram {
  private static var named: String? {
    ProcessInfo.processInfo.environment["USHER_TEST_PREVIOUS"].flatMap { $0.isEmpty ? nil : $0 }
  }

  static var isWanted: Bool { named != nil || ProcessInfo.processInfo.environment["CI"] != nil }
  static let whyNot: Comment = "this takes the program of the commit before: USHER_TEST_PREVIOUS=$(deploy/previous)"

  static var path: String {
    get throws {
      guard let named else { throw TestWorld.Missing(what: "USHER_TEST_PREVIOUS, which deploy/previous prints") }
      return named
    }
  }
}

/// The sample, made by an older program, and what people, services and operators do in it.
private struct PreviousWorld {
  let folder: String
  let document: SampleDocument
  private let administered: SampleDocument.Person
  private let organization: String

  static func start(_ arguments: [String] = [], by program: String, in folder: String) async throws -> (
    RunningUsher, PreviousWorld
  ) {
    let usher = try await RunningUsher.start(["--sample"] + arguments, by: program, in: folder)
    let file = try SmallFile.read(folder + "/data/sample.json", maximumBytes: 100_000)
    let document = try #require(SampleDocument(json: try JSON.parse(file.bytes)))
    let viewer = try #require(document.members.first { $0.roles == ["account-viewer"] })
    return (
      usher,
      PreviousWorld(folder: folder, document: document, administered: viewer, organization: try #require(viewer.organization))
    )
  }

  /// One more instance of the installation, by this version's program or by another.
  func serve(_ arguments: [String] = [], by program: String? = nil) async throws -> RunningUsher {
    try await RunningUsher.start(["--public-address", document.issuer] + arguments, by: program, in: folder)
  }

  /// Everything that one instance may begin and another go on with.
  func exchange(_ one: RunningUsher, _ other: RunningUsher) async throws {
    let person = try await signIn(one, other)
    let (here, there) = (client(one), client(other))
    let manage = try await automation(here).ownToken(scope: "usher:manage", resource: "\(document.issuer)/api/v1")
    let (asksHere, asksThere) = (try service(here), try service(there))
    let decide = try await asksHere.ownToken(scope: "usher:decide")
    let maySeeKeys = { (service: TestApplication) in
      try await service.mayThey(person, "view", "key", organization: organization, token: decide)["decision"]
    }
    #expect(try await maySeeKeys(asksHere) == false)

    let roles = "/organizations/\(organization)/role-assignments"
    let given = try await automation(here).manage(
      "POST", roles, .object(["role": "report-viewer", "account": .string(person)]), token: manage)
    #expect(given.status == 201, "\(given.text)")
    let assignment = try #require(try given.json()["id"]?.stringValue)
    #expect(try await automation(there).manage("GET", "\(roles)/\(assignment)", token: manage).status == 200)
    while try await maySeeKeys(asksThere) != true { await Task.yield() }
    #expect(try await automation(there).manage("DELETE", "\(roles)/\(assignment)", token: manage).status == 204)
    while try await maySeeKeys(asksHere) != false { await Task.yield() }
  }

  /// A member signs in at one instance and is known to the other; a service redeems the code of the one at the other, and so on.
  ///
  /// - Returns: the member's id.
  private func signIn(_ one: RunningUsher, _ other: RunningUsher) async throws -> String {
    let origin = try #require(Origin(document.issuer))
    let browser = TestBrowser(client: client(one), origin: origin)
    #expect(try await browser.signIn(administered.email, password: administered.password).address == "/dashboard")
    let (here, there) = (try service(client(one)), try service(client(other)))
    let same = TestBrowser(client: client(other), origin: origin)
    same.send(header: "Cookie", browser.cookieHeader)
    let arrived = try await same.open(here.authorizationPath(scope: "openid offline_access"), following: false)
    let code = try #require(here.returned(arrived.nextAddress)?.first("code"), "\(arrived.status) \(arrived.text)")
    let tokens = try await here.redeem(code).json()
    let token = try #require(tokens["access_token"]?.stringValue)
    let known = try await there.introspect(token)
    #expect(known["active"] == true)
    let refreshed = try await there.refresh(try #require(tokens["refresh_token"]?.stringValue))
    #expect(refreshed.status == 200, "\(refreshed.text)")
    let renewed = try #require(try refreshed.json()["access_token"]?.stringValue)
    #expect(try await here.introspect(renewed)["active"] == true)
    return try #require(known["sub"]?.stringValue)
  }

  /// Every instance answers for the public address.
  private func client(_ usher: RunningUsher) -> HTTPClient {
    HTTPClient(port: usher.port, host: String(document.issuer.dropFirst("http://".count)))
  }

  private func service(_ client: HTTPClient) throws -> TestApplication {
    application(try #require(document.application(SampleWorld.ordersName)), client)
  }

  private func automation(_ client: HTTPClient) -> TestApplication { application(document.automation, client) }

  private func application(_ known: SampleDocument.Application, _ client: HTTPClient) -> TestApplication {
    TestApplication(
      Identity.Application(
        id: ApplicationID(trusted: known.id), name: known.name, authentication: .basic, grantTypes: [],
        redirectURIs: known.redirectURIs, scopes: [], createdAt: SystemClock.now()),
      secret: known.secret.map { SecretToken(presented: $0) }, client: client)
  }
}
