internal import Glibc

/// The standard error stream, a whole line in one call, so that lines of several threads do not mix.
enum StandardError {
  @Sendable static func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      // A log that cannot be written is no reason to fail a request.
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
