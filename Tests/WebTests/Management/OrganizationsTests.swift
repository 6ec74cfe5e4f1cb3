internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite struct OrganizationsOverTheAPI {
  @Test func `operators see all organizations page by page, administrators their own`() async throws {
    let test = try await ManagementWorld()
    var seen: [String] = []
    var path: String? = "/organizations?limit=3"
    while let next = path {
      let page = try await test.call("GET", next, as: test.operatorOfPortal)
      seen += (page["items"]?.arrayValue ?? []).compactMap { $0.objectValue?["id"]?.stringValue }
      #expect((page["items"]?.arrayValue ?? []).count <= 3)
      path = nil
      if let link = page.http.header("Link") {
        #expect(link.hasSuffix(">; rel=\"next\""))
        path = String(link.dropFirst("<\(TestWorld.publicAddress)/api/v1".count).prefix { $0 != ">" })
        #expect(page["next"]?.stringValue != nil)
      } else {
        #expect(page["next"] == nil)
      }
    }
    #expect(seen.sorted() == [test.world.portal, test.contoso, test.fabrikam, test.partner].map(\.id.text).sorted())
    #expect(Set(seen).count == seen.count)

    let own = try await test.call("GET", "/organizations", as: test.admin)
    #expect(own["items"]?.arrayValue?.compactMap { $0.objectValue?["name"]?.stringValue } == ["Contoso"])
    let viewer = try await test.member("vera@contoso.test", .accountViewer)
    #expect(try await test.call("GET", "/organizations", as: viewer).status == 403)
  }

  @Test(
    arguments: [
      ("limit=0", "limit out_of_range"), ("limit=101", "limit out_of_range"), ("limit=-5", "limit out_of_range"),
      ("limit=1e3", "limit wrong_type"), ("limit=99999999999999999999", "limit wrong_type"), ("limit=", "limit wrong_type"),
      ("limit=1&limit=2", "limit repeated"), ("page=2", "page unknown"), ("after=", "after too_short"),
    ])
  func `a query that is not understood is refused`(_ query: String, _ flaw: String) async throws {
    let test = try await ManagementWorld()
    let reply = try await test.call("GET", "/organizations?\(query)", as: test.operatorOfPortal)
    #expect(reply.status == 400)
    #expect(reply.flaws == [flaw])
  }

  @Test func `an organization is renamed and closed, and what its members hold counts no more`() async throws {
    let test = try await ManagementWorld()
    let path = "/organizations/\(test.contoso.id)"
    #expect(try await test.call("PATCH", path, as: test.admin, body: ["name": "Mine"]).status == 403)
    let token = try test.token(test.admin)
    let changed = try await test.call("PATCH", path, as: test.operatorOfPortal, body: ["name": "Contoso Ltd", "state": "closed"])
    #expect(changed["name"] == "Contoso Ltd")
    #expect(changed["state"] == "closed")
    #expect(try await test.call("GET", path, token: token).status == 401)
    #expect(try await test.call("PATCH", path, as: test.operatorOfPortal, body: ["state": "active"]).status == 200)
    #expect(try await test.call("GET", path, token: token).status == 200)
    let portal = try await test.call(
      "PATCH", "/organizations/\(test.world.portal.id)", as: test.operatorOfPortal, body: ["state": "closed"])
    #expect(portal.status == 409)
  }

  @Test func `partners are organizations, and are listed apart`() async throws {
    let test = try await ManagementWorld()
    let made = try await test.call("POST", "/partners", as: test.operatorOfPortal, body: ["name": "Southridge"])
    #expect(made["kind"] == "partner")
    let list = try await test.call("GET", "/partners", as: test.operatorOfPortal)
    let names = list["items"]?.arrayValue?.compactMap { $0.objectValue?["name"]?.stringValue }
    #expect(names?.sorted() == ["Northwind", "Southridge"])
    #expect(try await test.call("GET", "/partners/\(test.partner.id)", as: test.operatorOfPortal)["name"] == "Northwind")
    #expect(try await test.call("GET", "/partners/\(test.contoso.id)", as: test.operatorOfPortal).status == 404)
    let customer = try await test.call(
      "PATCH", "/partners/\(test.contoso.id)", as: test.operatorOfPortal, body: ["state": "closed"])
    #expect(customer.status == 404)
    let closed = try await test.call(
      "PATCH", "/partners/\(test.partner.id)", as: test.operatorOfPortal, body: ["state": "closed"])
    #expect(closed["state"] == "closed")
  }

  @Test func `a resource is registered, moved and forgotten by the portal alone`() async throws {
    let test = try await ManagementWorld()
    func put(_ organization: Organization, as account: Account) async throws -> ManagementWorld.Reply {
      try await test.call(
        "PUT", "/resources/order/2026%2F17", as: account, body: ["organization": .string(organization.id.text)])
    }
    #expect(try await put(test.contoso, as: test.admin).status == 403)
    let made = try await put(test.contoso, as: test.operatorOfPortal)
    #expect(made.status == 201)
    #expect(made["id"] == "2026/17")
    #expect(test.world.organization(of: ResourceName(type: "order", id: "2026/17")) == test.contoso.id)
    #expect(try await put(test.contoso, as: test.operatorOfPortal).status == 200)
    #expect(try await put(test.fabrikam, as: test.operatorOfPortal)["version"] == 2)
    #expect(test.world.organization(of: ResourceName(type: "order", id: "2026/17")) == test.fabrikam.id)
    let ofContoso = try await test.call("GET", "/organizations/\(test.contoso.id)/resources", as: test.admin)
    #expect(ofContoso["items"] == [])
    #expect(try await test.call("GET", "/resources", as: test.operatorOfPortal)["items"]?.arrayValue?.count == 1)
    let stale = try await test.call(
      "DELETE", "/resources/order/2026%2F17", as: test.operatorOfPortal, headers: [("If-Match", "\"v1\"")])
    #expect(stale.status == 412)
    #expect(try await test.call("DELETE", "/resources/order/2026%2F17", as: test.operatorOfPortal).status == 204)
    #expect(try await test.call("DELETE", "/resources/order/2026%2F17", as: test.operatorOfPortal).status == 404)
    #expect(try await test.world.audit(.resourceChanged).count == 4)
  }

  @Test(arguments: ["/resources/agreement/x", "/resources/purchasing-account/x", "/resources/Order/x", "/resources/order/a%0Ab"])
  func `a resource that cannot be one is refused`(_ path: String) async throws {
    let test = try await ManagementWorld()
    let reply = try await test.call(
      "PUT", path, as: test.operatorOfPortal, body: ["organization": .string(test.contoso.id.text)])
    #expect(reply.status == 422)
  }
}
