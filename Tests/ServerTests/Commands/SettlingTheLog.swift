internal import Foundation
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.timeLimit(.minutes(5))) struct SettlingTheLog {
  /// Somebody may copy the file when no process runs, and does not know of the log beside it.
  @Test func `what a command wrote stands in the database file itself when it has ended`() async throws {
    try await inTemporaryFolder { folder in
      #expect(try await CommandLineRun.usher(["migrate"], in: folder).status == 0)
      let rotated = try await CommandLineRun.usher(["rotate-keys"], in: folder)
      #expect(rotated.status == 0)
      let copy = folder + "/copy"
      try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: false)
      try FileManager.default.copyItem(atPath: folder + "/data/usher.sqlite", toPath: copy + "/usher.sqlite")
      let usher = try await RunningUsher.start(["--data-folder", copy], in: folder)
      let keys = try await usher.client.get("/oauth/jwks").text
      for line in rotated.output.split(separator: "\n") {
        let words = line.split(separator: " ").map(String.init)
        #expect(words.count > 1 && keys.contains(words[1]), "\(line)")
      }
      usher.tellToStop()
      #expect(await usher.ended() == 0)
    }
  }
}
