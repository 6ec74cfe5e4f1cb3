internal import CLibpq

/// What the server remarks on beside its answers. Nearly all of it is nobody's business ("relation already exists, skipping").
final class Notices {
  /// The server gave up waiting for a synchronous standby (`pg_cancel_backend`, `pg_terminate_backend`). The transaction is committed where it ran, and
  /// nowhere else for all that is known. Where the connection lives on, this remark is all that tells such a commit from one that is on two disks.
  var waitWasCutShort = false

  /// Listens to a connection, and has to live as long as that.
  func receive(from connection: OpaquePointer) {
    let receiver: PQnoticeReceiver = { context, notice in
      guard let context, let notice else { return }
      Unmanaged<Notices>.fromOpaque(context).takeUnretainedValue().take(notice)
    }
    _ = PQsetNoticeReceiver(connection, receiver, Unmanaged.passUnretained(self).toOpaque())
  }

  private func take(_ notice: OpaquePointer) {
    let function = usher_pq_source_function(notice).map { String(cString: $0) }
    let message = usher_pq_message(notice).map { String(cString: $0) } ?? ""
    if function == Self.waitingFunction || Self.messages.contains(message) { waitWasCutShort = true }
  }

  /// The one that waits (PostgreSQL's `syncrep.c`) warns of nothing else. Its words may be in any language (`lc_messages`), and their SQLSTATE says nothing.
  private static let waitingFunction = "SyncRepWaitForLSN"
  private static let messages: Set<String> = [
    "canceling wait for synchronous replication due to user request",
    "canceling the wait for synchronous replication and terminating connection due to administrator command",
  ]
}
