internal import Glibc
package import Primitives

/// A file of passwords known from break-ins elsewhere, which the operator may provide.
///
/// The form is that in which such collections are usually handed round: one line a password, its SHA-1 as 40 upper-case hexadecimal
/// digits, optionally a colon and a count, in ascending order, lines ended by LF or CR LF. It is searched where it lies (some thirty reads for a
/// file of 40 GB) and never loaded. SHA-1 is here the name of a list's entry, not a protection.
package final class BreachedPasswords: Sendable {
  package enum Failure: Error, Sendable, Hashable {
    /// The file cannot be opened or read; the number is the system's `errno`.
    case unreadable(Int32)
    /// Its first line is not the SHA-1 of anything.
    case notAList
  }

  private static let digits = 40
  /// Longer than any line: the digits, a colon, a count of twenty digits, the end of line.
  private static let window = 80

  private let file: Int32
  private let size: Int

  package init(path: String) throws(Failure) {
    file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .unreadable(errno) }
    var facts = stat()
    guard fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      let reason = errno
      close(file)
      throw .unreadable(reason)
    }
    size = Int(facts.st_size)
    guard let first = try? read(at: 0), first.count >= Self.digits, first.prefix(Self.digits).allSatisfy(Self.isDigit) else {
      close(file)
      throw .notAList
    }
  }

  deinit { close(file) }

  package func contains(_ password: Password) throws(Failure) -> Bool {
    let wanted = Array(Hex.encode(password.withBytes { SHA1Digest.of(Array($0)) }).uppercased().utf8)
    // INVARIANT: both bounds are starts of lines (or the end of the file), and the wanted line, where there is one, lies between them.
    var low = 0
    var high = size
    while low < high {
      let start = try startOfLine(around: low + (high - low) / 2, notBefore: low)
      let line = try read(at: start)
      guard line.count >= Self.digits else { return false }
      let found = line.prefix(Self.digits)
      if found.elementsEqual(wanted) { return true }
      if found.lexicographicallyPrecedes(wanted) {
        guard let end = line.firstIndex(of: UInt8(ascii: "\n")) else { return false }
        low = start + end + 1
      } else {
        high = start
      }
    }
    return false
  }

  /// The start of the line that holds the byte at `position`.
  private func startOfLine(around position: Int, notBefore low: Int) throws(Failure) -> Int {
    let from = max(low, position - Self.window)
    let before = try read(at: from).prefix(position - from)
    return before.lastIndex(of: UInt8(ascii: "\n")).map { from + $0 + 1 } ?? from
  }

  /// Up to `window` bytes; fewer at the end of the file. Safe from several threads: `pread` moves no position.
  private func read(at offset: Int) throws(Failure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.window)
    var count = 0
    while count < Self.window {
      let more = bytes.withUnsafeMutableBytes {
        pread(file, $0.baseAddress?.advanced(by: count), Self.window - count, off_t(offset + count))
      }
      guard more >= 0 else {
        if errno == EINTR { continue }
        throw .unreadable(errno)
      }
      if more == 0 { break }
      count += more
    }
    return Array(bytes.prefix(count))
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
  }
}
