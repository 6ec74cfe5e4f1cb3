internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite(.rule("RFC 6750 §3.1")) struct TokensOfTheManagementAPI {
  @Test func `without a token that counts nothing is told but how to come by one`() async throws {
    let test = try await ManagementWorld()
    let client = test.server.client
    for headers in [[], [("Authorization", "Basic YTpi")], [("Authorization", "Bearer nonsense")]] {
      let reply = try await client.get("/api/v1/organizations/\(test.contoso.id)", headers: headers)
      #expect(reply.status == 401)
      #expect(reply.header("WWW-Authenticate")?.hasPrefix("Bearer") == true)
      #expect(reply.header("Content-Type") == "application/problem+json")
    }
    #expect(try await test.denials().isEmpty)
  }

  @Test func `a token without the scope is refused, and says which one is missing`() async throws {
    let test = try await ManagementWorld()
    let reply = try await test.call("GET", "/organizations", token: try test.token(test.admin, scope: "openid"))
    #expect(reply.status == 403)
    #expect(reply.problem == "insufficient-scope")
    #expect(reply.http.header("WWW-Authenticate")?.contains("usher:manage") == true)
  }

  @Test(.threat("ROL6")) func `a token speaks only in the organization it names`() async throws {
    let test = try await ManagementWorld()
    try await test.world.join(test.admin, test.fabrikam, roles: [.accountAdministrator])
    let path = "/organizations/\(test.fabrikam.id)/members"
    #expect(try await test.call("GET", path, token: try test.token(test.admin, in: test.fabrikam)).status == 200)
    #expect(try await test.call("GET", path, token: try test.token(test.admin, in: test.contoso)).status == 403)
    let seen = try await test.call("GET", "/organizations", token: try test.token(test.admin, in: test.contoso))
    #expect(seen["items"]?.arrayValue?.compactMap { $0.objectValue?["id"]?.stringValue } == [test.contoso.id.text])
  }

  @Test(.threat("ROL3")) func `the next call with an old token knows that a role was taken`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.member("dan@contoso.test", .userAdministrator)
    let token = try test.token(person)
    let path = "/organizations/\(test.contoso.id)/members"
    #expect(try await test.call("GET", path, token: token).status == 200)
    let held = try await test.world.store.read { tx in try tx.roleAssignments(of: .account(person.id)) }
    let assignment = try #require(held.first)
    #expect(
      try await test.call("DELETE", "/organizations/\(test.contoso.id)/role-assignments/\(assignment.id)", as: test.admin).status
        == 204)
    #expect(try await test.call("GET", path, token: token).status == 403)
  }

  @Test func `an application acts by its own roles, and a suspended person by none`() async throws {
    let test = try await ManagementWorld()
    let automation = try await test.world.application(
      Application(
        id: test.world.command.newID(), name: "Automation", authentication: .basic, grantTypes: [.clientCredentials],
        scopes: ["usher:manage"], owner: test.world.portal.id, createdAt: test.world.clock.now()),
      roles: [.operator], in: test.world.portal)
    let made = try await test.call(
      "POST", "/organizations", token: try test.token(automation), body: Array(#"{"name":"Tailspin"}"#.utf8))
    #expect(made.status == 201)
    let entry = try #require(try await test.world.audit(.organizationCreated).last)
    #expect(entry.actor == "application:\(automation.id)")

    let person = try await test.member("dan@contoso.test", .accountAdministrator)
    let token = try test.token(person)
    #expect(
      try await test.call("POST", "/organizations/\(test.contoso.id)/accounts/\(person.id)/suspend", as: test.admin).status == 204
    )
    #expect(try await test.call("GET", "/organizations/\(test.contoso.id)", token: token).status == 401)
  }
}
