/// What the list of jobs says of an error: enough to know where to look. The log has the rest; texts that came from who knows where may hold what
/// operators are not to see.
package enum JobFailure {
  package static func words(_ error: any Error) -> String {
    switch error {
    case StoreError.unavailable: "the store cannot be used"
    case StoreError.unreadable: "what is stored cannot be understood"
    case SealAudit.Refusal.headNotGenuine: "the end of the audit trail was not signed by this installation"
    case SealAudit.Refusal.entryVanished: "an entry of the audit trail went away"
    case is RootKeyNotInForce: "the root key was replaced while this instance ran"
    default: "\(type(of: error))"
    }
  }
}
