internal import Foundation
internal import TestKit
internal import Testing

/// Runs docs/integrate.md as a reader would who pastes it line by line, against the sample.
@Suite(.timeLimit(.minutes(5))) struct IntegratingAService {
  @Test func `every line of the page for integrators works against the sample`() async throws {
    try await inTemporaryFolder { folder in
      let usher = try await RunningUsher.start(["--sample"], in: folder)
      let page = try String(contentsOf: Repository.root.appending(path: "docs/integrate.md"), encoding: .utf8)
      let blocks = page.matches(of: /(?s)```sh\n(.*?)```/).map { String($0.1) }
      #expect(blocks.count > 8)
      let run = try await CommandLineRun.program(
        "/bin/bash", ["-euo", "pipefail", "-c", blocks.joined(separator: "\n")],
        environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "SAMPLE": "data/sample.json", "TMPDIR": folder], in: folder)
      #expect(run.status == 0, "\(run.output)\n\(run.errors)")
      #expect(run.output.contains("\"reason\": \"permission_granted\""))
      usher.tellToStop()
      #expect(await usher.ended() == 0)
      for secret in ["access_token", "Bearer ", "eyJ"] { #expect(!usher.log.contains(secret)) }
    }
  }
}
