internal import Foundation
internal import Testing

/// One run of a command to its end, above all of the `usher` that was built beside these tests, with nothing of this process's environment.
struct CommandLineRun: Sendable {
  let status: Int32
  let output: String
  let errors: String

  /// - Parameter folder: the working directory; relative paths of the configuration lie in it.
  static func usher(
    _ arguments: [String], environment: [String: String] = [:], in folder: String
  ) async throws -> CommandLineRun {
    let usher = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "usher")
    return try await program(usher.path(), arguments, environment: environment, in: folder)
  }

  /// Any other program; what it writes must fit into a pipe (64 kB).
  static func program(
    _ path: String, _ arguments: [String], environment: [String: String], in folder: String
  ) async throws -> CommandLineRun {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = URL(filePath: folder)
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in ended.resume() }
      do { try process.run() } catch { ended.resume(throwing: error) }
    }
    return CommandLineRun(
      status: process.terminationStatus,
      output: String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self),
      errors: String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
  }
}
