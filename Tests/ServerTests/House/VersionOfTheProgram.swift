internal import Foundation
internal import Storage
internal import Testing

@testable internal import Server

@Suite struct VersionOfTheProgram {
  @Test func `it is the newest release of the changelog, or, while that lists what is not released, the one to come`() throws {
    let changelog = try String(contentsOf: Repository.root.appending(path: "CHANGELOG.md"), encoding: .utf8)
    let headings = changelog.matches(of: /(?m)^## \[([^\]]+)\]/).map { String($0.1) }
    if headings.first == "Unreleased" {
      #expect(Version.number.hasSuffix("-dev"))
      #expect(!headings.contains(String(Version.number.dropLast("-dev".count))))
    } else {
      #expect(headings.first == Version.number)
    }
  }

  @Test func `the program says it, and which schema it knows`() async throws {
    try await inTemporaryFolder { folder in
      let run = try await CommandLineRun.usher(["--version"], in: folder)
      #expect(run.status == 0 && run.output == "\(Version.number) (schema \(Migration.newest))\n")
    }
  }
}
