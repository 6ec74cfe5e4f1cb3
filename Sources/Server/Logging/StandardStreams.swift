internal import Glibc

/// The standard error stream, a whole line in one call, so that lines of several threads do not mix.
enum StandardError {
  @Sendable static func write(_ bytes: [UInt8]) { StandardStream.write(bytes, to: STDERR_FILENO) }
}

/// The standard output stream, without a buffer: who started us through a pipe reads a line when it is written.
enum StandardOutput {
  static func say(_ line: String) { StandardStream.write(Array((line + "\n").utf8), to: STDOUT_FILENO) }
}

private enum StandardStream {
  static func write(_ bytes: [UInt8], to stream: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(stream, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      // A line that cannot be written is no reason to fail a request.
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
