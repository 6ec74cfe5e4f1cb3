internal import Foundation
internal import TestKit
internal import Testing

@testable internal import Server

/// The limit of open files, with the process that was built and the limit of the system.
@Suite(.threat("OVR2"), .timeLimit(.minutes(5))) struct RunningOutOfFiles {
  @Test func `more connections than the limit of open files leaves room for wait, while those that are open are served`()
    async throws
  {
    try await inTemporaryFolder { folder in
      let limit = OpenFiles.reserve + 40
      let usher = try await RunningUsher.start(openFiles: limit, in: folder)
      var open: [HTTPConnection] = []
      for _ in 0..<40 {
        let connection = try await HTTPConnection.open(port: usher.port)
        #expect(try await ask("/health/live", on: connection) == 200)
        open.append(connection)
      }
      let port = usher.port
      let waiting = (0..<30).map { _ in
        Task { () -> Int in
          let connection = try await HTTPConnection.open(port: port)
          return try await ask("/health/live", on: connection)
        }
      }
      // The database has files enough all the while.
      for connection in open { #expect(try await ask("/health/ready", on: connection) == 200) }
      #expect(try filesOpen(usher) < limit)
      open = []
      for answer in waiting { #expect(try await answer.value == 200) }
      #expect(usher.log.split(separator: "\n").count { $0.contains("as many connections as may be are open") } >= 1)
      #expect(!usher.log.contains("no connection can be accepted now"))
      usher.tellToStop()
      #expect(await usher.ended() == 0)
    }
  }

  @Test func `with so few files that no connection would have one it does not start, and says what it takes`() async throws {
    try await inTemporaryFolder { folder in
      let error = await #expect(throws: RunningUsher.DidNotServe.self) {
        try await RunningUsher.start(openFiles: 100, in: folder)
      }
      #expect(error?.errors.contains("this process may have 100 files open") == true)
    }
  }

  private func ask(_ path: String, on connection: HTTPConnection) async throws -> Int {
    try await connection.send("GET \(path) HTTP/1.1\r\nHost: usher.test\r\n\r\n")
    return try await connection.receive().status
  }

  private func filesOpen(_ usher: RunningUsher) throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/\(usher.processIdentifier)/fd").count
  }
}
