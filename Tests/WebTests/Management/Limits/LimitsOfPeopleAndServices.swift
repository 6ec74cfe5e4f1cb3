internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing
internal import Wire

@testable internal import Web

/// Organizations, what they signed, whom they invite, and the applications that serve them.
@Suite(.threat("HTP4")) struct LimitsOfPeopleAndServices {
  private static func invite(_ test: ManagementWorld, _ members: JSONObject) async throws -> ManagementWorld.Reply {
    var body: JSONObject = [
      "email": "eve@contoso.test", "first_name": "Eve", "last_name": "Moss", "roles": [.string(RoleID.accountViewer.text)],
    ]
    for (name, value) in members.members { body[name] = value }
    return try await test.call("POST", "\(test.path)/invitations", as: test.admin, body: .object(body))
  }

  private static func sign(_ test: ManagementWorld, _ members: JSONObject) async throws -> ManagementWorld.Reply {
    var body: JSONObject = [
      "number": "V-1", "organization": .string(test.contoso.id.text), "purchasing_accounts": ["P-1"],
      "administrator": ["first_name": "Carla", "last_name": "Woods", "email": "carla@contoso.test"],
    ]
    for (name, value) in members.members { body[name] = value }
    return try await test.call("POST", "/agreements", as: test.operatorOfPortal, body: .object(body))
  }

  private static func register(_ test: ManagementWorld, _ members: JSONObject) async throws -> ManagementWorld.Reply {
    var body: JSONObject = ["name": "Orders", "redirect_uris": ["https://orders.example/callback"]]
    for (name, value) in members.members { body[name] = value }
    return try await test.call("POST", "/applications", as: test.operatorOfPortal, body: .object(body))
  }

  private static func texts(_ count: Int, _ text: (Int) -> String) -> JSON { .array((0..<count).map { .string(text($0)) }) }

  /// An address of so many characters.
  private static func address(_ length: Int) -> String {
    let start = "https://orders.example/"
    return start + String(repeating: "a", count: length - start.count)
  }

  /// A mailbox whose address has so many characters, with a local part and names of a domain that are as long as they may be.
  private static func mailbox(_ length: Int) -> String {
    let label = String(repeating: "d", count: 63)
    let start = "\(String(repeating: "e", count: 64))@\(label).\(label)."
    return start + String(repeating: "t", count: length - start.count)
  }

  static let people: [SizeLimit] = [
    .text("the name of an organization", 200, at: "/name") { test, name in
      try await test.call("POST", "/organizations", as: test.operatorOfPortal, body: ["name": name])
    },
    .text("the name of a partner", 200, at: "/name") { test, name in
      try await test.call("POST", "/partners", as: test.operatorOfPortal, body: ["name": name])
    },
    .text("a first name", 100, at: "/first_name") { try await invite($0, ["first_name": $1]) },
    .text("a last name", 100, at: "/last_name") { try await invite($0, ["last_name": $1]) },
    SizeLimit("an e-mail address", 254, .tooLong("/email", 254)) { test, _, length in
      try await invite(test, ["email": .string(mailbox(length))])
    },
    SizeLimit(
      "the roles of an invitation", 50, .tooMany("/roles", 1...50), given: { try await $0.roles(51) }
    ) { test, roles, count in try await invite(test, ["roles": .array(roles.prefix(count).map { .string($0) })]) },
    SizeLimit(
      "the number of an agreement", ContractNumber.maximumLength,
      .notAccepted("/number not_a_number", "1 to \(ContractNumber.maximumLength) letters")
    ) { test, _, length in try await sign(test, ["number": .string(String(repeating: "V", count: length))]) },
    SizeLimit(
      "the purchasing accounts of a new agreement", mostPurchasingAccounts,
      .tooMany("/purchasing_accounts", 1...mostPurchasingAccounts)
    ) { test, _, count in try await sign(test, ["purchasing_accounts": texts(count) { "P-\($0)" }]) },
  ]

  private static let mostPurchasingAccounts = RegisterAgreement.maximumPurchasingAccounts

  @Test(arguments: people) func `an organization and its people are described as far as may be, and not a step further`(
    _ limit: SizeLimit
  ) async throws { try await limit.check() }

  static let services: [SizeLimit] = [
    .text("the name of an application", 100, at: "/name") { try await register($0, ["name": $1]) },
    SizeLimit("the redirect addresses of an application", 20, .tooMany("/redirect_uris", 0...20)) { test, _, count in
      try await register(test, ["redirect_uris": texts(count) { "https://orders.example/\($0)" }])
    },
    SizeLimit(
      "a redirect address", RedirectURI.maximumLength, .tooLong("/redirect_uris/0", RedirectURI.maximumLength)
    ) { test, _, length in try await register(test, ["redirect_uris": [.string(address(length))]]) },
    SizeLimit(
      "the addresses after signing out", 20, .tooMany("/post_sign_out_redirect_uris", 0...20)
    ) { test, _, count in
      try await register(test, ["post_sign_out_redirect_uris": texts(count) { "https://orders.example/\($0)" }])
    },
    SizeLimit("the audiences of an application", 20, .tooMany("/audiences", 0...20)) { test, _, count in
      try await register(test, ["audiences": texts(count) { "https://orders.example/\($0)" }])
    },
    SizeLimit("an audience", 500, .tooLong("/audiences/0", 500)) { test, _, length in
      try await register(test, ["audiences": [.string(address(length))]])
    },
    SizeLimit("the scopes of an application", Scope.maximumCount, .tooMany("/scopes", 0...Scope.maximumCount)) {
      test, _, count in try await register(test, ["scopes": texts(count) { "orders:\($0)" }])
    },
    SizeLimit("a scope", 100, .tooLong("/scopes/0", 100)) { test, _, length in
      try await register(test, ["scopes": [.string(String(repeating: "s", count: length))]])
    },
    SizeLimit(
      "the organizations that an application decides in", 100, .tooMany("/decides_in", 0...100),
      given: { try await $0.organizations(101) }
    ) { test, organizations, count in
      try await register(test, ["decides_in": texts(count) { organizations[$0] }])
    },
    SizeLimit("the uses of an initial access token", 100, .malformed("/uses out_of_range", "From 1 to 100.")) { test, _, uses in
      try await test.call(
        "POST", "/initial-access-tokens", as: test.operatorOfPortal, body: ["uses": .integer(Int64(uses)), "expires_in": 60])
    },
    SizeLimit(
      "the seconds of an initial access token", 30 * 86_400, .malformed("/expires_in out_of_range", "From 60 to \(30 * 86_400).")
    ) { test, _, seconds in
      try await test.call(
        "POST", "/initial-access-tokens", as: test.operatorOfPortal, body: ["uses": 1, "expires_in": .integer(Int64(seconds))])
    },
  ]

  @Test(arguments: services) func `an application is registered for as much as may be, and not a step more`(_ limit: SizeLimit)
    async throws
  { try await limit.check() }

  static let counts = [
    CountLimit(
      testDescription: "the purchasing accounts of an agreement", most: mostPurchasingAccounts,
      refusal: SizeLimit.Refusal(
        status: 409, flaw: nil, reason: "The agreement has \(mostPurchasingAccounts) purchasing accounts already."),
      list: { _, agreement in "/agreements/\(agreement[0])/purchasing-accounts" }
    ) { test, count in
      [try await sign(test, ["purchasing_accounts": texts(count) { "P-\($0)" }])["agreement", "id"]?.stringValue ?? ""]
    } add: { test, agreement, name in
      try await test.call(
        "POST", "/agreements/\(agreement[0])/purchasing-accounts", as: test.operatorOfPortal, body: ["number": .string(name)])
    }
  ]

  @Test(arguments: counts) func `an agreement comes to have as many as it may, and not one more`(_ limit: CountLimit) async throws
  {
    try await limit.check()
  }
}

extension ManagementWorld {
  /// More customers.
  fileprivate func organizations(_ count: Int) async throws -> [String] {
    let occasion = world.command
    let organizations = (0..<count).map {
      Organization(id: occasion.newID(), kind: .customer, name: "Customer \($0)", createdAt: occasion.now)
    }
    try await world.store.write { tx in for organization in organizations { try tx.insert(organization) } }
    return organizations.map(\.id.text)
  }
}
