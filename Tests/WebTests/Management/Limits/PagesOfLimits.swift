internal import AccessControl
internal import AuthZEN
internal import Foundation
internal import Identity
internal import Primitives
internal import Testing
internal import Wire

@testable internal import Web

/// The tables of limits in docs, for whoever calls: a number that changes in the code and not there fails here, and so does one that nobody enforces.
@Suite struct PagesOfLimits {
  /// What a row is about, and its numbers in their order.
  struct Row: Hashable {
    let what: String
    let numbers: [Int]

    init(_ what: String, _ numbers: Int...) { self.init(what, numbers: numbers) }

    init(_ what: String, numbers: [Int]) {
      self.what = what
      self.numbers = numbers
    }
  }

  @Test func `the page of the management API has every limit as it is, and none besides`() throws {
    expect(try Self.table(of: "docs/api.md", below: "## Limits"), toBe: Self.ofTheManagementAPI)
  }

  @Test func `the page for services has every limit of decisions as it is, and none besides`() throws {
    expect(
      try Self.table(of: "docs/integrate.md", below: "What is past one of these limits"),
      toBe: [
        Row("a question or a search", EvaluationLimits.questionBytes / 1_024),
        Row("many questions", EvaluationLimits.batchBytes / 1_024, EvaluationLimits.evaluations),
        Row("one `properties`, `context`, `options` or `page`", EvaluationLimits.propertyBytes / 1_024),
        Row("members of one object, at whatever depth", EvaluationLimits.members),
        Row("arrays and objects inside each other, the body counted", EvaluationLimits.depth),
        Row("roles in `context.active_roles`", RoleActivation.maximumActive),
        Row("results in a page", EvaluationLimits.pageResults),
        Row(
          "[steps](conditions.md#limits) of all conditions of one request; what is answered past them is said above",
          ConditionLimits.requestCost),
      ])
  }

  private func expect(_ told: [Row], toBe known: [Row], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(told.map(\.what) == known.map(\.what), sourceLocation: sourceLocation)
    for row in told where !known.contains(row) {
      Issue.record("\(row.what): \(row.numbers) is not what counts", sourceLocation: sourceLocation)
    }
  }

