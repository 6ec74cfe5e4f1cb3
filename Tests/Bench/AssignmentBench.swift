internal import AccessControl
internal import Identity
internal import Logging
internal import Primitives
internal import Storage
internal import TestKit

/// Roles given and taken a second, with all that hangs on such a commit: the history of what decisions depend on (decision 0020), and the count of a role's
/// holders where a limit says how many there may be (decision 0025).
///
/// The yardstick asks for the same permit and the same warrant, writes the same audit entry, and a session in place of the assignment: what is missing is what the
/// history, the limit and the word to other instances cost.
enum AssignmentBench {
  /// Held by so many registered subjects from the beginning, one role with a limit and one without.
  private static let limited = RoleID.reportViewer
  private static let free = RoleID.accountViewer

  /// Makes an organization in which both roles are held by so many.
  static func fill(_ store: any PersistentStore, holders: Int) async throws {
    try await store.migrate()
    let occasion = occasion()
    let portal = Organization(id: occasion.newID(), kind: .portal, name: "Portal", createdAt: occasion.now)
    let organization = Organization(id: occasion.newID(), kind: .customer, name: "Bench", createdAt: occasion.now)
    let subjects = (0..<holders).map { subject(organization.id, "held-\($0)", occasion) }
    try await store.write { tx in
      if try tx.portalOrganization() == nil { try tx.insert(portal) }
      try tx.insert(organization)
      try tx.insert(subjects)
    }
    for subject in subjects {
      try await store.write { tx in
        for role in [limited, free] { try tx.seed(assignment(of: role, to: subject, occasion)) }
      }
    }
    try await store.write { tx in
      try tx.seed(
        DefinedLimit(
          limit: RoleLimit(role: limited, maximum: RoleLimit.greatest, origin: .organization(organization.id)),
          createdAt: occasion.now, definedAt: occasion.now, definedBy: "command:bench", version: 1))
    }
  }

  enum Kind: String { case assignments, limited, yardstick }

  /// Every caller gives a subject of their own a role and takes it again, in turns; with `.yardstick` writes what is comparable.
  ///
  /// - Returns: how many commits there were before the time was over.
  static func run(_ kind: Kind, _ store: any PersistentStore, _ account: AccountID, _ callers: Int, _ seconds: Double)
    async throws
    -> Int
  {
    let env = environment(over: store)
    guard let organization = try await store.read({ try $0.organizations(kind: .customer, PageRequest(limit: 1)).items.first })
    else {
      throw Unusable(what: "nobody holds anything: bench store hold DATABASE HOLDERS")
    }
    let occasion = occasion()
    let role = kind == .limited ? limited : free
    let mine = (0..<callers).map { subject(organization.id, "\(occasion.newSecret().reveal())-\($0)", occasion) }
    try await store.write { try $0.insert(mine) }
    let held = mine.map { assignment(of: role, to: $0, occasion) }
    return try await StoreBench.repeating(callers, seconds) { caller, turn in
      let occasion = Self.occasion()
      try await env.write(occasion) { tx in
        let permit = try tx.permit(.roleAssign, in: organization.id, occasion)
        let assignment = held[caller]
        if kind == .yardstick {
          _ = try tx.warrant(toGive: assignment, because: .permit(permit, .assignment))
          try tx.insert(StoreBench.session(of: account, occasion.newSecret().digest, occasion.now, SystemRandomness()))
        } else if turn.isMultiple(of: 2) {
          try tx.insert(try tx.warrant(toGive: assignment, because: .permit(permit, .assignment)))
        } else {
          guard try tx.delete(try tx.warrant(toTake: assignment, under: permit, occasion)) else {
            throw Unusable(what: "an assignment is gone")
          }
        }
        try tx.record(
          .roleAssigned, on: assignment.holder.auditName, in: organization.id, occasion, details: ["roles": [.string(role.text)]])
      }
    }
  }

  private static func occasion() -> Occasion {
    Occasion(
      now: SystemClock.now(), actor: Actor(.command("bench"), address: nil, requestID: nil), randomness: SystemRandomness())
  }

  private static func subject(_ organization: OrganizationID, _ name: String, _ occasion: Occasion) -> RegisteredSubject {
    RegisteredSubject(id: occasion.newID(), organization: organization, type: "robot", name: name, createdAt: occasion.now)
  }

  private static func assignment(of role: RoleID, to subject: RegisteredSubject, _ occasion: Occasion) -> RoleAssignment {
    RoleAssignment(
      id: occasion.newID(), organization: subject.organization, holder: .subject(subject.id), role: role,
      grantedBy: "command:bench", createdAt: occasion.now)
  }

  /// What every write of the product goes through; nobody decides or signs in here.
  private static func environment(over store: any Store) -> Environment {
    let random = SystemRandomness()
    let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
    let keys = KeyRing(root: RootKey.make(from: random), logger: logger)
    return Environment(
      clock: { SystemClock.now() }, randomness: random, store: store, policy: PolicySnapshot(keys: keys, seededBy: random),
      keys: keys,
      passwords: PasswordKeeper(pool: HashingPool(threads: 1, bound: 1), cost: .belowMinimumForTests(1), randomness: random),
      settings: IdentitySettings(publicAddress: "https://bench.example"), audit: AuditAlarm(logger: logger))
  }
}
