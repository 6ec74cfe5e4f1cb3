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

  @Test(.threat("STO5")) func `a second one on the same database is refused, and the first goes on`() async throws {
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

  @Test(.threat("PWD13", "KEY1", "LNK7"))
  func `the first operator's link works once, also across a restart, is never logged, and no usual name lets anybody in`()
    async throws
  {
    try await inTemporaryFolder { folder in
      let usher = try await RunningUsher.start(["--log-level", "trace"], in: folder)
      let run = try await CommandLineRun.usher(
        [
          "create-operator", "--email", "ada@portal.example", "--first-name", "Ada", "--last-name", "Osei", "--listen",
          "127.0.0.1:\(usher.port)",
        ], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let secret = try #require(run.output.split(separator: "/").last).trimmingCharacters(in: .whitespacesAndNewlines)
      for (name, password) in [
        ("admin", "admin"), ("root", "root"), ("admin", "password"), ("admin@localhost", "admin"), ("", ""),
      ] {
        let stranger = try browser(usher)
        #expect(try await stranger.signIn(name, password: password).status == 422)
        #expect(stranger.cookie("usher_session") == nil)
      }
      let link = "/invitation/\(secret)"
      let operators = try browser(usher)
      let form = try #require(try await operators.open(link).form())
      let password = "walrus teapot breakfast lantern"
      let accepted = try await operators.submit(form, [("password", password), ("password_again", password)])
      #expect(accepted.address == "/dashboard")
      #expect(try await usher.client.get(link).status == 410)
      usher.tellToStop()
      _ = await usher.ended()
      let again = try await RunningUsher.start(["--log-level", "trace"], in: folder)
      #expect(try await again.client.get(link).status == 410)
      #expect(try await browser(again).signIn("ada@portal.example", password: password).address == "/dashboard")
      again.tellToStop()
      _ = await again.ended()
      let root = try String(contentsOfFile: folder + "/keys/root.key", encoding: .utf8).dropLast()
      for log in [usher.log, again.log] { #expect(!log.contains(secret) && !log.contains(password) && !log.contains(root)) }
    }
  }

  private func browser(_ usher: RunningUsher) throws -> TestBrowser {
    TestBrowser(client: usher.client, origin: try #require(Origin("http://127.0.0.1:\(usher.port)")))
  }

  @Test(.threat("KEY3")) func `a lost or a wrong root key is told and stops the start, and with the right one it goes on`()
    async throws
  {
    try await inTemporaryFolder { folder in
      #expect(try await CommandLineRun.usher(["migrate"], in: folder).status == 0)
      let other = ["migrate", "--data-folder", "other", "--root-key-file", "other.key"]
      #expect(try await CommandLineRun.usher(other, in: folder).status == 0)
      let files = FileManager.default
      let key = folder + "/keys/root.key"
      try files.moveItem(atPath: key, toPath: key + ".right")
      let lost = try await CommandLineRun.usher(["serve"], in: folder)
      #expect(lost.status != 0 && lost.errors.contains("there is no root key at keys/root.key"), "\(lost.errors)")
      #expect(!files.fileExists(atPath: key))
      try files.copyItem(atPath: folder + "/other.key", toPath: key)
      let wrong = try await CommandLineRun.usher(["serve"], in: folder)
      #expect(wrong.status != 0 && wrong.errors.contains("not the one that sealed this database"), "\(wrong.errors)")
      try files.removeItem(atPath: key)
      try files.moveItem(atPath: key + ".right", toPath: key)
      let usher = try await RunningUsher.start(in: folder)
      #expect(try await usher.client.get("/health/ready").status == 200)
      usher.tellToStop()
      #expect(await usher.ended() == 0)
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