  private static let ofTheManagementAPI = [
    Row("a body", ManagementAPI.maximumBytes / 1_024, ManagementAPI.maximumBulkBytes / 1_048_576, ManagementAPI.maximumDepth),
    Row("a page, its cursor", PageRequest.maximumLimit, PageRequest.maximumCursor),
    Row("flaws named in one answer", SchemaCheck.maximumFlaws),
    Row("name of an organization", most("name", of: Management.NewOrganization.message)),
    Row("first name, last name, name of an application", most("name", of: Management.NewApplication.message)),
    Row("an e-mail address", most("email", of: Management.NewInvitation.message)),
    Row("number of an agreement or purchasing account", ContractNumber.maximumLength),
    Row("purchasing accounts of an agreement", RegisterAgreement.maximumPurchasingAccounts),
    Row("roles of an invitation", most("roles", of: Management.NewInvitation.message)),
    Row("name, description, languages of a role", Wording.maximumName, Wording.maximumDescription, Wording.maximumTranslations),
    Row(
      "permissions, permissions under a condition, parents of a role", RoleDefinition.maximumPermissions,
      RoleDefinition.maximumConditions, RoleInheritance.maximumParents),
    Row("a condition", ConditionLimits.textLength),
    Row("roles to be handed out by a role, by each way", RoleDefinition.maximumGrantable),
    Row("roles that the portal or an organization defines", DefineRole.maximum),
    Row("steps over which roles inherit", RoleInheritance.maximumDepth),
    Row(
      "roles of an exclusion, exclusions of the portal or of an organization", RoleExclusion.maximumRoles,
      DefineExclusion.maximum),
    Row("name, description of an exclusion", Wording.maximumName, Wording.maximumDescription),
    Row(
      "holders that a limit of a role can name, its description, limits of the portal or of an organization", RoleLimit.greatest,
      Wording.maximumDescription, DefineLimit.maximum),
    Row("rights and invitations that a plan shows, people it looks at", Plan.shown, Plan.mostExamined),
    Row("digest of a plan", PlanDigest.length),
    Row("type, action of a permission", Permission.maximumNameLength),
    Row("summary, languages of a permission", DefinePermission.maximumSummary, Wording.maximumTranslations),
    Row("permissions that operators define", DefinePermission.maximum),
    Row(
      "redirect addresses, audiences of an application", most("redirect_uris", of: Management.NewApplication.message),
      RedirectURI.maximumLength, most("default_audience", of: Management.NewApplication.message)),
    Row("scopes of an application", Scope.maximumCount, most("scopes", "0", of: Management.NewApplication.message)),
    Row("organizations that an application decides in", most("decides_in", of: Management.NewApplication.message)),
    Row("secrets of an application valid at a time", most("secrets", of: Management.Application.message)),
    Row(
      "uses, life of an initial access token", most("uses", of: Management.NewInitialAccessToken.message),
      most("expires_in", of: Management.NewInitialAccessToken.message) / 86_400),
    Row("type, id of a resource or registered subject", Permission.maximumNameLength, RegisteredResource.maximumID),
    Row(
      "attributes of a resource or registered subject", AttributeLimits.maximumBytes / 1_024, AttributeLimits.maximumDepth,
      AttributeLimits.maximumMembers),
    Row("steps that a resource lies below another", RegisteredResource.deepest),
    Row(
      "resources or subjects registered at once, the body that says so", RegisterMany.maximum,
      ManagementAPI.maximumBulkBytes / 1_048_576),
    Row("resources that lie below those that one request moves, over however many steps", RegisterResources.maximumMoved),
    Row(
      "roles that one holder has in an organization, each for whatever it counts, after a change that gives more than it takes",
      HoldingLimits.assignments),
    Row("groups of an organization that somebody belongs to, members of a group", HoldingLimits.groups, HoldingLimits.members),
    Row("reason of an assignment, of a decision in a review", RoleAssignment.maximumReason),
    Row("name, description of a group", Wording.maximumName, Wording.maximumDescription),
    Row("name, roles of a review", AccessReview.maximumName, AccessReview.maximumRoles),
    Row("assignments of a review, decisions at once", AccessReview.maximumItems, DecideAccessReview.maximumItems),
    Row(
      "type, id of a subject or resource in a question to be explained, name of its action",
      most("subject", "type", of: Management.ExplainedQuestion.message),
      most("subject", "id", of: Management.ExplainedQuestion.message),
      most("action", "name", of: Management.ExplainedQuestion.message)),
    Row("active roles that a question names", RoleActivation.maximumActive),
    Row("failure counts", Int(ReadFailureCounts.longestSpan.components.seconds / 86_400)),
  ]

  /// The upper bound that a shape sets at a place.
  private static func most(_ path: String..., of message: Message) -> Int {
    let schema = path.reduce(Optional(Schema.message(message))) { schema, name in
      switch schema {
      case .message(let message): message.members.first { $0.name == name }?.schema
      case .list(let element, _): element
      default: nil
      }
    }
    return switch schema {
    case .text(let length, _): length.upperBound
    case .list(_, let count): count.upperBound
    case .integer(let range): Int(range.upperBound)
    default: -1
    }
  }

  /// The first table below a line: what each row is about, and its numbers.
  private static func table(of path: String, below line: String) throws -> [Row] {
    let root = (0..<5).reduce(URL(filePath: #filePath)) { path, _ in path.deletingLastPathComponent() }
    let page = try String(contentsOf: root.appending(path: path), encoding: .utf8)
    let start = try #require(page.range(of: "\n\(line)")).upperBound
    let rows = page[start...].split(separator: "\n", omittingEmptySubsequences: false)
      .drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }
    return rows.dropFirst(2).map { row in
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let numbers = cells.dropFirst().first?.matches(of: /[0-9][0-9,]*/) ?? []
      return Row(cells.first ?? "", numbers: numbers.compactMap { Int($0.0.filter(\.isNumber)) })
    }
  }
}
