internal import Foundation
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

/// What keys/README.md tells the one who lost the root key, done as it says.
@Suite(.threat("KEY3"), .timeLimit(.minutes(5))) struct LosingTheRootKey {
  @Test func `without the key, or with another, every command ends in the page's words, and no byte of the data is another`()
    async throws
  {
    try await inTemporaryFolder { folder in
      let installation = try await Installation.make(in: folder)
      let key = folder + "/keys/root.key"
      // What stands in the log beside the database is carried over into it by whoever opens and closes it; that shall have happened before.
      try await installation.withFoundations { try await $0.settle() }
      try FileManager.default.moveItem(atPath: key, toPath: folder + "/backup.key")
      let database = installation.dataFolder + "/usher.sqlite"
      let before = FileManager.default.contents(atPath: database)
      let commands = [["serve"], ["migrate"], ["rotate-keys"]]
      for command in commands {
        let run = try await CommandLineRun.usher(command, in: folder)
        #expect(run.status != 0 && run.errors.contains("there is no root key at"), "\(command): \(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: key), "none is made in its place")
      }
      _ = try RootKeyFile(path: key, processGroup: getegid()).make(from: SystemRandomness())
      for command in commands {
        let run = try await CommandLineRun.usher(command, in: folder)
        #expect(run.status != 0 && run.errors.contains("not the one that sealed this database"), "\(command): \(run.errors)")
      }
      #expect(FileManager.default.contents(atPath: database) == before)
      let page = try readme()
      for words in ["there is no root key at", "not the one that sealed this database"] { #expect(page.contains(words)) }
    }
  }

  @Test func `with the key from its backup everything is as it was: passwords, sessions of services, tokens signed before`()
    async throws
  {
    try await inTemporaryFolder { folder in
      let installation = try await Installation.make(in: folder)
      let address = ["--public-address", "http://127.0.0.1:4444"]
      let before = try await installation.start(address)
      let browser = TestBrowser(client: before.client, origin: try #require(Origin("http://127.0.0.1:4444")))
      #expect(try await browser.signIn(Installation.email).address == "/dashboard")
      let service = installation.service(of: before)
      let arrived = try await browser.open(service.authorizationPath(), following: false)
      let code = try #require(service.returned(arrived.nextAddress)?.first("code"))
      let tokens = try await service.redeem(code).json()
      let (token, refresh) = (
        try #require(tokens["access_token"]?.stringValue), try #require(tokens["refresh_token"]?.stringValue)
      )
      before.tellToStop()
      _ = await before.ended()
      let key = folder + "/keys/root.key"
      try FileManager.default.copyItem(atPath: key, toPath: folder + "/backup.key")
      try FileManager.default.removeItem(atPath: key)
      await #expect(throws: RunningUsher.DidNotServe.self) { try await installation.start(address) }
      try FileManager.default.copyItem(atPath: folder + "/backup.key", toPath: key)

      let after = try await installation.start(address)
      let again = installation.service(of: after)
      #expect(try await again.introspect(token)["active"] == true)
      #expect(try await again.refresh(refresh).status == 200)
      let visitor = TestBrowser(client: after.client, origin: try #require(Origin("http://127.0.0.1:4444")))
      #expect(try await visitor.signIn(Installation.email).address == "/dashboard")
      after.tellToStop()
      #expect(await after.ended() == 0)
    }
  }

  @Test func `a key made by hand as the page says is taken`() async throws {
    try await inTemporaryFolder { folder in
      let block = try #require(try readme().firstMatch(of: /```sh\n([^`]*root\.key\))\n```/)?.1)
      try FileManager.default.createDirectory(atPath: folder + "/keys", withIntermediateDirectories: false)
      let path = ["PATH": "/usr/bin:/bin"]
      let made = try await CommandLineRun.program("/bin/sh", ["-ec", String(block)], environment: path, in: folder)
      #expect(made.status == 0, "\(made.errors)")
      let key = FileManager.default.contents(atPath: folder + "/keys/root.key")
      #expect(key?.count == 44)
      let run = try await CommandLineRun.usher(["migrate"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(FileManager.default.contents(atPath: folder + "/keys/root.key") == key)
    }
  }

  private func readme() throws -> String {
    try String(contentsOf: Repository.root.appending(path: "keys/README.md"), encoding: .utf8)
  }
}
