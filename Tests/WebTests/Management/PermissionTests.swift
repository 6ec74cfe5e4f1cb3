internal import AccessControl
internal import HTTPTypes
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

/// Who may call what. The operations are those of the table, so that a new one is tried here without a new test.
@Suite struct WhoMayCallWhat {
  @Test(.threat("ROL4", "LOG1"), arguments: [RoleID.accountViewer, .reportViewer])
  func `a viewer who calls any writing operation is denied, recorded, and changes nothing`(_ role: RoleID) async throws {
    let test = try await ManagementWorld()
    let names = try await test.names()
    let viewer = try await test.member("vera@contoso.test", role)
    let before = try await test.world.store.read { tx in try tx.policyRevision() }
    for operation in OperationTable.operations where operation.isWriting {
      guard case .permission(let permission, _) = operation.need else { continue }
      let reply = try await test.call(
        operation.method.rawValue, operation.path(names), as: viewer, body: operation.takes.map { _ in [:] })
      #expect(reply.status == 403, "\(operation.name)")
      #expect(reply.problem == "access-denied", "\(operation.name)")
      let entries = try await test.denials().filter { $0.requestID == reply.http.header("X-Request-Id") }
      #expect(entries.count == 1, "\(operation.name)")
      let entry = try #require(entries.first)
      #expect(entry.actor.hasPrefix("account:\(viewer.id)"))
      #expect(entry.outcome == .denied)
      #expect(entry.details?["permission"]?.stringValue == permission.text, "\(operation.name)")
      #expect(entry.address == "127.0.0.1")
    }
    let after = try await test.world.store.read { tx in try tx.policyRevision() }
    #expect(after == before)
  }

  @Test(.threat("ROL6")) func `nobody reaches into another organization, and cannot tell it from none`() async throws {
    let test = try await ManagementWorld()
    let names = try await test.names()
    for operation in OperationTable.operations {
      guard case .permission(_, let place) = operation.need, place != .anywhere else { continue }
      let body: JSON? = operation.takes.map { _ in [:] }
      let theirs = try await test.call(
        operation.method.rawValue, operation.path(names), as: test.adminOfFabrikam, body: body)
      let nothing = try await test.call(operation.method.rawValue, operation.path([:]), as: test.adminOfFabrikam, body: body)
      #expect(theirs.status == 403, "\(operation.name)")
      #expect(nothing.status == 403, "\(operation.name)")
      #expect(theirs["detail"] == nothing["detail"], "\(operation.name)")
    }
  }

  @Test func `a partner finds the agreements that name it, and does with them what partners may`() async throws {
    let test = try await ManagementWorld()
    let mine = try await test.agreement("A-1", partner: test.partner)
    let other = try await test.agreement("A-2", naming: "otto@contoso.test")
    let found = try await test.call("GET", "/partners/\(test.partner.id)/agreements", as: test.partnerAdmin)
    #expect(found["items"]?.arrayValue?.compactMap { $0.objectValue?["number"]?.stringValue } == ["A-1"])

    let mineID = mine["agreement", "id"]?.stringValue ?? ""
    let otherID = other["agreement", "id"]?.stringValue ?? ""
    let resent = try await test.call("POST", "/agreements/\(mineID)/invitation/resend", as: test.partnerAdmin)
    #expect(resent["result"] == "sent")
    #expect(try await test.call("POST", "/agreements/\(otherID)/invitation/resend", as: test.partnerAdmin).status == 403)

    let person: JSON = ["first_name": "Dora", "last_name": "Hill", "email": "dora@contoso.test"]
    let changed = try await test.call("PUT", "/agreements/\(mineID)/administrator", as: test.partnerAdmin, body: person)
    #expect(changed["agreement", "administrator", "email"] == "dora@contoso.test")
    #expect(changed["administrator_told", "result"] == "told")
    #expect(try await test.call("PUT", "/agreements/\(otherID)/administrator", as: test.partnerAdmin, body: person).status == 403)
    #expect(try await test.call("GET", "/agreements/\(mineID)", as: test.partnerAdmin).status == 403)
    #expect(try await test.call("GET", "/organizations/\(test.contoso.id)/members", as: test.partnerAdmin).status == 403)
  }

  @Test func `a partner cannot tell whether the person an agreement names has an account anywhere`() async throws {
    let test = try await ManagementWorld()
    let fabrikam = try await test.world.organization(name: "Fabrikam")
    try await test.world.member(of: fabrikam, "known@fabrikam.test")
    let agreement = try await test.agreement("A-1", partner: test.partner)["agreement", "id"]?.stringValue ?? ""
    var answers: [[JSON?]] = []
    for email in ["known@fabrikam.test", "nobody@fabrikam.test"] {
      let changed = try await test.call(
        "PUT", "/agreements/\(agreement)/administrator", as: test.partnerAdmin,
        body: ["first_name": "Dora", "last_name": "Hill", "email": .string(email)])
      let resent = try await test.call("POST", "/agreements/\(agreement)/invitation/resend", as: test.partnerAdmin)
      answers.append([changed["administrator_told"], resent["result"], resent["expires_at"]])
    }
    #expect(answers[0] == answers[1])
  }

  @Test func `an operator learns that something does not exist`() async throws {
    let test = try await ManagementWorld()
    for path in [
      "/organizations/nothing", "/organizations/nothing/members", "/agreements/nothing", "/applications/nothing",
      "/partners/nothing",
      "/organizations/NOT-AN-ID", "/purchasing-accounts/nothing", "/resources/order/nothing", "/organizations/..",
      "/organizations/\(test.contoso.id)/members/nothing", "/organizations/\(test.contoso.id)/invitations/nothing",
    ] {
      let reply = try await test.call("GET", path, as: test.operatorOfPortal)
      #expect(reply.status == 404, "\(path)")
    }
  }
}
