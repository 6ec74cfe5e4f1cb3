internal import Foundation
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.timeLimit(.minutes(5))) struct ServingTheSample {
  @Test func `it starts with a world, tells where to click, and finds the same world again`() async throws {
    try await inTemporaryFolder { folder in
      let usher = try await RunningUsher.start(["--sample"], in: folder)
      let path = folder + "/data/sample.json"
      let file = try SmallFile.read(path, maximumBytes: 100_000)
      #expect(file.access.mode == 0o600)
      let document = try #require(SampleDocument(json: try JSON.parse(file.bytes)))
      #expect(document.issuer == "http://127.0.0.1:\(usher.port)")
      #expect(document.members.count == 6 && Set(document.members.flatMap(\.roles)).count == 6)
      let welcome = await usher.said(including: "Ctrl-C")
      #expect(welcome.contains(document.invitation) && welcome.contains("sample.json"))
      for neighbour in [usher.port + 1, usher.port + 2] {
        #expect(try await HTTPClient(port: neighbour, host: "127.0.0.1:\(neighbour)").get("/").status == 200)
      }
      usher.tellToStop()
      #expect(await usher.ended() == 0)
      #expect(try SmallFile.read(path, maximumBytes: 100_000).bytes == file.bytes)
      for secret in document.secrets { #expect(!usher.log.contains(secret)) }

      let elsewhere = try await CommandLineRun.usher(
        ["serve", "--sample", "--listen", "127.0.0.1:\(usher.port + 1)"], in: folder)
      #expect(elsewhere.status != 0 && elsewhere.errors.contains("was made for http://127.0.0.1:\(usher.port)"))
      let again = try await CommandLineRun.usher(["serve", "--sample", "--listen", "127.0.0.1:65535"], in: folder)
      #expect(again.status != 0 && again.errors.contains("two ports after"))
    }
  }

  @Test func `it never writes into a database that is in use`() async throws {
    try await inTemporaryFolder { folder in
      let invited = try await CommandLineRun.usher(
        ["create-operator", "--email", "ada@portal.example", "--first-name", "Ada", "--last-name", "Osei"], in: folder)
      #expect(invited.status == 0)
      let run = try await CommandLineRun.usher(["serve", "--sample"], in: folder)
      #expect(run.status != 0 && run.errors.contains("holds no sample"))
    }
  }

  @Test(arguments: [
    ["--listen", "0.0.0.0:8080", "--trusted-proxies", "10.0.0.1", "--public-address", "https://usher.example.com"],
    ["--public-address", "https://usher.example.com", "--trusted-proxies", "127.0.0.1"],
    ["--smtp-host", "mail.example"],
  ])
  func `it is for this machine alone`(arguments: [String]) async throws {
    try await inTemporaryFolder { folder in
      let run = try await CommandLineRun.usher(["serve", "--sample"] + arguments, in: folder)
      #expect(run.status != 0 && run.errors.contains("--sample"))
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }
}

extension SampleDocument {
  /// Everything in it that must stand in no log.
  fileprivate var secrets: [String] {
    (members + [self.operator, partner, personal]).map(\.password) + applications.compactMap(\.secret)
      + [automation.secret].compactMap(\.self)
      + invitation.split(separator: "/").suffix(1).map(String.init)
  }
}
