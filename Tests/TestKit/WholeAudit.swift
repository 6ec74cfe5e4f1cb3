package import AccessControl
package import Identity
package import Primitives

extension MessageSigner {
  /// Seals the audit trails of stores that belong to no installation.
  package static let ofTests = MessageSigner(RootKey.make(from: SystemRandomness()), purpose: "audit")
}

extension Store {
  /// Everything that was recorded, in the order in which it was sealed. What is not sealed yet is sealed first.
  package func wholeAudit(of organization: OrganizationID? = nil, sealing signer: MessageSigner = .ofTests) async throws
    -> [AuditEntry]
  {
    try await SealAudit()(store: self, signer: signer, now: Timestamp(seconds: 0))
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
