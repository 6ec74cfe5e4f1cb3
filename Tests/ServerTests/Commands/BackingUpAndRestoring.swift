internal import Foundation
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.threat("STO6")) struct BackingUpAndRestoring {
  @Test func `a backup made beside a server is put back when it has stopped, and what happened in between is told`() async throws
  {
    try await inTemporaryFolder { folder in
      let server = try await RunningUsher.start(in: folder)
      let backup = try await CommandLineRun.usher(["backup", "--to", "first.sqlite"], in: folder)
      #expect(backup.status == 0 && backup.output.contains("whole and checked"), "\(backup.errors)")
      let again = try await CommandLineRun.usher(["backup", "--to", "first.sqlite"], in: folder)
      #expect(again.status != 0 && again.errors.contains("there is a file first.sqlite already"))

      let busy = try await CommandLineRun.usher(["restore", "--from", "first.sqlite"], in: folder)
      #expect(busy.status != 0 && busy.errors.contains("an 'usher serve' is running"))
      let rotation = try await CommandLineRun.usher(["rotate-keys"], in: folder).output
      let newKey = String(try #require(rotation.firstMatch(of: /ES256 +([^ ]+)/)?.1))
      server.tellToStop()
      #expect(await server.ended() == 0)

      let restored = try await CommandLineRun.usher(["restore", "--from", "first.sqlite"], in: folder)
      #expect(restored.status == 0, "\(restored.errors)")
      #expect(
        restored.output.contains("These closed a door that is open again") && restored.output.contains("signing-key.retired"))
      let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/data").filter {
        !$0.hasSuffix("-shm") && !$0.hasSuffix("-wal")
      }
      let aside = try #require(names.first { $0.hasPrefix("usher.sqlite.replaced-") })
      #expect(Set(names) == ["usher.sqlite", "usher.sqlite.serve.lock", "mail", aside])
      let replaced = try await CommandLineRun.usher(["audit", "verify", "--database", folder + "/data/" + aside], in: folder)
      #expect(replaced.status == 0, "\(replaced.output)\(replaced.errors)")

      let anew = try await RunningUsher.start(in: folder)
      #expect(try await anew.client.get("/health/ready").text.contains(#""status":"ready""#))
      // The keys are those of the backup, which knows nothing of the rotation.
      let keys = try await anew.client.get("/oauth/jwks").text
      #expect(keys.contains("ES256") && !keys.contains(newKey))
      let whole = try await CommandLineRun.usher(["audit", "verify"], in: folder)
      #expect(whole.status == 0, "\(whole.output)\(whole.errors)")
      anew.tellToStop()
      #expect(await anew.ended() == 0)
    }
  }

  @Test func `what is no backup of this installation is refused, and nothing is touched`() async throws {
    try await inTemporaryFolder { folder in
      #expect(try await CommandLineRun.usher(["migrate"], in: folder).status == 0)
      #expect(try await CommandLineRun.usher(["backup", "--to", "good"], in: folder).status == 0)
      let good = try Data(contentsOf: URL(filePath: folder + "/good"))
      try Data("SQLite, but not really".utf8).write(to: URL(filePath: folder + "/text"))
      try good.prefix(good.count / 2).write(to: URL(filePath: folder + "/half"))
      let before = try Data(contentsOf: URL(filePath: folder + "/data/usher.sqlite"))
      for wrong in ["none", "text", "half"] {
        let run = try await CommandLineRun.usher(["restore", "--from", wrong], in: folder)
        #expect(run.status != 0 && run.errors.contains("the database"), "\(wrong): \(run.errors)")
      }
      let other = "\(RootKey.make(from: SystemRandomness()).revealText())\n"
      let mode = [FileAttributeKey.posixPermissions: 0o600]
      #expect(FileManager.default.createFile(atPath: folder + "/other.key", contents: Data(other.utf8), attributes: mode))
      let stranger = try await CommandLineRun.usher(["restore", "--from", "good", "--root-key-file", "other.key"], in: folder)
      #expect(stranger.status != 0 && stranger.errors.contains("the root key is not the one that sealed this database"))
      #expect(try Data(contentsOf: URL(filePath: folder + "/data/usher.sqlite")) == before)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/data")
      #expect(!names.contains { $0.contains("restoring") || $0.contains("replaced") }, "\(names)")

      // Into an empty place, with the key beside it: a move to another machine.
      let moved = ["--data-folder", folder + "/elsewhere", "--keep-sessions", "--keep-links"]
      let run = try await CommandLineRun.usher(["restore", "--from", "good"] + moved, in: folder)
      #expect(run.status == 0 && run.output.contains("What happened after the backup is not known"), "\(run.errors)")
      #expect(try await CommandLineRun.usher(["migrate", "--data-folder", folder + "/elsewhere"], in: folder).status == 0)
    }
  }
}
