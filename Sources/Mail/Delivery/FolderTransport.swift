internal import Glibc
internal import Identity
internal import Primitives

/// Writes each letter as an `.eml` file into a folder: what happens while no SMTP server is configured.
///
/// The files hold live links, so the folder is for its owner alone (mode 0700, files 0600), and one that is open to others is refused. A
/// file appears whole or not at all; its name is the letter's time and id, so a repeated delivery replaces the same file.
package struct FolderTransport: MailTransport {
  package let path: String
  private let thread = OwnThread("usher.mail-folder")

  /// Makes the folder when it is missing.
  package init(path: String) throws(DeliveryFailure) {
    self.path = path
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw Self.failure("making the mail folder") }
    try Self.check(path)
  }

  package func deliver(_ message: ComposedMessage) async throws(DeliveryFailure) {
    try await thread.run { () throws(DeliveryFailure) in try write(message) }
  }

  private func write(_ message: ComposedMessage) throws(DeliveryFailure) {
    try Self.check(path)
    let name = Self.name(of: message)
    // Leading dot: a program that watches the folder for letters does not see half of one.
    let temporary = "\(path)/.\(name).part"
    try Self.write(message.bytes, to: temporary)
    guard rename(temporary, "\(path)/\(name)") == 0 else {
      let failure = Self.failure("naming a letter's file")
      unlink(temporary)
      throw failure
    }
    try Self.settle(path)
  }

  /// `20260102T030405Z-<letter>.eml`: sorted by name is sorted by age.
  package static func name(of message: ComposedMessage) -> String {
    let time = Timestamp(seconds: message.date.seconds).rfc3339.filter { $0 != "-" && $0 != ":" }
    return "\(time)-\(message.letter.text).eml"
  }

  private static func check(_ path: String) throws(DeliveryFailure) {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw failure("looking at the mail folder") }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw .temporary("the mail folder is not a folder") }
    guard status.st_uid == geteuid() else { throw .temporary("the mail folder belongs to another user") }
    guard status.st_mode & 0o077 == 0 else { throw .temporary("the mail folder is open to others; its mode must be 0700") }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(DeliveryFailure) {
    // A leftover of a crash in the middle of this same letter would stand in the way of O_EXCL.
    unlink(path)
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw failure("opening a letter's file") }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      written += count
    }
    let complete = written == bytes.count && fsync(file) == 0
    let failure = complete ? nil : Self.failure("writing a letter's file")
    close(file)
    guard let failure else { return }
    unlink(path)
    throw failure
  }

  /// Makes the new name survive a power cut, after which the outbox would not have the letter any more.
  private static func settle(_ path: String) throws(DeliveryFailure) {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw failure("opening the mail folder") }
    let failure = fsync(folder) == 0 ? nil : Self.failure("writing the mail folder")
    close(folder)
    if let failure { throw failure }
  }

  private static func failure(_ action: String) -> DeliveryFailure {
    .temporary("\(action) failed: \(String(cString: strerror(errno)))")
  }
}
