internal import Identity
internal import Primitives
internal import TestKit
internal import Testing
internal import Wire

@testable internal import Web

@Suite(.threat("HTP4")) struct StrictBodies {
  @Test(
    arguments: [
      (#"{"name":"A","name":"B"}"#, []),
      (#"{"name":"A","colour":"red"}"#, ["/colour unknown"]),
      (#"{"name":null}"#, ["/name null"]),
      (#"{"name":7}"#, ["/name wrong_type"]),
      (#"{}"#, ["/name required"]),
      (#"{"name":""}"#, ["/name too_short"]),
      (#"[]"#, [" wrong_type"]),
      (#"{"name":"A"} "#, nil),
      (#"{"name":"A"}x"#, []),
      (#"{"name":"\u0000"}"#, ["/name malformed"]),
      (#"{"name":"\ud800"}"#, []),
      ("", []), ("\u{FEFF}{\"name\":\"A\"}", []),
      (#"{"a/b~c":1,"name":"A"}"#, ["/a~1b~0c unknown"]),
    ] as [(String, [String]?)])
  func `a body that is not exactly of its shape is refused with every flaw`(_ body: String, _ flaws: [String]?) async throws {
    do {
      _ = try Management.NewOrganization.read(Array(body.utf8))
      #expect(flaws == nil)
    } catch let refusal as ManagementRefusal {
      #expect(refusal.kind == .malformed)
      #expect(refusal.fields.map { "\($0.pointer) \($0.code)" } == flaws)
    }
  }

  @Test func `all flaws of a nested body are named at once, and not endlessly many`() throws {
    let body: JSON = [
      "number": 1, "purchasing_accounts": ["ok", 7], "administrator": ["first_name": "", "last_name": nil, "middle": "x"],
      "partner": "NOT AN ID",
    ]
    let flaws = SchemaCheck.flaws(of: body, .message(Management.NewAgreement.message)).map { "\($0.pointer) \($0.code)" }
    #expect(
      Set(flaws) == [
        "/number wrong_type", "/purchasing_accounts/1 wrong_type", "/administrator/first_name too_short",
        "/administrator/last_name null", "/administrator/email required", "/administrator/middle unknown", "/partner malformed",
      ])
    let many = JSON.object(JSONObject((0..<500).map { ("member-\($0)", JSON.null) }))
    #expect(SchemaCheck.flaws(of: many, .message(Management.NewOrganization.message)).count == SchemaCheck.maximumFlaws)
  }

  @Test(arguments: [(1, true), (200, true), (201, false)])
  func `a text is taken up to its limit`(_ length: Int, _ isTaken: Bool) {
    let body: JSON = ["name": .string(String(repeating: "ж", count: length))]
    #expect(SchemaCheck.flaws(of: body, .message(Management.NewOrganization.message)).isEmpty == isTaken)
  }

  @Test(arguments: [(0, false), (1, true), (50, true), (51, false)])
  func `a list is taken up to its limit`(_ count: Int, _ isTaken: Bool) {
    let body: JSON = [
      "number": "A", "purchasing_accounts": .array(Array(repeating: "P", count: count)),
      "administrator": ["first_name": "A", "last_name": "B", "email": "a@b.test"],
    ]
    #expect(SchemaCheck.flaws(of: body, .message(Management.NewAgreement.message)).isEmpty == isTaken)
  }

  @Test func `a member that can be emptied tells null from silence`() throws {
    func partner(_ body: String) throws -> Management.Change<String> {
      try Management.AgreementChange.read(Array(body.utf8)).partner
    }
    #expect(try partner("{}") == .keep)
    #expect(try partner(#"{"partner":null}"#) == .clear)
    #expect(try partner(#"{"partner":"abc"}"#) == .set("abc"))
  }

  /// What the checker lets through must be readable: otherwise shape and message disagree, which would be a fault of ours.
  @Test func `every message that operations take is readable with all of its members and with the required ones alone`() throws {
    for message in OperationTable.operations.compactMap(\.takes) {
      for isFull in [true, false] {
        let sample = Sample.of(.message(message), full: isFull)
        #expect(SchemaCheck.flaws(of: sample, .message(message)).isEmpty, "\(message.name)")
        let reader = try #require(Sample.readers[message.name], "\(message.name) has no reader here")
        try reader(sample.encoded())
      }
    }
  }
}

/// Smallest values of a shape.
private enum Sample {
  static func of(_ schema: Schema, full: Bool) -> JSON {
    switch schema {
    case .text(let length, _): .string(String(repeating: "a", count: max(length.lowerBound, 1)))
    case .id: "abc"
    case .word(let words): .string(words.first ?? "")
    case .flag: true
    case .integer(let range): .integer(range.lowerBound)
    case .list(let element, let count):
      .array(Array(repeating: of(element, full: full), count: max(count.lowerBound, full ? 1 : 0)))
    case .openObject: [:]
    case .anything: .null
    case .message(let message):
      .object(JSONObject(message.members.filter { full || $0.isRequired }.map { ($0.name, of($0.schema, full: full)) }))
    }
  }

  static let readers: [String: @Sendable ([UInt8]) throws -> Void] = {
    let types: [any Described.Type] = [
      Management.NewOrganization.self, Management.OrganizationChange.self, Management.NewAgreement.self,
      Management.AgreementChange.self, Management.NewAdministrator.self, Management.NewPurchasingAccount.self,
      Management.NewInvitation.self, Management.NewRoleAssignment.self, Management.NewApplication.self,
      Management.ApplicationChange.self, Management.NewInitialAccessToken.self, Management.ResourceOwner.self,
      Management.RoleDefinition.self, Management.PermissionDefinition.self, Management.ConditionToCheck.self,
      Management.RoleExclusionDefinition.self, Management.RoleLimitDefinition.self, Management.NewAccessReview.self,
      Management.AccessReviewDecisions.self,
      Management.AssignmentTerms.self,
      Management.NewGroup.self, Management.GroupChange.self, Management.SubjectDefinition.self, Management.NewResources.self,
      Management.NewSubjects.self,
      Management.ExplainedQuestion.self,
    ]
    return Dictionary(
      uniqueKeysWithValues: types.map { type in (type.message.name, { @Sendable body in _ = try type.read(body) }) })
  }()
}
