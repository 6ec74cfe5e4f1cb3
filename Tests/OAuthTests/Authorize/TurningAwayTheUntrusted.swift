import Identity
import OAuth
import Primitives
import TestKit
import Testing

@Suite(.rule("RFC 9700 §4.11.2"))
struct TurningAwayTheUntrusted {
  private func turnedAway(_ portal: PortalWithAnApplication, _ fields: FormFields, as session: Session?) async throws
    -> UnapprovedApplication
  {
    guard case .notApproved(let application) = try await portal.authorize(fields, as: session) else {
      throw TestWorld.NotThere("a page that says the application is not approved")
    }
    return application
  }

  @Test(.threat("COD6")) func `an application that is not marked as trusted gets access_denied, from the person alone`()
    async throws
  {
    let portal = try await PortalWithAnApplication.make { $0.isTrusted = false }
    for session in [portal.session, nil] {
      let application = try await turnedAway(portal, portal.request(), as: session)
      #expect(application.name == "Orders")
      #expect(application.host == "orders.test")
      let answer = try PortalWithAnApplication.answer(in: application.wayBack)
      #expect(answer.first("error") == "access_denied")
      #expect(answer.first("state") == "af0ifjsldkj")
      #expect(answer.first("iss") == TestWorld.publicAddress)
      #expect(answer.first("code") == nil)
    }
    #expect(try await portal.world.audit(.grantCreated).isEmpty)
  }

  @Test(.threat("RED4"), arguments: CheckingARequest.cases + [.init("prompt", "none", ""), .init("prompt", "login", "")])
  func `nothing an untrusted application asks wrongly makes us redirect to it`(_ wrong: CheckingARequest.Case) async throws {
    let portal = try await PortalWithAnApplication.make { $0.isTrusted = false }
    for session in [portal.session, nil] {
      let application = try await turnedAway(portal, portal.request([wrong.parameter: wrong.value]), as: session)
      #expect(try PortalWithAnApplication.answer(in: application.wayBack).first("error") == "access_denied")
    }
  }

  @Test(.threat("RED4")) func `nor does a doubled parameter, or a grant type it is not registered for`() async throws {
    let portal = try await PortalWithAnApplication.make {
      $0.isTrusted = false
      $0.grantTypes = [.clientCredentials]
    }
    let doubled = FormFields(portal.request().pairs + [(name: "state", value: "other")])
    let application = try await turnedAway(portal, doubled, as: nil)
    #expect(try PortalWithAnApplication.answer(in: application.wayBack).first("state") == nil)
  }

  @Test func `the host is told with its port`() async throws {
    let portal = try await PortalWithAnApplication.make {
      $0.isTrusted = false
      $0.redirectURIs = ["https://orders.test:8443?done"]
    }
    let fields = portal.request(["redirect_uri": "https://orders.test:8443?done"])
    #expect(try await turnedAway(portal, fields, as: nil).host == "orders.test:8443")
  }
}
