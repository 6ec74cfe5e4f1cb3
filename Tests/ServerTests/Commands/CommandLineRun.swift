internal import Foundation
internal import TestKit
internal import Testing

/// One run of a command to its end, above all of the `usher` that was built beside these tests, with nothing of this process's environment.
struct CommandLineRun: Sendable {
  let status: Int32
  let output: String
  let errors: String

  /// The `usher` that was built beside these tests.
  static var usher: String { URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "usher").path() }

  /// - Parameters:
  ///   - input: what it may read from its standard input.
  ///   - folder: the working directory; relative paths of the configuration lie in it.
  static func usher(
    _ arguments: [String], environment: [String: String] = [:], input: String = "", in folder: String
  ) async throws -> CommandLineRun {
    try await program(usher, arguments, environment: environment, input: input, in: folder)
  }

  /// Any other program. What it writes goes to files, so that it may be any length, and that nobody else can keep an end of it open.
  static func program(
    _ path: String, _ arguments: [String], environment: [String: String], input: String = "", in folder: String
  ) async throws -> CommandLineRun {
    try await withTemporaryFolder { spool in
      let (output, errors) = (URL(filePath: spool + "/output"), URL(filePath: spool + "/errors"))
      for file in [output, errors] { try Data().write(to: file) }
      let given = URL(filePath: spool + "/input")
      try Data(input.utf8).write(to: given)
      let process = Process()
      process.executableURL = URL(filePath: path)
      process.arguments = arguments
      process.environment = environment
      process.currentDirectoryURL = URL(filePath: folder)
      process.standardInput = try FileHandle(forReadingFrom: given)
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: errors)
      try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
        process.terminationHandler = { _ in ended.resume() }
        do { try process.start() } catch { ended.resume(throwing: error) }
      }
      return CommandLineRun(
        status: process.terminationStatus, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
        errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
  }
}
