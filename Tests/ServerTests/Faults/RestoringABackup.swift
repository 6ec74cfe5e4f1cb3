internal import Foundation
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

/// docs/backup.md, rehearsed: for PostgreSQL, whose tools are not ours, the commands and settings are taken from the page.
@Suite(.serialized, .timeLimit(.minutes(5)), .threat("STO6")) struct RestoringABackup {
  enum Way: CaseIterable, Sendable {
    /// `usher backup` and `usher restore`.
    case sqlite
    /// `pg_dump` and `pg_restore`.
    case dump
    /// `pg_basebackup`, the archived log, and a moment.
    case archive
  }

  @Test(arguments: Way.allCases)
  func `what was answered before a backup made while everybody writes is there again, tokens verify, and nothing is used twice`(
    _ way: Way
  ) async throws {
    try await inTemporaryFolder { folder in
      let rehearsal = try await Rehearsal.prepare(way, in: folder)
      let installation = try await Installation.make(in: folder, at: rehearsal.database)
      let port = try FreePorts.three()
      let usher = try await installation.start(port: port)
      var links: [String] = []
      for name in ["before", "after", "never"] { links.append(try await link(to: "\(name)@portal.example", installation, usher)) }
      try await accept(links[0], installation, usher)
      #expect(await usher.logged("message=\"audit checkpoint\""))

      let (traffic, moment) = try await Traffic.run(at: installation, through: usher.client) { traffic in
        // The long run goes on for a minute, backup after backup; the last is put back.
        let end = ContinuousClock.now + (LongTests.areAskedFor ? .seconds(60) : .zero)
        var moment: Rehearsal.Moment
        repeat {
          moment = try await rehearsal.backUp(installation, while: traffic)
          await traffic.goesOn()
        } while ContinuousClock.now < end
        return moment
      }
      try await accept(links[1], installation, usher)
      let (service, registered) = (installation.service(of: usher), JSON.object(["name": "Later"]))
      let answer = try await service.manage("POST", "/organizations", registered, token: service.ownToken(scope: "usher:manage"))
      let later = try #require(try answer.json()["id"]?.stringValue)
      let keys = try await usher.client.get("/oauth/jwks")
      usher.tellToStop()
      #expect(await usher.ended() == 0)

      let (restored, server) = try await rehearsal.restore(installation, to: moment)
      defer { withExtendedLifetime(server) {} }
      let trail = try await CommandLineRun.usher(
        ["audit", "verify", "--checkpoint", moment.checkpoint] + restored.database, in: folder)
      #expect(trail.status == 0, "\(trail.output)\(trail.errors)")
      let anew = try await restored.start(port: port)
      #expect(try await anew.client.get("/oauth/jwks").text == keys.text)
      for token in traffic.answered.accessTokens { #expect(try Traffic.verifies(token, by: keys)) }
      try await traffic.expectNothingUsedTwice(before: moment.answered)
      let token = try await service.ownToken(scope: "usher:manage")
      #expect(try await service.manage("GET", "/organizations/\(later)", token: token).status == 404)
      for link in links { #expect(try await anew.client.get(link).status == 410) }
      _ = try await Traffic.run(at: restored, through: anew.client) { _ in }
      anew.tellToStop()
      #expect(await anew.ended() == 0)
    }
  }

  private func link(to email: String, _ installation: Installation, _ usher: RunningUsher) async throws -> String {
    let operators = ["create-operator", "--email", email, "--first-name", "Ada", "--last-name", "Osei"]
    let run = try await CommandLineRun.usher(
      operators + ["--listen", "127.0.0.1:\(usher.port)"] + installation.database, in: installation.folder)
    let secret = try #require(run.output.split(separator: "/").last, "\(run.errors)")
    return "/invitation/\(secret.trimmingCharacters(in: .newlines))"
  }

  private func accept(_ link: String, _ installation: Installation, _ usher: RunningUsher) async throws {
    let browser = try installation.browser(usher)
    let form = try #require(try await browser.open(link).form())
    let password = "walrus teapot breakfast lantern"
    let arrived = try await browser.submit(form, [("password", password), ("password_again", password)])
    #expect(arrived.address == "/dashboard")
  }
}

/// How an installation is backed up and brought back, by the page.
private struct Rehearsal {
  /// What must be there again.
  struct Moment: Sendable {
    let answered: Traffic.Answered
    let checkpoint: String
    /// By the clock of the server; nil for the backup's own.
    let time: String?
  }

  private let way: RestoringABackup.Way
  private let folder: String
  private let origin: TemporaryDatabase?

  var database: String? { origin?.text }

  static func prepare(_ way: RestoringABackup.Way, in folder: String) async throws -> Rehearsal {
    let origin: TemporaryDatabase? =
      switch way {
      case .sqlite: nil
      case .dump: try await TemporaryDatabase(on: PostgresServer())
      case .archive:
        try await TemporaryDatabase(
          on: PostgresServer(settings: BackupPage.settings("archive_mode", [("/archive", "../archive")])))
      }
    return Rehearsal(way: way, folder: folder, origin: origin)
  }

  func backUp(_ installation: Installation, while traffic: Traffic) async throws -> Moment {
    let before = try await moment(installation, traffic)
    switch way {
    case .sqlite:
      try? FileManager.default.removeItem(atPath: folder + "/backup.sqlite")
      let run = try await CommandLineRun.usher(["backup", "--to", folder + "/backup.sqlite"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
    case .dump: try await BackupPage.run("pg_dump", origin?.server, ["DATABASE_URL": origin?.text ?? ""], in: folder)
    case .archive:
      try? FileManager.default.removeItem(atPath: folder + "/base")
      try await BackupPage.run("pg_basebackup", origin?.server, placing: [("/backup", folder)], in: folder)
      await traffic.goesOn()
      return try await moment(installation, traffic)
    }
    return before
  }

  private func moment(_ installation: Installation, _ traffic: Traffic) async throws -> Moment {
    let answered = traffic.answered
    let checkpoint = try await CommandLineRun.usher(["audit", "checkpoint"] + installation.database, in: folder)
    #expect(checkpoint.status == 0, "\(checkpoint.errors)")
    return Moment(
      answered: answered, checkpoint: checkpoint.output.trimmingCharacters(in: .newlines),
      time: try await origin?.server.run("SELECT clock_timestamp()"))
  }

  /// - Returns: the installation on what was brought back, and the server that has to be held for it.
  func restore(_ installation: Installation, to moment: Moment) async throws -> (Installation, PostgresServer?) {
    guard let origin else {
      let run = try await CommandLineRun.usher(["restore", "--from", folder + "/backup.sqlite"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      return (installation, nil)
    }
    let (server, address) = try await way == .dump ? fromDump() : fromArchive(of: origin, at: moment.time ?? "")
    try await BackupPage.run("usher database restored", server, ["RESTORED_URL": address], in: folder)
    return (installation.moved(to: address), server)
  }

  private func fromDump() async throws -> (PostgresServer, String) {
    let server = try await PostgresServer()
    try await BackupPage.run("createdb", server, in: folder)
    return (server, server.address(of: "usher_restored"))
  }

  private func fromArchive(of origin: TemporaryDatabase, at time: String) async throws -> (PostgresServer, String) {
    try await origin.server.run("SELECT pg_switch_wal()")
    try await origin.server.stop()
    let settings = try BackupPage.settings(
      "restore_command", [("/archive", origin.server.folder + "/archive"), ("2026-11-22 10:00:00+00", time)])
    let server = try await PostgresServer(from: .backup(at: folder + "/base", of: origin.server), settings: settings)
    while try await server.run("SELECT pg_is_in_recovery()") == "t" { await Task.yield() }
    return (server, server.address(of: origin.name))
  }
}

/// What docs/backup.md tells the one who has PostgreSQL.
private enum BackupPage {
  /// The block of lines that begins so, with the places of the test in place of the page's.
  private static func block(_ beginning: String, _ places: [(there: String, here: String)]) throws -> String {
    let page = try String(contentsOf: Repository.root.appending(path: "docs/backup.md"), encoding: .utf8)
    let blocks = page.matches(of: /(?s)```[a-z]+\n(.*?)```/).map { String($0.1) }
    let block = try #require(blocks.first { $0.hasPrefix(beginning) }, "the page has no lines that begin with \(beginning)")
    return places.reduce(block) { text, place in
      #expect(text.contains(place.there))
      return text.replacingOccurrences(of: place.there, with: place.here)
    }
  }

  /// Lines of `postgresql.conf`, as `name=value`.
  static func settings(_ beginning: String, _ places: [(String, String)]) throws -> [String] {
    try block(beginning, places).split(separator: "\n").map { line in
      let halves = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: [" ", "'"]) }
      return halves.joined(separator: "=")
    }
  }

  /// Runs the commands that begin so as somebody does who pastes them.
  static func run(
    _ beginning: String, _ server: PostgresServer?, _ variables: [String: String] = [:],
    placing places: [(String, String)] = [], in folder: String
  ) async throws {
    var environment = try server?.environment.merging(variables) { _, given in given } ?? variables
    let built = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path()
    environment["PATH", default: ""] += ":\(built)"
    let run = try await CommandLineRun.program(
      "/bin/bash", ["-euo", "pipefail", "-c", try block(beginning, places)], environment: environment, in: folder)
    #expect(run.status == 0, "\(beginning): \(run.output)\(run.errors)")
  }
}
