import AuthZEN
import Identity
import Primitives
import TestKit
import Testing
import Wire

@Suite(.rule("Authorization API 1.0 §8.2")) struct PagesOfASearch {
  static let readers = #""subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"document","id":"1"}"#
  static let writers = #""subject":{"type":"user"},"action":{"name":"write"},"resource":{"type":"document","id":"1"}"#
  static let actions = #""subject":{"type":"user","id":"ada"},"resource":{"type":"document","id":"1"}"#
  static let refused = EvaluationRefusal.malformed(
    "page.token is not from an answer to this search of this application, or page has changed since.")

  /// All pages of a search; every page but the first is asked for as `next` says.
  func walk(
    _ worlds: [SearchWorld], _ kind: SearchKind, _ members: String, limit: Int,
    next: (_ token: String) -> String = { #"{"token":"\#($0)"}"# }
  ) throws -> [SearchResponse] {
    var pages = [try worlds[0].found(kind, #"{\#(members),"page":{"limit":\#(limit)}}"#)]
    while let token = pages.last?.page?.nextToken, !token.isEmpty {
      pages.append(try worlds[pages.count % worlds.count].found(kind, #"{\#(members),"page":\#(next(token))}"#))
    }
    return pages
  }

  func names(_ pages: [SearchResponse]) -> [String] { pages.flatMap { $0.results.compactMap { $0.id ?? $0.name } } }

  @Test(arguments: [1, 2, 3, 7])
  func `pages hold everybody once, in the order of the whole, and say how many they hold`(limit: Int) throws {
    let world = try SearchWorld(crowd: 20)
    let whole = try world.found(.subject, "{\(Self.writers)}")
    #expect(whole.results.count == 21 && whole.page == .init(nextToken: "", count: 21))
    let pages = try walk([world], .subject, Self.writers, limit: limit)
    #expect(pages.count == (21 + limit - 1) / limit)
    #expect(pages.allSatisfy { $0.page?.count == $0.results.count && $0.results.count <= limit })
    #expect(names(pages) == names([whole]))
    let repeating = try walk([world], .subject, Self.writers, limit: limit) { #"{"limit":\#(limit),"token":"\#($0)"}"# }
    #expect(repeating == pages)
  }

  @Test func `what one instance began another goes on with`() throws {
    let pages = try walk(
      [SearchWorld(crowd: 20), SearchWorld(crowd: 20), SearchWorld(crowd: 20)], .subject, Self.writers, limit: 3)
    #expect(Set(names(pages)).count == 21 && names(pages).count == 21)
  }

  @Test func `resources and actions come in pages, too`() throws {
    let world = try SearchWorld()
    let read = #""subject":{"type":"user","id":"ada"},"action":{"name":"read"},"resource":{"type":"document"}"#
    #expect(names(try walk([world], .resource, read, limit: 1)).sorted() == ["1", "2", "3"])
    let pages = try walk([world], .action, Self.actions, limit: 1)
    #expect(pages.map { $0.results.compactMap(\.name) } == [["read"], ["write"]])
  }

  @Test func `a page has as many results as it may, and not one more is asked for`() throws {
    let world = try SearchWorld(crowd: 1_200)
    let most = EvaluationLimits.pageResults
    #expect(try world.found(.subject, #"{\#(Self.writers),"page":{"limit":\#(most)}}"#).results.count == most)
    #expect(throws: EvaluationRefusal.malformed("page.limit is more than 1000.")) {
      try world.answer(.subject, #"{\#(Self.writers),"page":{"limit":\#(most + 1)}}"#)
    }
    // Who asks for no page gets the largest, and is told that it is not all.
    let pages = try walk([world], .subject, Self.writers, limit: most)
    #expect(try world.found(.subject, "{\(Self.writers)}") == pages.first)
    #expect(pages.map(\.results.count) == [1_000, 201])
  }

  @Test func `a page that looked at as many as it may without finding enough says where to go on`() throws {
    let world = try SearchWorld(crowd: SearchAccess.candidates + 10)
    let nobody = Self.writers.replacing(#""id":"1""#, with: #""id":"2""#)
    let pages = try walk([world], .subject, nobody, limit: 10)
    #expect(pages.count == 2 && names(pages).isEmpty)
    #expect(try names(walk([world], .subject, nobody, limit: 0)).isEmpty)
  }

  @Test func `of none it is told whether there are any`() throws {
    let world = try SearchWorld()
    let some = try world.found(.subject, #"{\#(Self.readers),"page":{"limit":0}}"#)
    #expect(some.results.isEmpty && some.page?.nextToken.isEmpty == false)
    let token = try #require(some.page?.nextToken)
    let again = try world.found(.subject, #"{\#(Self.readers),"page":{"token":"\#(token)"}}"#)
    #expect(again == some)
    let none = try world.found(
      .subject, #"{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"ship","id":"1"},"page":{"limit":0}}"#)
    #expect(none.page?.nextToken == "")
  }

  @Test func `people who come and go between pages disturb nobody else`() throws {
    let world = try SearchWorld(crowd: 20)
    let first = try world.found(.subject, #"{\#(Self.writers),"page":{"limit":10}}"#)
    let gone = try #require(first.results.last?.id)
    world.policy.apply(
      PolicyFacts(
        revision: 8,
        accounts: [
          .init(trusted: gone): nil,
          .init(trusted: "newcomer"): SearchWorld.member([SearchWorld.assignment(SearchWorld.writer)]),
        ]))
    let second = try world.found(.subject, #"{\#(Self.writers),"page":{"token":"\#(try #require(first.page?.nextToken))"}}"#)
    let third = try world.found(.subject, #"{\#(Self.writers),"page":{"token":"\#(try #require(second.page?.nextToken))"}}"#)
    let told = names([first, second, third])
    #expect(Set(told).count == told.count)
    #expect(Set(told).isSuperset(of: (0..<20).map { "member-\($0)" } + ["ada"]))
  }

  // MARK: tokens

  @Test(.threat("AZN3")) func `a token counts for the search and the application it was made for, and as it was made`() throws {
    let world = try SearchWorld(crowd: 20)
    let token = try #require(try world.found(.subject, #"{\#(Self.writers),"page":{"limit":2}}"#).page?.nextToken)
    func ask(_ members: String, _ token: String, _ kind: SearchKind = .subject, from asker: Application = World.ownedByContoso)
      throws
    {
      _ = try world.answer(kind, #"{\#(members),"page":{"token":"\#(token)"}}"#, from: asker)
    }
    #expect(throws: Never.self) { try ask(Self.writers, token) }
    // The order of members says nothing.
    let turned = #""context":{},"resource":{"id":"1","type":"document"},"action":{"name":"write"},"subject":{"type":"user"}"#
    #expect(throws: Never.self) { try ask(turned, token) }
    #expect(throws: Self.refused) { try ask(Self.readers, token) }
    #expect(throws: Self.refused) { try ask(Self.writers + #","context":{"time":"now"}"#, token) }
    #expect(throws: Self.refused) { try ask(Self.writers.replacing(#""id":"1""#, with: #""id":"3""#), token) }
    #expect(throws: Self.refused) { try ask(Self.writers.replacing(#""user""#, with: #""terminal""#), token) }
    let resources = #""subject":{"type":"user","id":"ada"},"action":{"name":"write"},"resource":{"type":"document"}"#
    #expect(throws: Self.refused) { try ask(resources, token, .resource) }
    #expect(throws: Self.refused) { try ask(Self.actions, token, .action) }
    let other = Application(
      id: .init(trusted: "another"), name: "Another", authentication: .basic, grantTypes: [.clientCredentials],
      scopes: ["usher:decide"],
      owner: World.contoso, createdAt: World.now)
    #expect(throws: Self.refused) { try ask(Self.writers, token, from: other) }
    for broken in ["", "x", String(token.dropLast()), token + "A", "A" + token.dropFirst(), String(token.reversed())]
    where broken != token {
      #expect(throws: Self.refused, "\(broken)") { try ask(Self.writers, broken) }
    }
    let bytes = try #require(Base64URL.decode(token))
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1
      #expect(throws: Self.refused) { try ask(Self.writers, Base64URL.encode(changed)) }
    }
  }

  @Test func `limit and properties of a page stay what they were, or are left out`() throws {
    let world = try SearchWorld(crowd: 20)
    func page(_ page: String) throws -> SearchResponse { try world.found(.subject, #"{\#(Self.writers),"page":\#(page)}"#) }
    let token = try #require(try page(#"{"limit":2,"properties":{"sort":"name"}}"#).page?.nextToken)
    let second = try page(#"{"token":"\#(token)"}"#)
    #expect(second.results.count == 2)
    #expect(try page(#"{"token":"\#(token)","limit":2,"properties":{"sort":"name"}}"#) == second)
    for change in [#""limit":3"#, #""limit":0"#, #""properties":{}"#, #""properties":{"sort":"id"}"#] {
      #expect(throws: Self.refused, "\(change)") { try page(#"{"token":"\#(token)",\#(change)}"#) }
    }
  }

  @Test(
    .threat("AZN1"),
    arguments: [
      ("1", "page is not an object."), ("null", "page is not an object."),
      (#"{"limit":-1}"#, "page.limit is not a whole number from 0."),
      (#"{"limit":1.5}"#, "page.limit is not a whole number from 0."),
      (#"{"limit":"1"}"#, "page.limit is not a whole number from 0."),
      (#"{"limit":null}"#, "page.limit is not a whole number from 0."),
      (#"{"token":1}"#, "page.token is not a string."), (#"{"properties":[]}"#, "page.properties is not an object."),
    ])
  func `a page that is none is refused`(page: String, told: String) throws {
    let world = try SearchWorld()
    #expect(throws: EvaluationRefusal.malformed(told)) { try world.answer(.subject, #"{\#(Self.readers),"page":\#(page)}"#) }
  }

  @Test func `the page is the first member of an answer`() throws {
    #expect(try SearchWorld().answer(.subject, "{\(Self.readers)}").hasPrefix(#"{"page":{"next_token":"","count":3},"context":"#))
  }
}
