import Identity
import OAuth
import Primitives
import TestKit
import Testing

@Suite(.rule("RFC 6749 §4.1.2.1"), .rule("RFC 9700 §2.1"))
struct ProvingWhoAsks {
  private func refusal(_ portal: PortalWithAnApplication, _ fields: FormFields) -> AuthorizationRefusal? {
    do {
      _ = try Authorize(portal.env).identify(AuthorizationParameters(fields))
      return nil
    } catch { return error }
  }

  @Test(
    .threat("RED1"),
    arguments: [
      "https://orders.test/signed-in/x", "https://orders.test/signed-in?a", "https://orders.test/signed-in#f",
      "https://orders.test/Signed-in",
      "https://ORDERS.test/signed-in", "https://orders.test/signed-i", "https://orders.test:8443/signed-in",
      "http://orders.test/signed-in",
      "https://orders.test/signed-in/", "https://orders.test/%73igned-in", "https://orders.test.evil.test/signed-in",
      "https://orders.test@evil.test/signed-in", "//orders.test/signed-in", "https://orders.test/x/../signed-in",
      " https://orders.test/signed-in",
    ])
  func `an address that is not exactly the registered one is refused on a page and never redirected to`(_ address: String)
    async throws
  {
    let portal = try await PortalWithAnApplication.make()
    #expect(refusal(portal, portal.request(["redirect_uri": address])) == .redirectNotRegistered)
    guard case .page = try await portal.authorize(portal.request(["redirect_uri": address]), as: portal.session) else {
      Issue.record("redirected")
      return
    }
  }

  @Test(
    .threat("RED1"),
    arguments: [
      ("http://127.0.0.1:49152/done", true), ("http://127.0.0.1/done", true), ("http://[::1]:49152/done", false),
      ("http://127.0.0.1:49152/other", false), ("http://127.0.0.2:49152/done", false), ("https://127.0.0.1:49152/done", false),
      ("http://127.0.0.1:49152/done?a", false), ("http://127.0.0.1:0/done", false), ("http://127.0.0.1:99999/done", false),
    ])
  func `only the port of a loopback address may differ`(_ address: String, _ isTaken: Bool) async throws {
    let portal = try await PortalWithAnApplication.make { $0.redirectURIs = ["http://127.0.0.1:8000/done"] }
    #expect(refusal(portal, portal.request(["redirect_uri": address])) == (isTaken ? nil : .redirectNotRegistered))
  }

  @Test func `localhost is a name and must match with its port`() async throws {
    let portal = try await PortalWithAnApplication.make { $0.redirectURIs = ["http://localhost:8000/done"] }
    #expect(refusal(portal, portal.request(["redirect_uri": "http://localhost:8001/done"])) == .redirectNotRegistered)
    #expect(refusal(portal, portal.request(["redirect_uri": "http://localhost:8000/done"])) == nil)
  }

  @Test func `the address may be left out only when exactly one is registered`() async throws {
    let one = try await PortalWithAnApplication.make()
    #expect(refusal(one, one.request(["redirect_uri": nil])) == nil)
    let two = try await PortalWithAnApplication.make { $0.redirectURIs.append("https://orders.test/other") }
    #expect(refusal(two, two.request(["redirect_uri": nil])) == .redirectMissing)
  }

  @Test func `unknown, disabled and orphaned applications look the same`() async throws {
    let portal = try await PortalWithAnApplication.make()
    #expect(refusal(portal, portal.request(["client_id": "nobody"])) == .applicationUnknown)
    #expect(refusal(portal, portal.request(["client_id": "No Body\u{0}"])) == .applicationUnknown)
    #expect(refusal(portal, portal.request(["client_id": nil])) == .applicationMissing)
    let disabled = try await PortalWithAnApplication.make { $0.state = .disabled }
    #expect(refusal(disabled, disabled.request()) == .applicationUnknown)
  }

  @Test(arguments: ["client_id", "redirect_uri"])
  func `what proves who asks may not stand there twice`(_ name: String) async throws {
    let portal = try await PortalWithAnApplication.make()
    let fields = portal.request()
    let twice = FormFields(fields.pairs + [(name: name, value: fields.first(name) ?? "")])
    #expect(refusal(portal, twice) == .repeatedParameter)
  }
}
