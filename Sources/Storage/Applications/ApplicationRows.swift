package import AccessControl
package import Identity
internal import Primitives

extension SQLTransaction: ApplicationStore {
  package func application(_ id: ApplicationID) throws -> Application? {
    try row("\(Application.select) WHERE id = $1", [.id(id)], Application.init)
  }

  package func application(audience: String) throws -> Application? {
    try row(
      "\(Application.select) WHERE id = (SELECT application_id FROM application_audiences WHERE audience = $1)",
      [.text(audience)],
      Application.init)
  }

  package func applications(owner: OrganizationID?, _ request: PageRequest) throws -> Page<Application> {
    try page(
      request, Application.select, narrowedBy: [Narrowing("owner_id", .id(owner))], cursor: \.id.text, Application.init)
  }

  package func insert(_ application: Application) throws {
    try change(
      """
      INSERT INTO applications (
        id, version, name, authentication, secrets, grant_types, redirect_uris, post_sign_out_redirect_uris, scopes, audiences,
        default_audience, requestable_audiences, signing_algorithm, admits, owner_id, decides_in, is_trusted, introspects_for_all,
        start_url, state, audience_holders, created_at
      ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
      """,
      application.identity + application.settings + [.time(application.createdAt)])
    try insertAudiences(of: application)
    changed.applications.insert(application.id)
    notes.made.insert(.application(application.id))
  }

  package func update(_ application: Application) throws -> Bool {
    let written = try change(
      """
      UPDATE applications SET name = $3, authentication = $4, secrets = $5, grant_types = $6, redirect_uris = $7,
        post_sign_out_redirect_uris = $8, scopes = $9, audiences = $10, default_audience = $11, requestable_audiences = $12,
        signing_algorithm = $13, admits = $14, owner_id = $15, decides_in = $16, is_trusted = $17, introspects_for_all = $18,
        start_url = $19, state = $20, audience_holders = $21, version = version + 1
      WHERE id = $1 AND version = $2
      """,
      application.identity + application.settings)
    guard written > 0 else { return false }
    try change("DELETE FROM application_audiences WHERE application_id = $1", [.id(application.id)])
    try insertAudiences(of: application)
    changed.applications.insert(application.id)
    return true
  }

  /// Its grants, with their codes and refresh tokens, go with it (`ON DELETE CASCADE`).
  package func delete(_ warranted: Warranted<ApplicationDeletion>) throws -> Bool {
    let id = warranted.change.application
    let ending = try ending(roleAssignments(of: .application(id)), by: nil)
    let written = try change("DELETE FROM applications WHERE id = $1", [.id(id)])
    guard written > 0 else { return false }
    changed.applications.insert(id)
    notes.ended += ending
    return true
  }

  private func insertAudiences(of application: Application) throws {
    for audience in Set(application.audiences) {
      try change(
        "INSERT INTO application_audiences (audience, application_id) VALUES ($1, $2)", [.text(audience), .id(application.id)])
    }
  }
}

extension Application {
  static let select = """
    SELECT id, version, name, authentication, secrets, grant_types, redirect_uris, post_sign_out_redirect_uris, scopes, audiences,
      default_audience, requestable_audiences, signing_algorithm, admits, owner_id, decides_in, is_trusted, introspects_for_all,
      start_url, state, audience_holders, created_at
    FROM applications
    """

  fileprivate var identity: [SQLValue] { [.id(id), .integer(version)] }

  /// Everything that can change, in the order of the columns after `id, version`. Sets are written sorted, so that equal settings are equal
  /// texts.
  fileprivate var settings: [SQLValue] {
    [
      .text(name), .state(authentication), .text(ApplicationSecrets.encode(secrets)), .list(grantTypes.map(\.rawValue).sorted()),
      .list(redirectURIs), .list(postSignOutRedirectURIs), .list(scopes.sorted()), .list(audiences), .text(defaultAudience),
      .list(requestableAudiences), .state(signingAlgorithm), .state(admits), .id(owner),
      decidesIn.map { .list($0.map(\.text).sorted()) } ?? .null, .boolean(isTrusted), .boolean(introspectsForAll),
      .text(startURL),
      .state(state), .list(requestableAudiences.map { audienceHolders[$0]?.text ?? "" }),
    ]
  }

  init(_ row: any SQLRow) throws {
    self.init(
      id: try row.id(0), name: try row.text(2), authentication: try row.state(3),
      secrets: try ApplicationSecrets.decode(row.text(4)),
      grantTypes: try Set(
        row.list(5).map { name in
          guard let type = GrantType(rawValue: name) else { throw StoredValue.unreadable("grant type", 5) }
          return type
        }),
      redirectURIs: try row.list(6), postSignOutRedirectURIs: try row.list(7), scopes: Set(try row.list(8)),
      audiences: try row.list(9),
      defaultAudience: try row.optionalText(10), requestableAudiences: try row.list(11),
      audienceHolders: try Self.holders(of: row.list(11), row.list(20)), signingAlgorithm: try row.state(12),
      admits: try row.state(13), owner: try row.optionalID(14),
      decidesIn: try row.isNull(15) ? nil : Set(row.list(15).map { OrganizationID(trusted: $0) }), isTrusted: try row.boolean(16),
      introspectsForAll: try row.boolean(17), startURL: try row.optionalText(18), state: try row.state(19),
      createdAt: try row.time(21),
      version: try row.integer(1))
  }

  /// The column holds one name for each requestable audience, in their order: an empty one where nobody had it.
  private static func holders(of audiences: [String], _ names: [String]) -> [String: ApplicationID] {
    var holders: [String: ApplicationID] = [:]
    for (audience, name) in zip(audiences, names) where !name.isEmpty { holders[audience] = ApplicationID(trusted: name) }
    return holders
  }
}
