package import AccessControl
package import Identity
internal import Primitives

extension KeyRing {
  /// Seals the audit trails of stores that belong to no installation.
  package static let ofTests = KeyRing(root: .make(from: SystemRandomness()), logger: RecordedLog().logger)
}

extension Store {
  /// Everything that was recorded, in the order in which it was sealed. What is not sealed yet is sealed first.
  package func wholeAudit(of organization: OrganizationID? = nil, sealing keys: KeyRing = .ofTests) async throws
    -> [AuditEntry]
  {
    try await SealAudit()(store: self, keys: keys, now: Timestamp(seconds: 0))
    return try await read { tx in
      var entries: [AuditEntry] = []
      var cursor: Int64?
      repeat {
        let page = try tx.auditEntries(organization: organization, since: nil, after: cursor, limit: 100)
        entries += page.items
        cursor = page.next.flatMap { Int64($0) }
      } while cursor != nil
      return entries
    }
  }
}
