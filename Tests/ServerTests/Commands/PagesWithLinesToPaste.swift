internal import Foundation
internal import TestKit
internal import Testing

/// Runs pages of docs as a reader would who pastes them line by line, against the sample.
@Suite(.timeLimit(.minutes(5))) struct PagesWithLinesToPaste {
  @Test func `every line of the page for integrators works`() async throws {
    let output = try await paste("docs/integrate.md", blocks: 9)
    #expect(output.contains("\"reason\": \"permission_granted\""))
  }

  @Test func `every line of the page about the management API works`() async throws {
    let output = try await paste("docs/api.md", blocks: 2)
    #expect(output.contains("\"administrator_told\": {"))
  }

  /// - Parameter blocks: how many blocks of lines the page has at least; with fewer, the test would be blind.
  /// - Returns: what the lines wrote.
  private func paste(_ page: String, blocks: Int) async throws -> String {
    try await inTemporaryFolder { folder in
      let usher = try await RunningUsher.start(["--sample"], in: folder)
      let text = try String(contentsOf: Repository.root.appending(path: page), encoding: .utf8)
      let lines = text.matches(of: /(?s)```sh\n(.*?)```/).map { String($0.1) }
      #expect(lines.count >= blocks)
      let run = try await CommandLineRun.program(
        "/bin/bash", ["-euo", "pipefail", "-c", lines.joined(separator: "\n")],
        environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "SAMPLE": "data/sample.json", "TMPDIR": folder], in: folder)
      #expect(run.status == 0, "\(run.output.suffix(4_000))\n\(run.errors)")
      usher.tellToStop()
      #expect(await usher.ended() == 0)
      for secret in ["access_token", "Bearer ", "eyJ"] { #expect(!usher.log.contains(secret)) }
      return run.output
    }
  }
}
