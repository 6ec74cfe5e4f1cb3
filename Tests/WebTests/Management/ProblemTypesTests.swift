internal import Identity
internal import Primitives
internal import TestKit
internal import Testing
internal import Wire

@testable internal import Web

@Suite(.rule("RFC 9457 §3.1.1")) struct TypesOfProblems {
  @Test func `every type that can be sent is the address of a page, in the reader's language`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    for kind in ManagementRefusal.Kind.allCases {
      let problem = ManagementRefusal(kind, "").problem(issuer: TestWorld.publicAddress, instance: "")
      for (language, isTitled) in [("en", true), ("ru", false)] {
        let browser = server.browser()
        browser.send(header: "Accept-Language", language)
        let page = try await browser.open(problem.type)
        #expect(page.status == 200, "\(kind)")
        #expect(page.language == language)
        #expect(page.text.contains(problem.title) == isTitled, "\(kind)")
        #expect(page.text.contains(String(problem.status)))
      }
    }
  }

  @Test func `a type that was never sent is nothing, in words for people`() async throws {
    let server = try await RunningServer.start(try await TestWorld.make())
    for path in ["/problems/moon-is-full", "/problems/", "/problems", "/problems/NOT-FOUND"] {
      let page = try await server.browser().open(path)
      #expect(page.status == 404)
      #expect(page.reply.header("Content-Type")?.hasPrefix("text/html") == true)
    }
  }
}
