internal import Foundation
internal import Glibc

/// A program a test talks to by lines: what it is told stands on its standard input, what it says comes from its standard output.
package struct ChildProcess: Sendable {
  package struct Ended: Error, CustomStringConvertible {
    let program: String
    package var description: String { "\(program) ended otherwise than expected" }
  }

  private let program: String
  private let number: Int32
  private let input: FileHandle
  private let lines: AsyncStream<String>

  /// Runs the program for as long as `body` does. Then its input is closed, which tells it to end, and its end is awaited: a test leaves
  /// nothing running.
  package static func run<Value>(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], _ body: (ChildProcess) async throws -> Value
  ) async throws -> Value {
    // Writing to a program that has ended must be an error of that write, not the end of every test.
    signal(SIGPIPE, SIG_IGN)
    let (input, output) = (Pipe(), Pipe())
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, given in given }
    process.standardInput = input
    process.standardOutput = output
    let (ended, end) = AsyncStream.makeStream(of: Void.self)
    process.terminationHandler = { _ in end.finish() }
    let lines = Self.lines(of: output.fileHandleForReading)
    try process.start()
    let child = ChildProcess(
      program: program, number: process.processIdentifier, input: input.fileHandleForWriting, lines: lines)
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await body(child))
    } catch {
      outcome = .failure(error)
    }
    try? input.fileHandleForWriting.close()
    for await _ in ended {}
    return try outcome.get()
  }

  /// Runs a program that only has to do something and end well; what it says on the way is not heard.
  package static func run(_ program: String, _ arguments: [String]) async throws {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    // Also when the test was given up: what has begun is seen to its end.
    try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in ended.resume() }
      do { try process.start() } catch { ended.resume(throwing: error) }
    }
    guard process.terminationStatus == 0 else { throw Ended(program: program) }
  }

  package func say(_ line: String) throws {
    try input.write(contentsOf: Data((line + "\n").utf8))
  }

  /// Closes its input, after which it is to end; what it still says can be read.
  package func end() throws { try input.close() }

  /// Ends it on the spot, wherever it is. What it said before can be read.
  package func kill() { Glibc.kill(number, SIGKILL) }

  /// The next line it says.
  ///
  /// - Throws: `Ended` when there comes none any more.
  package func nextLine() async throws -> String {
    guard let line = await nextLineOrEnd() else { throw Ended(program: program) }
    return line
  }

  package func nextLineOrEnd() async -> String? {
    var iterator = lines.makeAsyncIterator()
    return await iterator.next()
  }

  private static func lines(of output: FileHandle) -> AsyncStream<String> {
    let (lines, line) = AsyncStream.makeStream(of: String.self)
    // A thread of its own: reading blocks.
    Thread.detachNewThread {
      var rest: [UInt8] = []
      while case let bytes = output.nextBytes(), !bytes.isEmpty {
        rest += bytes
        while let end = rest.firstIndex(of: 0x0A) {
          line.yield(String(decoding: rest[..<end], as: UTF8.self))
          rest.removeSubrange(...end)
        }
      }
      if !rest.isEmpty { line.yield(String(decoding: rest, as: UTF8.self)) }
      line.finish()
    }
    return lines
  }
}
