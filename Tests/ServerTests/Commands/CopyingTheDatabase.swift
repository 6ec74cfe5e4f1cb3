internal import Foundation
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.timeLimit(.minutes(2))) struct CopyingTheDatabase {
  @Test func `an installation moves to PostgreSQL and back, and everything arrives as it was`() async throws {
    let database = try await TemporaryDatabase()
    defer { withExtendedLifetime(database) {} }
    try await inTemporaryFolder { folder in
      let created = try await usher(
        [
          "create-operator", "--email", "ada@portal.example", "--first-name", "Ada", "--last-name", "Osei", "--listen",
          "127.0.0.1:8080",
        ], folder)
      #expect(created.status == 0, "\(created.errors)")
      let there = try await usher(["database", "copy", "--to", database.text], folder)
      #expect(there.status == 0, "\(there.errors)")
      #expect(!there.output.contains("postgresql://usher:"))
      let back = try await usher(["database", "copy", "--to", "back.sqlite", "--database", database.text], folder)
      #expect(back.status == 0, "\(back.errors)")
      #expect(tables(there.output) == tables(back.output))
      #expect(tables(there.output).contains { $0.hasPrefix("invitations  1  ") })
      // Both serve: the operator's link is known on each, and the keys open.
      for location in [database.text, "back.sqlite"] {
        let jobs = try await usher(["rotate-keys", "--database", location], folder)
        #expect(jobs.status == 0, "\(jobs.errors)")
      }
    }
  }

  @Test func `nothing is copied into a database that holds something, nor from one that is served`() async throws {
    try await inTemporaryFolder { folder in
      #expect(try await usher(["migrate"], folder).status == 0)
      #expect(try await usher(["database", "copy", "--to", "other.sqlite"], folder).status == 0)
      let again = try await usher(["database", "copy", "--to", "other.sqlite"], folder)
      #expect(again.status != 0)
      #expect(again.errors.contains("holds something already"))
      let running = try await RunningUsher.start(in: folder)
      let served = try await usher(["database", "copy", "--to", "third.sqlite"], folder)
      #expect(served.status != 0)
      #expect(served.errors.contains("a server is running on"))
      running.tellToStop()
      _ = await running.ended()
    }
  }

  private func usher(_ arguments: [String], _ folder: String) async throws -> CommandLineRun {
    try await CommandLineRun.usher(arguments, in: folder)
  }

  private func tables(_ output: String) -> [String] { output.split(separator: "\n").map(String.init).dropLast() }
}
