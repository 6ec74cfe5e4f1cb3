internal import Foundation
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.threat("STO8"), .timeLimit(.minutes(5))) struct KilledServer {
  @Test func `after a kill who was signed in still is, what was used up stays used up, and what was given still counts`()
    async throws
  {
    try await inTemporaryFolder { folder in
      let installation = try await Installation.make(in: folder)
      let address = "http://127.0.0.1:4444"
      let first = try await installation.start(["--public-address", address])
      let service = installation.service(of: first)
      let browser = TestBrowser(client: first.client, origin: try #require(Origin(address)))
      #expect(try await browser.signIn(Installation.email).address == "/dashboard")
      let code = try await self.code(service, browser)
      let unused = try await self.code(service, browser)
      let tokens = try await service.redeem(code).json()
      let refresh = try #require(tokens["refresh_token"]?.stringValue)
      let next = try #require(try await service.refresh(refresh).json()["refresh_token"]?.stringValue)
      first.kill()
      _ = await first.ended()

      let second = try await installation.start(["--public-address", address])
      let again = TestBrowser(client: second.client, origin: try #require(Origin(address)))
      for name in ["usher_session", "usher_browser", "usher_device"] {
        if let value = browser.cookie(name) { again.set(cookie: name, value) }
      }
      #expect(try await again.open("/dashboard").address == "/dashboard")
      let restarted = installation.service(of: second)
      #expect(try await restarted.redeem(unused).status == 200)
      #expect(try await restarted.refresh(next).status == 200)
      for spent in [code, unused] { #expect(try await restarted.redeem(spent).status == 400) }
      #expect(try await restarted.refresh(refresh).status == 400)
      second.tellToStop()
      #expect(await second.ended() == 0)
    }
  }

  private func code(_ service: TestApplication, _ browser: TestBrowser) async throws -> String {
    let arrived = try await browser.open(service.authorizationPath(), following: false)
    return try #require(service.returned(arrived.nextAddress)?.first("code"))
  }
}
