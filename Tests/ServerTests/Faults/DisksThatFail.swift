internal import Foundation
internal import Identity
internal import Primitives
internal import Storage
internal import TestKit
internal import Testing

@testable internal import Server

/// The process that was built, on a disk of its own that is full or cannot be written any more.
@Suite(.enabled(if: LoopDisk.mayBeTried, "\(LoopDisk.whyNot)"), .serialized, .timeLimit(.minutes(5))) struct DisksThatFail {
  @Test(.threat("STO1"))
  func `on a full disk writes are refused for now, everything else goes on, and with room again nothing need be started anew`()
    async throws
  {
    try await inTemporaryFolder { folder in
      try await LoopDisk.run(megabytes: 24) { disk in
        let installation = try await Installation.make(in: folder, dataFolder: disk.path + "/data")
        let usher = try await installation.start()
        let visit = try await Visit.begin(installation, usher)
        let usual = try await visit.write()
        #expect((300..<400).contains(usual))
        let filler = disk.path + "/filler"
        try fill(filler)
        // A page may still find room at the end of a block.
        var answers: [Int] = []
        repeat { answers.append(try await visit.write()) } while answers.last != 503 && answers.count < 100
        #expect(answers.last == 503)
        #expect(try await visit.signInElsewhere() == 503)
        try await visit.everythingButWriting()
        try FileManager.default.removeItem(atPath: filler)
        #expect(try await visit.write() == usual)
        #expect(try await visit.signInElsewhere() == 303)
        try await visit.everythingButWriting()
        usher.tellToStop()
        #expect(await usher.ended() == 0)
        // Every code that was answered is there, and the database is whole.
        try await installation.withFoundations { foundations in
          #expect(try await foundations.sqlite?.setting("integrity_check") == "ok")
          let sessions = try await foundations.environment.store.read { tx throws in try tx.openSessions(of: installation.account)
          }
          #expect(sessions.count == 2)
        }
      }
    }
  }

  @Test(.threat("STO2")) func `on a disk that cannot be written it does not start, says why, and changes nothing`() async throws {
    try await inTemporaryFolder { folder in
      try await LoopDisk.run(megabytes: 24) { disk in
        let installation = try await Installation.make(in: folder, dataFolder: disk.path + "/data")
        let before = try files(in: installation.dataFolder)
        try await disk.remount(readOnly: true)
        let error = await #expect(throws: RunningUsher.DidNotServe.self) { try await installation.start() }
        #expect(error?.errors.contains("the database file cannot be opened for writing: Read-only file system") == true)
        #expect(try files(in: installation.dataFolder) == before)
        let command = try await CommandLineRun.usher(["migrate", "--data-folder", installation.dataFolder], in: folder)
        #expect(command.status != 0 && command.errors.contains("Read-only file system"), "\(command.errors)")
        try await disk.remount(readOnly: false)
        let usher = try await installation.start()
        usher.tellToStop()
        #expect(await usher.ended() == 0)
      }
    }
  }

  @Test(.threat("STO2"))
  func `when its disk can no longer be written while it runs, writes are refused and everything else goes on`()
    async throws
  {
    try await inTemporaryFolder { folder in
      try await LoopDisk.run(megabytes: 24) { disk in
        let installation = try await Installation.make(in: folder, dataFolder: disk.path + "/data")
        let usher = try await installation.start()
        let visit = try await Visit.begin(installation, usher)
        try await disk.fail()
        #expect(try await visit.write() == 503)
        #expect(try await visit.signInElsewhere() == 503)
        try await visit.everythingButWriting()
        usher.tellToStop()
        _ = await usher.ended()
      }
    }
  }

  /// Takes every block that is left.
  private func fill(_ path: String) throws {
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    defer { try? file.close() }
    for size in [1 << 20, 1 << 12, 1] {
      let part = Data(repeating: 0x78, count: size)
      while (try? file.write(contentsOf: part)) != nil {}
    }
  }

  private func files(in folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      files[name] = FileManager.default.contents(atPath: "\(folder)/\(name)")
    }
    return files
  }
}

/// Somebody who is signed in, a service that holds their token, and what both do all day.
private struct Visit: Sendable {
  let installation: Installation
  let usher: RunningUsher
  let service: TestApplication
  let browser: TestBrowser
  let token: String
  let ownToken: String

  static func begin(_ installation: Installation, _ usher: RunningUsher) async throws -> Visit {
    let (service, browser) = (installation.service(of: usher), try installation.browser(usher))
    #expect(try await browser.signIn(Installation.email).address == "/dashboard")
    let arrived = try await browser.open(service.authorizationPath(), following: false)
    let code = try #require(service.returned(arrived.nextAddress)?.first("code"))
    return Visit(
      installation: installation, usher: usher, service: service, browser: browser,
      token: try #require(try await service.redeem(code).json()["access_token"]?.stringValue),
      ownToken: try await service.ownToken(scope: "usher:decide"))
  }

  /// Asks for a code, which is a write.
  func write() async throws -> Int { try await browser.open(service.authorizationPath(), following: false).status }

  func signInElsewhere() async throws -> Int {
    try await installation.browser(usher).signIn(Installation.email, following: false).status
  }

  /// Pages, checks of tokens, decisions, and the keys by which others check.
  func everythingButWriting() async throws {
    for path in ["/dashboard", "/profile"] { #expect(try await browser.open(path).status == 200, "\(path)") }
    #expect(try await service.introspect(token)["active"] == true)
    let bearer = [("Authorization", "Bearer \(token)")]
    #expect(try await usher.client.get("/oauth/userinfo", headers: bearer).status == 200)
    #expect(try await usher.client.get("/oauth/jwks").status == 200)
    let decision = try await service.mayThey(
      installation.account.text, "view", "order", organization: installation.organization.text, token: ownToken)
    #expect(decision["decision"] == true, "\(decision)")
    #expect(try await service.manage("GET", "/organizations", token: service.ownToken(scope: "usher:manage")).status == 200)
  }
}
