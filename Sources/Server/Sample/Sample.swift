internal import Hummingbird
internal import Identity
internal import Logging
internal import Primitives
internal import ServiceLifecycle

/// What `serve --sample` adds to a server: the sample world in an empty database, its document, and two small services on the next two ports.
struct Sample: Sendable {
  let document: SampleDocument
  let documentPath: String
  private let sites: [(site: RelyingPartySite, port: Int)]
  private let listening = AsyncStream.makeStream(of: Void.self)

  /// The sample is for looking around on one's own machine: its passwords lie in a file, and its services speak plain HTTP.
  static func check(_ configuration: Configuration) throws {
    let addresses = configuration.addresses
    guard addresses.listen.address.isLoopback, addresses.publicAddress.isLoopback, addresses.publicAddress.scheme == .http else {
      throw StartRefusal("--sample serves this machine only: listen and public_address must be loopback addresses, over http.")
    }
    guard (1...65_533).contains(addresses.listen.port) else {
      throw StartRefusal("--sample needs the two ports after the one it listens on: give listen a port from 1 to 65533.")
    }
    guard configuration.letters.server == nil else {
      throw StartRefusal("--sample writes its letters to mail_folder: leave smtp_host out.")
    }
  }

  /// Makes the world, or finds the one that an earlier start made.
  static func prepare(_ foundations: Foundations) async throws -> Sample {
    let configuration = foundations.configuration
    let path = "\(configuration.storage.dataFolder)/\(SampleDocument.fileName)"
    let ports = (orders: Int(configuration.addresses.listen.port) + 1, reports: Int(configuration.addresses.listen.port) + 2)
    let host = configuration.addresses.publicAddress.host
    let (orders, reports) = ("http://\(host):\(ports.orders)", "http://\(host):\(ports.reports)")
    let document: SampleDocument
    if let earlier = try found(path, issuer: foundations.environment.settings.publicAddress) {
      document = earlier
    } else {
      document = try await make(foundations, path: path, orders: orders, reports: reports)
    }
    return try Sample(document, path: path, orders: orders, reports: reports, ports: ports, environment: foundations.environment)
  }

  private static func found(_ path: String, issuer: String) throws -> SampleDocument? {
    let contents: SmallFile.Contents
    do {
      contents = try SmallFile.read(path, maximumBytes: 256 * 1024)
    } catch SmallFile.Fault.missing {
      return nil
    } catch {
      throw StartRefusal("\(path) cannot be read: \(error).")
    }
    guard let json = try? JSON.parse(contents.bytes), let document = SampleDocument(json: json) else {
      throw StartRefusal("\(path) is not a document of this sample. Take the data folder away to start anew.")
    }
    guard document.issuer == issuer else {
      throw StartRefusal(
        "the sample in this data folder was made for \(document.issuer). Start it there, or give another data_folder.")
    }
    return document
  }

  private static func make(
    _ foundations: Foundations, path: String, orders: String, reports: String
  ) async throws -> SampleDocument {
    let isInhabited = try await foundations.environment.store.read { tx in
      guard let portal = try tx.portalOrganization() else { return false }
      let others = try tx.organizations(PageRequest(limit: 2)).items.contains { $0.id != portal.id }
      // What an empty portal's trail tells is that it was made, whether that is sealed yet or not.
      let told =
        try tx.auditEntries(organization: portal.id, since: nil, after: nil, limit: 2).items.map(\.object)
        + tx.unsealedAudit(behind: tx.auditHead(), limit: 100).filter { $0.organization == portal.id.text }.map(\.object)
      return others || !told.allSatisfy { $0 == portal.id.auditName }
    }
    guard !isInhabited else {
      throw StartRefusal(
        "the database \(foundations.configuration.storage.database) is in use and holds no sample: --sample never writes into one. Give "
          + "another data_folder; or take this one away if an earlier sample did not get to its end.")
    }
    let world = SampleWorld(
      env: foundations.environment, orders: orders, reports: reports,
      mailFolder: SmallFile.absolute(foundations.configuration.letters.folder))
    let document = try await world.make()
    do {
      try SmallFile.make(path, bytes: Array(document.json.text.utf8) + [UInt8(ascii: "\n")])
    } catch {
      throw StartRefusal("\(path) cannot be written: \(error).")
    }
    return document
  }

  private init(
    _ document: SampleDocument, path: String, orders: String, reports: String, ports: (orders: Int, reports: Int),
    environment: Identity.Environment
  ) throws {
    guard let shop = document.application(SampleWorld.ordersName), let reader = document.application(SampleWorld.reportsName),
      let readerAPI = document.application(SampleWorld.reportsAPIName)
    else { throw StartRefusal("\(path) lacks the sample's services. Take the data folder away to start anew.") }
    let ordersClient = RelyingParty.Credentials(id: shop.id, secret: shop.secret)
    let parties = [
      RelyingParty(
        name: SampleWorld.ordersName, tagline: "A web application with a secret of its own.", address: orders,
        issuer: document.issuer,
        client: ordersClient, api: ordersClient, audience: "\(orders)/", neighbour: (SampleWorld.reportsName, reports)),
      RelyingParty(
        name: SampleWorld.reportsName, tagline: "A public client, and the API that its tokens are for.", address: reports,
        issuer: document.issuer, client: RelyingParty.Credentials(id: reader.id, secret: nil),
        api: RelyingParty.Credentials(id: readerAPI.id, secret: readerAPI.secret), audience: "\(reports)/api",
        neighbour: (SampleWorld.ordersName, orders)),
    ]
    self.document = document
    documentPath = path
    sites = zip(parties, [ports.orders, ports.reports]).map { party, port in
      let conversation = SignInConversation(party: party, channel: BackChannel(), clock: environment.clock)
      return (RelyingPartySite(conversation, port: port, randomness: environment.randomness), port)
    }
  }

  func services(logger: Logger) -> [any Service] {
    sites.map { site in
      site.site.application(port: site.port, logger: logger) { [listening] in listening.continuation.yield() }
    }
  }

  /// Returns once every service takes connections: what `welcome` says to click on is there.
  func servicesListen() async {
    var waiting = sites.count
    for await _ in listening.stream {
      waiting -= 1
      if waiting == 0 { return }
    }
  }

  /// Where to click first.
  var welcome: [String] {
    let member = document.members.last
    let services = document.applications.compactMap { application in
      application.redirectURIs.first.map { "  \(application.name): \($0.hasSuffix("/callback") ? String($0.dropLast(8)) : $0)" }
    }
    return [
      "", "The sample world is ready.", "", "  The portal: \(document.issuer)/",
    ] + services + [
      "  Sign in as \(member?.email ?? "") with \(member?.password ?? "")",
      "  An invitation that waits: \(document.invitation)",
      "  Letters: \(document.mail)",
      "  Everybody's passwords and every secret: \(documentPath)", "",
      "Sign in at the first service, then open the second: it asks nothing. Ctrl-C stops.", "",
    ]
  }
}
