internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite struct AgreementsOverTheAPI {
  @Test func `an operator registers an agreement with its customer, and a letter goes out`() async throws {
    let test = try await ManagementWorld()
    let reply = try await test.call(
      "POST", "/agreements", as: test.operatorOfPortal,
      body: [
        "number": "V-100", "new_organization": ["name": "Wide World"], "purchasing_accounts": ["P-1", "P-2"],
        "administrator": [
          "first_name": "Willa", "last_name": "World", "email": "willa@wide.test", "language": "ru", "country": "DE",
        ],
        "partner": .string(test.partner.id.text),
      ])
    #expect(reply.status == 201)
    #expect(reply["administrator_told", "result"] == "invited")
    #expect(reply["organization", "name"] == "Wide World")
    #expect(reply["purchasing_accounts", "1", "number"] == "P-2")
    let id = reply["agreement", "id"]?.stringValue ?? ""
    #expect(reply.http.header("Location") == "\(TestWorld.publicAddress)/api/v1/agreements/\(id)")
    #expect(reply.http.header("ETag") == "\"v1\"")
    let letters = try await test.world.letters()
    #expect(letters.count == 1)
    #expect(letters.first?.letter.recipient == EmailAddress("willa@wide.test"))
    #expect(letters.first?.letter.language.tag == "ru")
  }

  @Test func `a second agreement naming a member gives the role without a link`() async throws {
    let test = try await ManagementWorld()
    let person = try await test.world.member(of: test.contoso, "carla@contoso.test", roles: [.accountViewer])
    let reply = try await test.agreement("A-9", naming: "Carla@Contoso.test")
    #expect(reply["administrator_told", "result"] == "added")
    #expect(reply["administrator_told", "account"]?.stringValue == person.id.text)
    #expect(try await test.world.letters().allSatisfy { $0.content.link == nil })
  }

  @Test(
    arguments: [
      (["number": "not ok!"], 422, "/number not_a_number"), (["purchasing_accounts": []], 400, "/purchasing_accounts too_few"),
      (["organization": "nothing"], 422, "/organization unknown"), (["partner": "nothing"], 422, "/partner unknown"),
      (["new_organization": ["name": "X"]], 422, "/organization exactly_one"),
      (
        ["administrator": ["first_name": "A", "last_name": "B", "email": "no address"]], 422,
        "/administrator/email not_an_address"
      ),
      (
        ["administrator": ["first_name": "A", "last_name": "B", "email": "a@b.test", "country": "1!"]], 422,
        "/administrator/country not_a_country"
      ),
      (
        ["administrator": ["first_name": "A\u{202E}", "last_name": "B", "email": "a@b.test"]], 422,
        "/administrator/first_name not_a_name"
      ),
    ] as [(JSONObject, Int, String)])
  func `what cannot be taken is named, and nothing is stored`(_ wrong: JSONObject, _ status: Int, _ flaw: String) async throws {
    let test = try await ManagementWorld()
    var body: JSONObject = [
      "number": "A-1", "organization": .string(test.contoso.id.text), "purchasing_accounts": ["P-1"],
      "administrator": ["first_name": "Carla", "last_name": "Woods", "email": "carla@contoso.test"],
    ]
    for (name, value) in wrong.members { body[name] = value }
    let reply = try await test.call("POST", "/agreements", as: test.operatorOfPortal, body: .object(body))
    #expect(reply.status == status)
    #expect(reply.flaws == [flaw])
    #expect(try await test.call("GET", "/agreements", as: test.operatorOfPortal)["items"] == [])
    #expect(try await test.world.letters().isEmpty)
  }

  @Test func `numbers are taken once, whatever their case`() async throws {
    let test = try await ManagementWorld()
    #expect(try await test.agreement("A-1").status == 201)
    let again = try await test.agreement("a-1")
    #expect(again.status == 409)
    #expect(again.flaws == ["/number taken"])
  }

  @Test func `a change names the version it saw, or is refused`() async throws {
    let test = try await ManagementWorld()
    let registered = try await test.agreement(partner: test.partner)
    let path = "/agreements/\(registered["agreement", "id"]?.stringValue ?? "")"
    func change(_ body: JSON, _ tag: String?) async throws -> ManagementWorld.Reply {
      try await test.call("PATCH", path, as: test.operatorOfPortal, body: body, headers: tag.map { [("If-Match", $0)] } ?? [])
    }
    let ended = try await change(["state": "ended", "partner": nil], "\"v1\"")
    #expect(ended.status == 200)
    #expect(ended["state"] == "ended")
    #expect(ended["partner"] == nil)
    #expect(ended.http.header("ETag") == "\"v2\"")
    for stale in ["\"v1\"", "\"v3\"", "\"something\"", "W/\"v2\"", "\"v02\"", "\"v99999999999999999999\""] {
      let reply = try await change(["state": "active"], stale)
      #expect(reply.status == 412, "\(stale)")
      #expect(reply.problem == "version-mismatch")
    }
    #expect(try await change(["state": "active"], "\"v1\", \"v2\"").status == 400)
    #expect(try await change(["state": "active"], "*").status == 200)
    #expect(try await change(["state": "ended"], nil).status == 200)
    let changes = try await test.world.audit(.agreementChanged)
    #expect(changes.count == 3)
    let first = changes.first { $0.details?["before"]?.objectValue?["partner"]?.stringValue == test.partner.id.text }
    #expect(first?.details?["before"]?.objectValue?["state"] == "active")
    #expect(first?.details?["after"]?.objectValue?["state"] == "ended")
  }

  @Test func `an ended agreement sends no invitation any more`() async throws {
    let test = try await ManagementWorld()
    let registered = try await test.agreement()
    let path = "/agreements/\(registered["agreement", "id"]?.stringValue ?? "")"
    try await test.call("PATCH", path, as: test.operatorOfPortal, body: ["state": "ended"])
    let resent = try await test.call("POST", "\(path)/invitation/resend", as: test.operatorOfPortal)
    #expect(resent.status == 409)
    #expect(resent.problem == "wrong-state")
    let invitations = try await test.call(
      "GET", "/organizations/\(test.contoso.id)/invitations?state=withdrawn", as: test.admin)
    #expect(invitations["items"]?.arrayValue?.count == 1)
    let added = try await test.call(
      "POST", "\(path)/purchasing-accounts", as: test.operatorOfPortal, body: ["number": "P-2"])
    #expect(added.status == 409)
  }

  @Test func `purchasing accounts are added, and listed where their agreement is`() async throws {
    let test = try await ManagementWorld()
    let registered = try await test.agreement()
    let id = registered["agreement", "id"]?.stringValue ?? ""
    let added = try await test.call(
      "POST", "/agreements/\(id)/purchasing-accounts", as: test.operatorOfPortal, body: ["number": "P-77"])
    #expect(added.status == 201)
    let taken = try await test.call(
      "POST", "/agreements/\(id)/purchasing-accounts", as: test.operatorOfPortal, body: ["number": "p-77"])
    #expect(taken.status == 409)
    let viewer = try await test.member("vera@contoso.test", .accountViewer)
    for path in ["/agreements/\(id)/purchasing-accounts", "/organizations/\(test.contoso.id)/purchasing-accounts"] {
      let list = try await test.call("GET", path, as: viewer)
      let numbers = list["items"]?.arrayValue?.compactMap { $0.objectValue?["number"]?.stringValue }
      #expect(numbers?.sorted() == ["P-77", "P-A-1"], "\(path)")
    }
    let one = "/purchasing-accounts/\(added["id"]?.stringValue ?? "")"
    #expect(try await test.call("GET", one, as: viewer)["number"] == "P-77")
    #expect(try await test.call("GET", one, as: test.adminOfFabrikam).status == 403)
    #expect(try await test.call("GET", "/purchasing-accounts", as: test.operatorOfPortal)["items"]?.arrayValue?.count == 2)
  }
}
