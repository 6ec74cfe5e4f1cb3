internal import Foundation
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.timeLimit(.minutes(5))) struct Serving {
  @Test func `it becomes ready, and ends by itself when it is told to stop`() async throws {
    try await inTemporaryFolder { folder in
      let usher = try await RunningUsher.start(in: folder)
      #expect(try await usher.client.get("/health/live").status == 200)
      #expect(try await usher.client.get("/health/ready").status == 200)
      usher.tellToStop()
      #expect(await usher.ended() == 0)
      #expect(usher.log.contains("message=stopped"))
    }
  }

  @Test func `a request in flight is finished before it ends`() async throws {
    try await inTemporaryFolder { folder in
      let usher = try await RunningUsher.start(in: folder)
      let idle = try await HTTPConnection.open(port: usher.port)
      let connection = try await HTTPConnection.open(port: usher.port)
      let form = "grant_type=client_credentials&client_id=nobody"
      try await connection.send(
        "POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1:\(usher.port)\r\nContent-Type: application/x-www-form-urlencoded\r\n"
          + "Content-Length: \(form.utf8.count)\r\n\r\n")
      // Whoever answers these has read what came before them, on each of its threads.
      for _ in 0..<32 { _ = try await usher.client.get("/health/live") }
      usher.tellToStop()
      await idle.waitForClose()
      try await connection.send(form)
      #expect((400..<500).contains(try await connection.receive().status))
      #expect(await usher.ended() == 0)
    }
  }

  @Test func `a second one on the same database is refused, and the first goes on`() async throws {
    try await inTemporaryFolder { folder in
      let usher = try await RunningUsher.start(in: folder)
      let second = try await CommandLineRun.usher(["serve", "--listen", "127.0.0.1:\(usher.port + 1)"], in: folder)
      #expect(second.status != 0)
      #expect(second.errors.contains("another 'usher serve' is running on the database data/usher.sqlite"))
      #expect(try await usher.client.get("/health/ready").status == 200)
      usher.tellToStop()
      _ = await usher.ended()
    }
  }

  @Test func `it says where letters go, and where it can be reached`() async throws {
    try await inTemporaryFolder { folder in
      let usher = try await RunningUsher.start(in: folder)
      #expect(usher.log.contains("no mail server is configured: letters are written to a folder\" folder=data/mail"))
      #expect(usher.log.contains("listening=127.0.0.1:\(usher.port) public=http://127.0.0.1:\(usher.port)"))
      usher.tellToStop()
      _ = await usher.ended()
    }
  }

  @Test(.threat("PWD13")) func `an operator made while it serves can open the link, and the log never shows it`() async throws {
    try await inTemporaryFolder { folder in
      let usher = try await RunningUsher.start(["--log-level", "trace"], in: folder)
      let run = try await CommandLineRun.usher(
        [
          "create-operator", "--email", "ada@portal.example", "--first-name", "Ada", "--last-name", "Osei", "--listen",
          "127.0.0.1:\(usher.port)",
        ], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let secret = try #require(run.output.split(separator: "/").last).trimmingCharacters(in: .whitespacesAndNewlines)
      #expect(try await usher.client.get("/invitation/\(secret)").status == 200)
      usher.tellToStop()
      _ = await usher.ended()
      #expect(!usher.log.contains(secret))
    }
  }

  @Test(.threat("KEY1")) func `a root key that others can read stops the start`() async throws {
    try await inTemporaryFolder { folder in
      #expect(try await CommandLineRun.usher(["migrate"], in: folder).status == 0)
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder + "/keys/root.key")
      let run = try await CommandLineRun.usher(["serve"], in: folder)
      #expect(run.status != 0)
      #expect(run.errors.contains("chmod 600 keys/root.key"))
    }
  }

  @Test func `a port that is taken is told, not served`() async throws {
    try await inTemporaryFolder { folder in
      let usher = try await RunningUsher.start(in: folder)
      let run = try await CommandLineRun.usher(
        ["serve", "--listen", "127.0.0.1:\(usher.port)", "--data-folder", "other", "--root-key-file", "other.key"], in: folder)
      #expect(run.status != 0)
      #expect(run.errors.contains("127.0.0.1:\(usher.port)"))
      usher.tellToStop()
      _ = await usher.ended()
    }
  }
}
