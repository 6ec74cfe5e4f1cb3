/// What the list of jobs says of an error: enough to know where to look. The log has the rest; texts that came from who knows where may hold what
/// operators are not to see.
package enum JobFailure {
  package static func words(_ error: any Error) -> String {
    switch error {
    case StoreError.unavailable: "the store cannot be used"
    case StoreError.unreadable: "what is stored cannot be understood"
    default: "\(type(of: error))"
    }
  }
}
