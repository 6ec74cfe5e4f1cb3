import AccessControl
import AuthZEN
import Foundation
import Identity
import Localization
import Primitives
import TestKit
import Wire

/// Contoso with a shelf of documents: who holds a role for everything, for the shelf, through a group, under a condition, or cannot act; and Fabrikam next
/// door.
struct SearchWorld {
  typealias Assignment = PolicyFacts.AssignmentFacts

  static let now = World.now
  static let contoso = World.contoso
  static let fabrikam = World.fabrikam
  static let shelf = ResourceName(type: "shelf", id: "a")
  static let readers = GroupID(trusted: "readers")
  static let reader = RoleID(trusted: "reader")
  /// May write drafts, whatever anybody says they are; and print where they sit on the printer's floor.
  static let writer = RoleID(trusted: "writer")
  static let root = RootKey.make(from: SystemRandomness())

  let policy: PolicySnapshot
  let search: SearchEntities

  /// - Parameter crowd: how many more members may write drafts, and nothing else.
  init(crowd: Int = 0) throws {
    let keys = KeyRing(root: Self.root, logger: RecordedLog().logger)
    policy = PolicySnapshot(keys: keys, seededBy: SystemRandomness())
    search = SearchEntities(vouchingWith: keys.searches)
    var facts = try Self.facts()
    for number in 0..<crowd {
      facts.accounts[AccountID(trusted: "member-\(number)")] = Self.member([Self.assignment(Self.writer)])
    }
    policy.replace(with: facts)
    policy.confirm(isCurrent: true, until: nil)
  }

  private static func facts() throws -> PolicyFacts {
    func document(_ id: String) -> ResourceName { ResourceName(type: "document", id: id) }
    func subject(_ name: String, isActive: Bool = true) -> PolicyFacts.SubjectFacts {
      PolicyFacts.SubjectFacts(
        organization: contoso, type: "terminal", name: name, isActive: isActive, attributes: ["floor": 2],
        assignments: [assignment(reader), assignment(writer)], groups: [])
    }
    return PolicyFacts(
      revision: 7,
      organizations: [
        contoso: Organization(id: contoso, kind: .customer, name: "Contoso", createdAt: now),
        fabrikam: Organization(id: fabrikam, kind: .customer, name: "Fabrikam", createdAt: now),
      ],
      accounts: named([
        "ada": member([assignment(reader), assignment(writer)]),
        "ben": member([assignment(reader, for: shelf)]),
        "cyd": member([], groups: [readers]),
        "dan": member([assignment(reader)], state: .suspended),
        "eve": PolicyFacts.AccountFacts(
          kind: .work(home: fabrikam), state: .active,
          memberships: [fabrikam: PolicyFacts.MembershipFacts(state: .active, assignments: [assignment(reader)])]),
        "fay": member([assignment(reader, until: now)]),
        "gil": member([assignment(reader, for: document("unregistered"))]),
      ]),
      applications: named([
        "archive": PolicyFacts.ApplicationFacts(
          application: World.application(owner: contoso), assignments: [contoso: [assignment(reader)]])
      ]),
      groups: [readers: PolicyFacts.GroupFacts(organization: contoso, assignments: [assignment(reader)])],
      subjects: named(["terminal-1": subject("t1"), "terminal-2": subject("t2", isActive: false)]),
      resources: [
        shelf: PolicyFacts.ResourceFacts(organization: contoso),
        document("1"): PolicyFacts.ResourceFacts(organization: contoso, parent: shelf, attributes: ["state": "draft"]),
        document("2"): PolicyFacts.ResourceFacts(organization: contoso, parent: shelf, attributes: ["state": "final"]),
        document("3"): PolicyFacts.ResourceFacts(organization: contoso),
        document("of-fabrikam"): PolicyFacts.ResourceFacts(organization: fabrikam),
      ],
      catalogs: try catalogs())
  }

  private static func named<Tag, Facts>(_ facts: [String: Facts]) -> [Identifier<Tag>: Facts?] {
    Dictionary(uniqueKeysWithValues: facts.map { (Identifier(trusted: $0.key), $0.value) })
  }

  private static func catalogs() throws -> Catalogs {
    let (read, write, print) = (
      Permission("document", "read"), Permission("document", "write"), Permission("document", "print")
    )
    return Catalogs(
      roles: RoleCatalog(adding: [
        Role(
          id: reader, wording: Wording(name: "Reader"), permissions: .listed([read]), mayGrant: .nothing,
          organizationKinds: [.customer], origin: .portal),
        Role(
          id: writer, wording: Wording(name: "Writer"), permissions: .listed([]),
          conditions: [
            write: try Condition(#"resource.properties.state == "draft""#),
            print: try Condition("subject.properties.floor == context.floor"),
          ], mayGrant: .nothing, organizationKinds: [.customer], origin: .portal),
      ]),
      permissions: PermissionCatalog(adding: [read, write, print].map { PermissionDefinition($0, "", kinds: [.customer]) }))
  }

  static func assignment(_ role: RoleID, for scope: ResourceName? = nil, until: Timestamp? = nil) -> Assignment {
    Assignment(
      id: RoleAssignmentID(trusted: "\(role.text)-\(scope?.id ?? "everything")"), role: role, scope: scope, until: until)
  }

  static func member(
    _ assignments: [Assignment], groups: Set<GroupID> = [], state: Membership.State = .active
  ) -> PolicyFacts.AccountFacts {
    PolicyFacts.AccountFacts(
      kind: .work(home: contoso), state: .active,
      memberships: [contoso: PolicyFacts.MembershipFacts(state: state, assignments: assignments, groups: groups)])
  }

  // MARK: asking

  func answer(
    _ kind: SearchKind, _ body: String, from asker: Application = World.ownedByContoso
  ) throws(EvaluationRefusal) -> String {
    String(
      decoding: try search(kind, Array(body.utf8), askedBy: asker, knowing: policy, at: Self.now).bytes, as: UTF8.self)
  }

  func found(_ kind: SearchKind, _ body: String, from asker: Application = World.ownedByContoso) throws -> SearchResponse {
    try JSONDecoder().decode(SearchResponse.self, from: Data(try answer(kind, body, from: asker).utf8))
  }

  /// The ids or names that were found, sorted.
  func names(_ kind: SearchKind, _ body: String, from asker: Application = World.ownedByContoso) throws -> [String] {
    try found(kind, body, from: asker).results.compactMap { $0.id ?? $0.name }.sorted()
  }

  /// Whether a question of its own is answered with yes.
  func isAllowed(_ subject: SearchRequest.Entity, _ action: String, _ resource: SearchRequest.Entity, _ context: JSONObject = [:])
    throws -> Bool
  {
    let request = SearchRequest(subject: subject, action: .init(name: action), resource: resource, context: context)
    let answer = try EvaluateAccess(saying: .compiledIn)(
      PresentedEvaluations(one: Array(JSONEncoder().encode(request))), askedBy: World.ownedByContoso, knowing: policy,
      at: Self.now)
    return try JSONDecoder().decode(EvaluationResponse.self, from: Data(answer.bytes)).decision
  }
}
