internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

/// The management API as a program finds it that knows nothing of it but its document.
@Suite(.rule("OpenAPI 3.1"), .timeLimit(.minutes(20))) struct ExploringTheAPI {
  @Test(.threat("HTP4")) func `whatever is sent, the answer is one that the document allows`() async throws {
    let test = try await ManagementWorld()
    let office = try await test.world.application(
      Application(
        id: test.world.command.newID(), name: "Office", authentication: .basic, grantTypes: [.clientCredentials],
        scopes: ["usher:manage"], createdAt: test.world.clock.now()),
      roles: [.operator], in: test.world.portal)
    let task: JSONObject = [
      "document": .string("http://127.0.0.1:\(test.server.port)/openapi.json"),
      "base": .string("http://127.0.0.1:\(test.server.port)/api/v1"), "token": .string(try test.token(office)),
      "places": .object(try await places(test)),
    ]
    try await ChildProcess.run(InteropTools.python(), [InteropTools.script("api_explorer.py")]) { explorer in
      try explorer.say(JSON.object(task).text)
      var report: [String] = []
      while let line = await explorer.nextLineOrEnd() { report.append(line) }
      #expect(report.contains { $0.contains("Tested: \(OperationTable.operations.count)") })
      #expect(report.last == "held", "\(report.joined(separator: "\n"))")
    }
  }

  /// Something at each place of a path, so that more is tried than what is not found.
  private func places(_ test: ManagementWorld) async throws -> JSONObject {
    let person = try await test.member("vera@contoso.test", .accountViewer)
    let registered = try await test.agreement(partner: test.partner)
    let invited = try await test.call(
      "POST", "/organizations/\(test.contoso.id)/invitations", as: test.admin,
      body: ["email": "eve@contoso.test", "first_name": "Eve", "last_name": "Moss", "roles": ["account-viewer"]])
    let application = try await test.call(
      "POST", "/applications", as: test.operatorOfPortal,
      body: ["name": "Orders", "grant_types": ["client_credentials"], "authentication": "client_secret_basic"])
    let held = try await test.world.store.read { tx in try tx.roleAssignments(of: .account(person.id)) }
    try await test.call(
      "PUT", "/resources/order/17", as: test.operatorOfPortal, body: ["organization": .string(test.contoso.id.text)])
    return [
      "organization": .string(test.contoso.id.text), "partner": .string(test.partner.id.text),
      "account": .string(person.id.text), "agreement": try #require(registered["agreement", "id"]),
      "purchasing_account": try #require(registered["purchasing_accounts", "0", "id"]),
      "invitation": try #require(invited["id"]), "application": try #require(application["application", "client_id"]),
      "assignment": .string(try #require(held.first).id.text), "type": "order", "id": "17",
    ]
  }
}
