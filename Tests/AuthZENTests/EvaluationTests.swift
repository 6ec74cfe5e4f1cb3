import AccessControl
import AuthZEN
import Foundation
import Identity
import Localization
import Primitives
import TestKit
import Testing
import Wire

/// One question and the whole answer to it.
struct Case: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let question: String
  var asker = World.portalWide
  let answer: String

  static let granted =
    #"{"decision":true,"context":{"organization":"contoso","reason":"permission_granted"}}"#

  static func no(_ reason: String, in organization: String? = "contoso") -> String {
    let place = organization.map { #""organization":"\#($0)","# } ?? ""
    return #"{"decision":false,"context":{\#(place)"reason":"\#(reason)"}}"#
  }

  static func ask(
    _ subject: String, _ action: String, _ type: String, id: String = "1", context: String? = #"{"organization":"contoso"}"#,
    properties: String? = nil, subjectType: String = "user"
  ) -> String {
    let properties = properties.map { #","properties":\#($0)"# } ?? ""
    let context = context.map { #","context":\#($0)"# } ?? ""
    return #"{"subject":{"type":"\#(subjectType)","id":"\#(subject)"},"action":{"name":"\#(action)"},"#
      + #""resource":{"type":"\#(type)","id":"\#(id)"\#(properties)}\#(context)}"#
  }

  static let table: [Case] = [
    Case(testDescription: "an account viewer views an order", question: ask("him", "view", "order"), answer: granted),
    Case(
      testDescription: "an account viewer views no key", question: ask("him", "view", "key"),
      answer: no("no_role_grants_permission")),
    Case(
      testDescription: "the resource's property names the organization as well",
      question: ask("him", "view", "order", context: nil, properties: #"{"organization":"contoso"}"#), answer: granted),
    Case(
      testDescription: "an organization's application need not name it", question: ask("him", "view", "order", context: nil),
      asker: World.ownedByContoso, answer: granted),
    Case(
      testDescription: "a portal-wide application has to", question: ask("him", "view", "order", context: nil),
      answer: no("organization_required", in: nil)),
    Case(
      testDescription: "roles count only where they are held",
      question: ask("her", "view", "key", context: #"{"organization":"fabrikam"}"#),
      answer: no("no_role_grants_permission", in: "fabrikam")),
    Case(
      testDescription: "an operator is a stranger in a customer's business", question: ask("operator-of-portal", "view", "order"),
      answer: no("not_a_member")),
    Case(
      testDescription: "a personal account is nobody's member", question: ask("personal", "view", "order"),
      answer: no("not_a_member")),
    Case(testDescription: "nobody is of that name", question: ask("nobody", "view", "order"), answer: no("not_a_member")),
    Case(
      testDescription: "names that differ in case are other names", question: ask("Him", "view", "order"),
      answer: no("not_a_member")),
    Case(testDescription: "an empty name is nobody's", question: ask("", "view", "order"), answer: no("not_a_member")),
    Case(
      testDescription: "subjects of other types are nobody", question: ask("him", "view", "order", subjectType: "group"),
      answer: no("not_a_member")),
    Case(
      testDescription: "an organization that is none looks like one of strangers",
      question: ask("him", "view", "order", context: #"{"organization":"nowhere"}"#), answer: no("not_a_member", in: "nowhere")),
    Case(
      testDescription: "and like one that exists",
      question: ask("him", "view", "order", context: #"{"organization":"fabrikam"}"#), answer: no("not_a_member", in: "fabrikam")),
    Case(
      testDescription: "a name that can be no organization's",
      question: ask("him", "view", "order", context: #"{"organization":"*"}"#),
      answer: no("not_a_member", in: nil)),
    Case(
      testDescription: "a registered resource is where it is",
      question: ask("her", "view", "order", id: "order-of-fabrikam", context: nil),
      answer: #"{"decision":true,"context":{"organization":"fabrikam","reason":"permission_granted"}}"#
    ),
    Case(
      testDescription: "and the request cannot move it",
      question: ask("her", "view", "order", id: "order-of-fabrikam"), answer: no("organization_mismatch", in: nil)),
    Case(
      testDescription: "an organization's application asks about another",
      question: ask("her", "view", "order", context: #"{"organization":"fabrikam"}"#), asker: World.ownedByContoso,
      answer: no("application_not_admitted", in: nil)),
    Case(
      testDescription: "a portal-wide application asks where it is not admitted",
      question: ask("her", "view", "order", context: #"{"organization":"fabrikam"}"#),
      asker: World.application(owner: nil, decidesIn: [World.contoso]), answer: no("application_not_admitted", in: nil)),
    Case(testDescription: "there is no such action", question: ask("her", "paint", "order"), answer: no("permission_unknown")),
    Case(testDescription: "there is no such type", question: ask("her", "view", "Order"), answer: no("permission_unknown")),
    Case(
      testDescription: "members nobody knows are ignored",
      question: #"{"options":{"x":1},"subject":{"type":"user","id":"him","roles":["account-administrator"]},"#
        + #""action":{"name":"view","decision":true},"resource":{"type":"key","id":"1"},"context":{"organization":"contoso"}}"#,
      answer: no("no_role_grants_permission")),
  ]
}

@Suite(.rule("Authorization API 1.0 §6")) struct EvaluatingAccess {
  let world = World()

  func answer(_ question: String, from asker: Application = World.portalWide) throws(EvaluationRefusal) -> String {
    String(
      decoding: try EvaluateAccess(saying: .compiledIn)(
        PresentedEvaluations(one: Array(question.utf8)), askedBy: asker, knowing: world.policy, at: World.now
      ).bytes,
      as: UTF8.self)
  }

  @Test(.threat("AZN1", "AZN3", "ROL6", "ROL7"), arguments: Case.table)
  func `a question has one answer, with its reason and its organization`(row: Case) throws {
    #expect(try answer(row.question, from: row.asker) == row.answer)
  }

  @Test(.threat("ROL3")) func `a role given counts in the very next answer, and taken away does not`() throws {
    let key = Case.ask("him", "view", "key")
    #expect(try answer(key) == Case.no("no_role_grants_permission"))
    world.change(World.him, to: World.member([World.contoso: [.accountViewer, .reportViewer]]))
    #expect(
      try answer(key)
        == #"{"decision":true,"context":{"organization":"contoso","reason":"permission_granted"}}"#)
    world.change(World.him, to: World.member([World.contoso: [.accountViewer]]))
    #expect(try answer(key) == Case.no("no_role_grants_permission"))
  }

  @Test(.threat("AZN3"), arguments: [World.ownedByContoso, World.application(owner: nil, decidesIn: [World.contoso])])
  func `whether something is registered elsewhere shows nowhere but in what one's own people may`(asker: Application) throws {
    world.change(AccountID(trusted: "gone"), to: World.member([World.contoso: [.accountViewer]], state: .suspended))
    world.change(AccountID(trusted: "resting"), to: World.member([World.contoso: [.accountViewer]], membership: .suspended))
    world.change(AccountID(trusted: "idle"), to: World.member([World.contoso: []]))
    let places = [
      nil, "{}", #"{"organization":"contoso"}"#, #"{"organization":"fabrikam"}"#, #"{"organization":"Contoso"}"#,
      #"{"organization":"nowhere"}"#,
    ]
    for place in places {
      for person in ["operator-of-portal", "personal", "nobody", "", "gone", "resting", "idle"] {
        for action in ["view", "paint"] {
          func asked(_ id: String) throws -> String {
            try answer(Case.ask(person, action, "order", id: id, context: place), from: asker)
          }
          #expect(try asked("order-of-fabrikam") == asked("order-of-nobody"), "\(person) \(action) \(place ?? "nowhere")")
        }
      }
      // Hers at Fabrikam too, but there it is not this application's to ask.
      #expect(
        try !answer(Case.ask("her", "view", "order", id: "order-of-fabrikam", context: place), from: asker).contains("true"))
    }
  }

  @Test(arguments: ["code", nil]) func `the reason is a code unless more of it is asked for`(option: String?) throws {
    let question = Case.ask("him", "view", "order")
    let options = option.map { #","options":{"reason":"\#($0)"}}"# } ?? "}"
    #expect(try answer(question.dropLast() + options) == Case.granted)
  }

  @Test func `in full it names the roles, and says to people in their language what the code says`() throws {
    func full(_ question: String) throws -> EvaluationResponse.Context {
      let written = try answer(question.dropLast() + #","options":{"reason":"full"}}"#)
      return try #require(try JSONDecoder().decode(EvaluationResponse.self, from: Data(written.utf8)).context)
    }
    let granted = try full(Case.ask("him", "view", "order"))
    #expect(granted.roles == ["account-viewer"])
    #expect(granted.reasonUser == ["en": "You may do this.", "ru": "Вам это разрешено."])
    let denied = try full(Case.ask("him", "view", "key"))
    #expect(denied.roles == nil)
    #expect(denied.reason == "no_role_grants_permission")
    #expect(denied.reasonUser?["ru"]?.hasPrefix("Ни одна из ваших ролей") == true)
  }

  @Test(.threat("AZN3")) func `the sentence for people hides what the code hides`() {
    for language in Language.all {
      let say = Sentences(language)
      let stranger = Reason.notAMember.sentence(say)
      #expect(Reason.subjectUnknown.sentence(say) == stranger)
      #expect(Reason.organizationUnknown.sentence(say) == stranger)
    }
  }

  @Test func `a suspended account and a suspended membership are denied at once`() throws {
    let order = Case.ask("him", "view", "order")
    world.change(World.him, to: World.member([World.contoso: [.accountViewer]], membership: .suspended))
    #expect(try answer(order) == Case.no("membership_suspended"))
    world.change(World.him, to: World.member([World.contoso: [.accountViewer]], state: .suspended))
    #expect(try answer(order) == Case.no("subject_suspended"))
  }

  @Test(.threat("AZN2")) func `nothing is decided from facts that may be old, and deciding recovers alone`() throws {
    world.policy.confirm(isCurrent: false, until: nil)
    #expect(throws: EvaluationRefusal.unavailable) { try answer(Case.ask("him", "view", "order")) }
    world.policy.confirm(isCurrent: true, until: nil)
    #expect(try answer(Case.ask("him", "view", "order")) == Case.granted)
  }

  @Test func `two different organizations in one question are an error`() {
    let question = Case.ask("him", "view", "order", properties: #"{"organization":"fabrikam"}"#)
    #expect(throws: EvaluationRefusal.malformed("resource.properties.organization and context.organization differ.")) {
      try answer(question)
    }
  }

  @Test func `a body is taken up to its limit and refused one byte past it`() throws {
    let question = Case.ask("him", "view", "order")
    let blanks = String(repeating: " ", count: EvaluationLimits.questionBytes - question.utf8.count)
    #expect(try answer(question + blanks) == Case.granted)
    #expect(throws: EvaluationRefusal.tooLarge) { try answer(question + blanks + " ") }
  }

  @Test(arguments: Case.table)
  func `what is written by hand is what the message type reads and writes`(row: Case) throws {
    let written = try answer(row.question, from: row.asker)
    let message = try JSONDecoder().decode(EvaluationResponse.self, from: Data(written.utf8))
    #expect(try JSON.parse(Array(try JSONEncoder().encode(message))) == JSON.parse(Array(written.utf8)))
  }

  @Test func `a question made with the message type is understood`() throws {
    let message = EvaluationRequest(
      subject: .init(id: "him"), action: .init(name: "view"), resource: .init(type: "order", id: "1"),
      context: ["organization": "contoso"])
    #expect(try answer(String(decoding: JSONEncoder().encode(message), as: UTF8.self)) == Case.granted)
  }
}
