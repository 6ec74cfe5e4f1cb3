import AccessControl
import AuthZEN
import Foundation
import Identity
import Localization
import Primitives
import TestKit
import Testing
import Wire

@Suite(.rule("Authorization API 1.0 §7")) struct EvaluatingMany {
  let world = World()

  static let him = #""subject":{"type":"user","id":"him"}"#
  static let view = #""action":{"name":"view"}"#
  static let order = #""resource":{"type":"order","id":"1"}"#
  static let key = #""resource":{"type":"key","id":"1"}"#
  static let yes = #"{"decision":true,"context":{"organization":"contoso","reason":"permission_granted"}}"#
  static let no = #"{"decision":false,"context":{"organization":"contoso","reason":"no_role_grants_permission"}}"#

  static func flaw(_ sentence: String) -> String {
    #"{"decision":false,"context":{"reason":"invalid_request","error":{"status":400,"message":"\#(sentence)"}}}"#
  }

  func answer(_ request: String, from asker: Application = World.ownedByContoso) throws(EvaluationRefusal) -> String {
    String(
      decoding: try EvaluateAccess(saying: .compiledIn)(
        PresentedEvaluations(many: Array(request.utf8)), askedBy: asker, knowing: world.policy, at: World.now
      )
      .bytes,
      as: UTF8.self)
  }

  /// Asks with these members besides the items.
  func answer(_ members: String..., items: String...) throws(EvaluationRefusal) -> String {
    try answer("{\((members + [#""evaluations":[\#(items.joined(separator: ","))]"#]).joined(separator: ","))}")
  }

  static func answers(_ each: String...) -> String { #"{"evaluations":[\#(each.joined(separator: ","))]}"# }

  @Test func `every question has its answer at its place`() throws {
    let whole = "{\(Self.him),\(Self.view),\(Self.order)}"
    let other = "{\(Self.him),\(Self.view),\(Self.key)}"
    #expect(try answer(items: other, whole, other) == Self.answers(Self.no, Self.yes, Self.no))
  }

  @Test func `what an item lacks it has from the request, wherever that stands`() throws {
    #expect(try answer(Self.him, Self.view, items: "{\(Self.order)}", "{\(Self.key)}") == Self.answers(Self.yes, Self.no))
    let after = #"{"evaluations":[{\#(Self.order)},{}],\#(Self.him),\#(Self.view),\#(Self.key)}"#
    #expect(try answer(after) == Self.answers(Self.yes, Self.no))
  }

  @Test func `what an item has it has whole: nothing is merged into it`() throws {
    let elsewhere = #""resource":{"type":"order","id":"1","properties":{"organization":"fabrikam"}}"#
    #expect(try answer(Self.him, Self.view, elsewhere, items: "{\(Self.order)}") == Self.answers(Self.yes))
    #expect(
      try answer(Self.him, Self.view, Self.order, items: #"{"resource":{"id":"2"}}"#)
        == Self.answers(Self.flaw("resource.type is missing.")))
    let named = #""context":{"organization":"fabrikam"}"#
    #expect(try answer(Self.him, Self.view, Self.order, named, items: #"{"context":{}}"#) == Self.answers(Self.yes))
  }

  @Test(
    .threat("AZN1"),
    arguments: [
      ("{}", "resource is missing."),
      (#"{"resource":null}"#, "resource is not an object."),
      (#"{"resource":"order"}"#, "resource is not an object."),
      (#"{"resource":{"type":"order"}}"#, "resource.id is missing."),
      (#"{"resource":{"type":"order","id":1}}"#, "resource.id is not a string."),
      (#"{\#(order),"subject":{"type":"user"}}"#, "subject.id is missing."),
      (#"{\#(order),"context":[]}"#, "context is not an object."),
      (
        #"{"resource":{"type":"order","id":"1","properties":{"organization":"contoso"}},"context":{"organization":"fabrikam"}}"#,
        "resource.properties.organization and context.organization differ."
      ),
    ])
  func `an item that is none is a no at its place, and says what is wrong`(item: String, told: String) throws {
    #expect(
      try answer(Self.him, Self.view, items: "{\(Self.order)}", item, "{\(Self.order)}")
        == Self.answers(Self.yes, Self.flaw(told), Self.yes))
  }

  @Test func `an incomplete default hurts nobody who does not inherit it`() throws {
    #expect(try answer(Self.him, Self.view, #""resource":{"type":"order"}"#, items: "{\(Self.order)}") == Self.answers(Self.yes))
  }

  @Test(arguments: [
    ("execute_all", "yes no yes", "yes no yes"), ("deny_on_first_deny", "yes no yes", "yes no"),
    ("deny_on_first_deny", "yes yes", "yes yes"), ("deny_on_first_deny", "yes flaw yes", "yes flaw"),
    ("permit_on_first_permit", "no yes no", "no yes"), ("permit_on_first_permit", "no no", "no no"),
    ("permit_on_first_permit", "flaw yes no", "flaw yes"),
  ])
  func `a batch ends after the answer that settles it`(semantic: String, asked: String, answered: String) throws {
    let questions = ["yes": "{\(Self.order)}", "no": "{\(Self.key)}", "flaw": "{}"]
    let answers = ["yes": Self.yes, "no": Self.no, "flaw": Self.flaw("resource is missing.")]
    let items = asked.split(separator: " ").compactMap { questions[String($0)] }.joined(separator: ",")
    let expected = answered.split(separator: " ").compactMap { answers[String($0)] }.joined(separator: ",")
    #expect(
      try answer(
        #"{\#(Self.him),\#(Self.view),"evaluations":[\#(items)],"options":{"evaluations_semantic":"\#(semantic)"}}"#)
        == #"{"evaluations":[\#(expected)]}"#)
  }

  @Test(arguments: ["", #","evaluations":[]"#])
  func `without items it is one question and has one answer`(items: String) throws {
    #expect(try answer("{\(Self.him),\(Self.view),\(Self.order)\(items)}") == Self.yes)
    #expect(throws: EvaluationRefusal.malformed("resource is missing.")) { try answer("{\(Self.him),\(Self.view)\(items)}") }
  }

  static let refused: [(members: String, told: String)] = [
    (#""evaluations":{}"#, "evaluations is not an array of objects."),
    (#""evaluations":null"#, "evaluations is not an array of objects."),
    (#""evaluations":[{},1]"#, "evaluations is not an array of objects."),
    (#""evaluations":[{\#(him)}],"subject":"him""#, "subject is not an object."),
    (#""evaluations":[{}],"context":null"#, "context is not an object."),
    (#""evaluations":[{}],"options":"execute_all""#, "options is not an object."),
    (
      #""evaluations":[{}],"options":{"evaluations_semantic":"all"}"#,
      "options.evaluations_semantic is none of execute_all, deny_on_first_deny and permit_on_first_permit."
    ),
    (
      #""options":{"evaluations_semantic":1}"#,
      "options.evaluations_semantic is none of execute_all, deny_on_first_deny and permit_on_first_permit."
    ),
    (#""evaluations":[{}],"options":{"reason":"long"}"#, "options.reason is none of code, full and explained."),
    (#""evaluations":[{"x":1,"x":2}]"#, "A member of the body comes twice."),
    (#""evaluations":[{}]"# + "]", "The body is not JSON."),
  ]

  @Test(.threat("AZN1", "HTP4")) func `what is wrong with all of it refuses all of it`() {
    for row in Self.refused {
      #expect(throws: EvaluationRefusal.malformed(row.told), "\(row.members)") { try answer("{\(row.members)}") }
    }
  }

  @Test func `so many questions and no more`() throws {
    func ask(_ count: Int) throws -> EvaluationsResponse {
      let items = Array(repeating: "{}", count: count).joined(separator: ",")
      let written = try answer("{\(Self.him),\(Self.view),\(Self.order),\"evaluations\":[\(items)]}")
      return try JSONDecoder().decode(EvaluationsResponse.self, from: Data(written.utf8))
    }
    #expect(try ask(EvaluationLimits.evaluations).evaluations.map(\.decision) == Array(repeating: true, count: 256))
    #expect(throws: EvaluationRefusal.malformed("evaluations has more than 256 elements.")) {
      try ask(EvaluationLimits.evaluations + 1)
    }
  }

  @Test func `a body is taken up to its limit and refused one byte past it`() throws {
    let request = "{\(Self.him),\(Self.view),\"evaluations\":[{\(Self.order)}]}"
    let blanks = String(repeating: " ", count: EvaluationLimits.batchBytes - request.utf8.count)
    #expect(try answer(request + blanks) == Self.answers(Self.yes))
    #expect(throws: EvaluationRefusal.tooLarge) { try answer(request + blanks + " ") }
  }

  @Test(.threat("AZN2")) func `nothing is decided from facts that may be old`() {
    world.policy.confirm(isCurrent: false, until: nil)
    #expect(throws: EvaluationRefusal.unavailable) { try answer(Self.him, Self.view, items: "{\(Self.order)}") }
  }

  @Test func `all answers of a batch are from one state, whatever changes meanwhile`() async throws {
    // Exactly one of the two may, at any moment; the change of one is never seen without that of the other.
    let may = World.member([World.contoso: [.accountViewer]])
    let mayNot = World.member([World.contoso: []])
    let policy = world.policy
    func turn(_ number: Int64) {
      let hers = number.isMultiple(of: 2)
      policy.apply(
        PolicyFacts(revision: number, accounts: [World.him: hers ? mayNot : may, World.her: hers ? may : mayNot]))
    }
    turn(2)
    let her = #""subject":{"type":"user","id":"her"}"#
    let pairs = Array(repeating: "{\(Self.him)},{\(her)}", count: 20).joined(separator: ",")
    let request = Array("{\(Self.view),\(Self.order),\"evaluations\":[\(pairs)]}".utf8)
    let changing = Task.detached {
      for number in Int64(3)..<400 {
        turn(number)
        await Task.yield()
      }
    }
    for _ in 0..<200 {
      let answer = try EvaluateAccess(saying: .compiledIn)(
        PresentedEvaluations(many: request), askedBy: World.ownedByContoso, knowing: policy, at: World.now)
      let decisions = try JSONDecoder().decode(EvaluationsResponse.self, from: Data(answer.bytes)).evaluations.map(\.decision)
      let his = !answer.revision.isMultiple(of: 2)
      #expect(decisions == Array(repeating: [his, !his], count: 20).flatMap(\.self))
    }
    await changing.value
  }

  @Test func `a batch made with the message type is understood, and its answer is what the message type reads and writes`() throws
  {
    let message = EvaluationsRequest(
      subject: .init(id: "him"), action: .init(name: "view"),
      evaluations: [.init(resource: .init(type: "order", id: "1")), .init(resource: .init(type: "key", id: "1")), .init()],
      options: .init(evaluationsSemantic: "execute_all", reason: "full"))
    let written = try answer(String(decoding: JSONEncoder().encode(message), as: UTF8.self))
    let response = try JSONDecoder().decode(EvaluationsResponse.self, from: Data(written.utf8))
    #expect(response.evaluations.map(\.decision) == [true, false, false])
    #expect(response.evaluations.first?.context?.roles == ["account-viewer"])
    #expect(response.evaluations.last?.context?.error == .init(status: 400, message: "resource is missing."))
    #expect(try JSON.parse(Array(JSONEncoder().encode(response))) == JSON.parse(Array(written.utf8)))
  }
}
