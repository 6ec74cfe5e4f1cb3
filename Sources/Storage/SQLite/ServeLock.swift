internal import Glibc
internal import Identity

/// Held by the one process that serves from a database file, so that a second one refuses to start. Commands do not ask for it.
///
/// The kernel lets go of it when the process ends, however it ends; the file stays and means nothing by itself.
package final class ServeLock: Sendable {
  private let descriptor: CInt

  /// - Returns: nil when another process (or another holder in this one) has it.
  init?(besides path: String) throws {
    let descriptor = Glibc.open("\(path).serve.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SQLiteFiles.unavailable("the lock beside the database cannot be opened") }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let reason = errno
      close(descriptor)
      if reason == EWOULDBLOCK { return nil }
      errno = reason
      throw SQLiteFiles.unavailable("the lock beside the database cannot be taken")
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
