/// Where everything that must survive a restart lives.
///
/// The contract, which `Tests/StorageConformance` checks for every engine:
/// - `write` is atomic and serializable: its body sees one state, and all of its changes become visible together, or none does when it throws.
/// - `write` returns only after the commit is durable, and after `PolicyObserver` has seen what the commit changed, so that the next decision in
///   this process already knows. When the store is lost between the two, the observer is told that what it knows is not current.
/// - A changing call that was refused (`StoreError.taken`) ends the transaction: the body cannot go on with it, whatever it makes of the error.
/// - A commit that put letters into the outbox, or made one due, rings the `OutboxBell` the store was opened with, and no other commit does.
/// - The body of `write` may be run again after a conflict: it touches only `tx` and values.
/// - `read` sees one consistent state and never waits for a writer.
/// - Bodies run on the store's own threads, never on an event loop or on Swift's cooperative pool.
/// - Commits of other processes on the same database reach the observer within 250 ms.
package protocol Store: Sendable {
  func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value
  func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value
  /// Tells the observer at once what other processes have committed by now, for whoever has seen a newer revision than the observer knows.
  func catchUp() async throws
}

/// What a transaction knows of itself, and changes that are only tried.
package protocol RehearsalStore {
  /// What this transaction changed so far of what decisions depend on.
  var changed: PolicyChange { get }
  /// What this transaction gave so far.
  var given: Given { get }
  /// Takes back everything that `body` changed, once it is done: nothing of it is ever committed or told, neither the policy nor history, letters
  /// or the audit trail.
  ///
  /// - Throws: what `body` throws; then the whole transaction can only end.
  func rehearsing<Value>(_ body: () throws -> Value) throws -> Value
}

/// Everything a use case may ask of the store, one small protocol a feature.
///
/// Inside `Store.read` every changing call throws `StoreError.readOnly`.
package protocol Transaction:
  OrganizationStore, AgreementStore, ResourceStore, InvitationStore, AccountStore, CredentialStore, ThrottleStore, SessionStore,
  MembershipStore, GroupStore, SubjectStore, CatalogStore, HistoryStore,
  ApplicationStore, GrantStore, SigningKeyStore, SealedStore, AuditStore, OutboxStore, JobStore, PolicyStore, ReviewStore,
  RehearsalStore
{}

extension Transaction {
  /// Whether nothing of the portal was ever stored: neither the proof of a root key nor the portal's organization.
  package func holdsNothing() throws -> Bool { try rootKeyProof() == nil && portalOrganization() == nil }
}

/// What can go wrong in a store, beyond a fault of the machine.
package enum StoreError: Error, Sendable, Hashable {
  /// A unique name is taken: the address of an account, the number of an agreement.
  case taken(UniqueName)
  /// A changing call inside `read`.
  case readOnly
  /// The database cannot be used now (locked by another program, disk full, gone): try again later.
  case unavailable(String)
  /// What is stored cannot be understood: damage, or a newer version's data.
  case unreadable(String)
}

package enum UniqueName: String, Sendable, Hashable {
  case accountAddress, agreementNumber, purchasingAccountNumber, membership, roleAssignment, resource, signingKey, audience,
    permission, groupName, subjectName, roleLimit, other
}

/// A slice of a list: at most `limit` items whose sort key comes after `after`.
package struct PageRequest: Sendable, Hashable {
  /// The most items of one page.
  package static let maximumLimit = 100
  /// The longest cursor anybody need read, in characters; ours are shorter.
  package static let maximumCursor = 2_000
  package let limit: Int
  /// The cursor of the page before, as `Page.next` gave it; nil for the start. Lists are ordered by id, which is by age.
  package let after: String?

  package init(limit: Int = 50, after: String? = nil) {
    self.limit = min(max(limit, 1), Self.maximumLimit)
    self.after = after
  }
}

/// Items in the order of their ids, and the cursor of the next page where there is one.
package struct Page<Item: Sendable>: Sendable {
  package let items: [Item]
  package let next: String?

  package init(items: [Item], next: String?) {
    self.items = items
    self.next = next
  }

  /// A page of a list that is known whole, in the order of the cursors.
  package init(ofAll items: [Item], _ request: PageRequest, cursor: (Item) -> String) {
    let keyed = items.map { (item: $0, key: cursor($0)) }.sorted { $0.key < $1.key }
    let left = keyed.drop { entry in request.after.map { entry.key <= $0 } ?? false }
    let slice = left.prefix(request.limit)
    self.init(items: slice.map(\.item), next: left.count > slice.count ? slice.last?.key : nil)
  }

  package func map<Other>(_ change: (Item) throws -> Other) rethrows -> Page<Other> {
    Page<Other>(items: try items.map(change), next: next)
  }
}
