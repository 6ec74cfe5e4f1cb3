package import Foundation
internal import Glibc

/// Reading what another program says. Foundation's own `availableData` and `readDataToEndOfFile()` end the whole process when a signal comes
/// while they wait, as one may when the tests of a busy machine start and end programs all the time.
extension FileHandle {
  /// What there is to read, once there is something; nothing at the end. Blocks the thread meanwhile.
  package func nextBytes(atMost most: Int = 65_536) -> [UInt8] {
    withExtendedLifetime(self) {
      var bytes = [UInt8](repeating: 0, count: most)
      while true {
        let count = Glibc.read(fileDescriptor, &bytes, bytes.count)
        if count < 0, errno == EINTR { continue }
        return Array(bytes.prefix(max(0, count)))
      }
    }
  }

  /// Everything up to the end. Blocks the thread meanwhile.
  package func bytesToEnd() -> [UInt8] {
    var all: [UInt8] = []
    while case let bytes = nextBytes(), !bytes.isEmpty { all += bytes }
    return all
  }
}
