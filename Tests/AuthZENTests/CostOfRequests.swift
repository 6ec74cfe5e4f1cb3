import AccessControl
import AuthZEN
import Identity
import Localization
import Primitives
import TestKit
import Testing

/// What the conditions of all questions of one request may take together.
@Suite(.threat("CEL1")) struct CostOfRequests {
  private static let write = Permission("document", "write")
  /// Under a condition that is never met and takes nearly all that one may take.
  private static let costly = (0..<2).map { RoleID(trusted: "costly-\($0)") }
  /// Under one that is always met and takes nearly nothing.
  private static let cheap = RoleID(trusted: "cheap")
  /// Under none.
  private static let plain = RoleID(trusted: "plain")

  private let policy: PolicySnapshot

  init() throws {
    policy = PolicySnapshot(
      keys: KeyRing(root: RootKey.make(from: SystemRandomness()), logger: RecordedLog().logger), seededBy: SystemRandomness())
    policy.replace(
      with: PolicyFacts(
        revision: 1,
        organizations: [World.contoso: Organization(id: World.contoso, kind: .customer, name: "Contoso", createdAt: World.now)],
        accounts: [
          World.him: Self.member(holding: Self.costly + [Self.cheap]), World.her: Self.member(holding: [Self.plain]),
        ], catalogs: try Self.catalogs()))
    policy.confirm(isCurrent: true, until: nil)
  }

  /// - Parameter roles: in the order in which they are looked at.
  private static func member(holding roles: [RoleID]) -> PolicyFacts.AccountFacts {
    PolicyFacts.AccountFacts(
      kind: .work(home: World.contoso), state: .active,
      memberships: [
        World.contoso: PolicyFacts.MembershipFacts(
          state: .active,
          assignments: roles.map { PolicyFacts.AssignmentFacts(id: RoleAssignmentID(trusted: $0.text), role: $0) })
      ])
  }

  private static func catalogs() throws -> Catalogs {
    func role(_ id: RoleID, _ condition: String?) throws -> Role {
      Role(
        id: id, wording: Wording(name: id.text), permissions: .listed(condition == nil ? [write] : []),
        conditions: try condition.map { [write: try Condition($0)] } ?? [:], mayGrant: .nothing, organizationKinds: [.customer],
        origin: .portal)
    }
    let never = try costly.enumerated().map {
      try role($1, "context.many.exists(a, context.many.exists(b, a + b == \($0 + 3)))")
    }
    return Catalogs(
      roles: RoleCatalog(adding: never + [try role(cheap, "true"), try role(plain, nil)]),
      permissions: PermissionCatalog(adding: [PermissionDefinition(write, "", kinds: [.customer])]))
  }

  private func ask(_ people: [String], detail: String = "code") throws -> [String] {
    let many = Array(repeating: "1", count: 100).joined(separator: ",")
    let items = people.map { #"{"subject":{"type":"user","id":"\#($0)"}}"# }.joined(separator: ",")
    let body =
      #"{"action":{"name":"write"},"resource":{"type":"document","id":"1"},"context":{"many":[\#(many)]},"#
      + #""options":{"reason":"\#(detail)"},"evaluations":[\#(items)]}"#
    let answer = try EvaluateAccess(saying: .compiledIn)(
      PresentedEvaluations(many: Array(body.utf8)), askedBy: World.ownedByContoso, knowing: policy, at: World.now)
    let evaluations = try #require(try JSON.parse(answer.bytes).objectValue?["evaluations"]?.arrayValue)
    return evaluations.map { $0.objectValue?["context"]?.objectValue?["reason"]?.stringValue ?? "" }
  }

  @Test func `once the steps of a request are spent no condition is met any more, and that is the reason`() throws {
    let asked = Array(repeating: "him", count: 20) + ["her", "him"]
    let reasons = try ask(asked)
    let allowed = reasons.prefix { $0 == "permission_granted" }.count
    try #require(allowed >= ConditionLimits.requestCost / ConditionLimits.decisionCost && allowed < 20)
    #expect(Array(reasons[allowed..<20]) == Array(repeating: "request_too_costly", count: 20 - allowed))
    // What is given without a condition counts as ever.
    #expect(Array(reasons.suffix(2)) == ["permission_granted", "request_too_costly"])
    // The next request has steps of its own.
    #expect(try ask(Array(asked.prefix(allowed))) == Array(repeating: "permission_granted", count: allowed))
    #expect(try ask(asked, detail: "full") == reasons)
  }
}
