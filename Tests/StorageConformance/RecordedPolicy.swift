internal import AccessControl
internal import Identity
internal import Primitives
internal import Synchronization

/// An observer that keeps what it was told, in order, and what it adds up to.
final class RecordedPolicy: PolicyObserver {
  enum Told: Sendable {
    case changed(PolicyFacts)
    case whole(PolicyFacts)
    case confirmed(Bool)
  }

  private struct State {
    var told: [Told] = []
    var sum = PolicyFacts(revision: -1)
    var waiting: [@Sendable () -> Void] = []
  }

  private let state = Mutex(State())

  func apply(_ facts: PolicyFacts) {
    note(.changed(facts)) { sum in
      sum.revision = facts.revision
      sum.organizations.merge(facts.organizations) { _, new in new }
      sum.accounts.merge(facts.accounts) { _, new in new }
      sum.applications.merge(facts.applications) { _, new in new }
      sum.groups.merge(facts.groups) { _, new in new }
      sum.subjects.merge(facts.subjects) { _, new in new }
      sum.resources.merge(facts.resources) { _, new in new }
      sum.endedGrants.merge(facts.endedGrants) { first, _ in first }
      sum.revokedTokens.merge(facts.revokedTokens) { _, new in new }
      if let keys = facts.signingKeys { sum.signingKeys = keys }
      if let catalogs = facts.catalogs { sum.catalogs = catalogs }
    }
  }

  func replace(with facts: PolicyFacts) { note(.whole(facts)) { $0 = facts } }
  func confirm(isCurrent: Bool, until: ContinuousClock.Instant?) { note(.confirmed(isCurrent)) { _ in } }

  private func note(_ told: Told, _ add: (inout PolicyFacts) -> Void) {
    let waiting = state.withLock { state in
      state.told.append(told)
      add(&state.sum)
      defer { state.waiting = [] }
      return state.waiting
    }
    for wake in waiting { wake() }
  }

  /// Everything told so far, added up.
  var sum: PolicyFacts { state.withLock(\.sum) }

  /// The facts of every single commit told, in the order they were told.
  var changes: [PolicyFacts] {
    state.withLock(\.told).compactMap { told in if case .changed(let facts) = told { facts } else { nil } }
  }

  var wholes: [PolicyFacts] {
    state.withLock(\.told).compactMap { told in if case .whole(let facts) = told { facts } else { nil } }
  }

  var last: PolicyFacts? { changes.last }

  /// Returns as soon as what was told adds up to what `isEnough` asks; the test's time limit bounds the wait.
  func wait(until isEnough: @escaping @Sendable (PolicyFacts) -> Bool) async {
    while !isEnough(sum) {
      await withCheckedContinuation { continuation in
        let isThereNow = state.withLock { state in
          if isEnough(state.sum) { return true }
          state.waiting.append { continuation.resume() }
          return false
        }
        if isThereNow { continuation.resume() }
      }
    }
  }
}

/// What a policy says, in a form that can be compared: values that are gone left out.
struct ComparablePolicy: Equatable {
  let organizations: [OrganizationID: Organization]
  let accounts: [AccountID: PolicyFacts.AccountFacts]
  let applications: [ApplicationID: PolicyFacts.ApplicationFacts]
  let groups: [GroupID: PolicyFacts.GroupFacts]
  let subjects: [RegisteredSubjectID: PolicyFacts.SubjectFacts]
  let resources: [ResourceName: PolicyFacts.ResourceFacts]
  let endedGrants: [GrantID: Timestamp]
  let revokedTokens: [String: Timestamp]
  let signingKeys: [StoredSigningKey]
  let roles: [Role]
  let permissions: [PermissionDefinition]

  init(_ facts: PolicyFacts) {
    organizations = facts.organizations.compactMapValues(\.self)
    accounts = facts.accounts.compactMapValues(\.self)
    applications = facts.applications.compactMapValues(\.self)
    groups = facts.groups.compactMapValues(\.self)
    subjects = facts.subjects.compactMapValues(\.self)
    resources = facts.resources.compactMapValues(\.self)
    endedGrants = facts.endedGrants
    revokedTokens = facts.revokedTokens
    signingKeys = facts.signingKeys ?? []
    roles = facts.catalogs?.roles.defined ?? []
    permissions = facts.catalogs?.permissions.definitions ?? PermissionCatalog.builtIn.definitions
  }
}
