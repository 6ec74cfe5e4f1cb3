internal import Foundation
internal import Glibc
internal import Primitives
internal import Synchronization
internal import TestKit

/// `usher serve` as a process of its own, in a folder of its own, on a free port.
final class RunningUsher: Sendable {
  /// It ended before it served; what it said.
  struct DidNotServe: Error { let errors: String }

  let folder: String
  let port: UInt16
  private let process: Process
  private let output: TextOfPipe
  private let errors: TextOfPipe
  private let ending: Ending

  /// The number of its process, for what one process can do to another.
  var processIdentifier: Int32 { process.processIdentifier }

  var client: HTTPClient { HTTPClient(port: port, host: "127.0.0.1:\(port)") }
  /// Everything it wrote to its log, so far.
  var log: String { errors.text }
  /// - Returns: what it wrote to standard output once that contains `part`, or all of it when it ended without.
  func said(including part: String) async -> String {
    _ = await output.wait(for: part)
    return output.text
  }

  /// - Returns: false when it ended without writing that to its log.
  func logged(_ part: String) async -> Bool { await errors.wait(for: part) }

  /// Starts it, and returns once it takes connections, and the sample's services do.
  ///
  /// - Parameters:
  ///   - openFiles: how many files it may have open; nil for as many as we.
  ///   - port: nil for one that is free.
  ///   - program: nil for the one that was built beside these tests.
  static func start(
    _ arguments: [String] = [], openFiles: Int? = nil, port: UInt16? = nil, by program: String? = nil, in folder: String
  ) async throws -> RunningUsher {
    let usher = try RunningUsher(
      arguments, openFiles: openFiles, folder: folder, port: port ?? FreePorts.three(), program: program ?? CommandLineRun.usher)
    guard await usher.errors.wait(for: "message=serving") else {
      throw DidNotServe(errors: usher.log)
    }
    if arguments.contains("--sample") { _ = await usher.said(including: "Ctrl-C") }
    return usher
  }

  private init(_ arguments: [String], openFiles: Int?, folder: String, port: UInt16, program: String) throws {
    self.folder = folder
    self.port = port
    process = Process()
    let serve = ["serve", "--listen", "127.0.0.1:\(port)"] + arguments
    if let openFiles {
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", "ulimit -S -n \(openFiles) && exec \"$0\" \"$@\"", program] + serve
    } else {
      process.executableURL = URL(filePath: program)
      process.arguments = serve
    }
    process.environment = [:]
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardInput = FileHandle.nullDevice
    let (outputPipe, errorPipe) = (Pipe(), Pipe())
    process.standardOutput = outputPipe
    process.standardError = errorPipe
    output = TextOfPipe(outputPipe)
    errors = TextOfPipe(errorPipe)
    ending = Ending()
    process.terminationHandler = { [ending] in ending.came($0.terminationStatus) }
    try process.start()
  }

  deinit { if process.isRunning { process.terminate() } }

  func tellToStop() { process.terminate() }

  /// Ends it on the spot, as a power cut or the system would.
  func kill() { Glibc.kill(process.processIdentifier, SIGKILL) }

  /// - Returns: the exit status.
  func ended() async -> Int32 { await ending.status() }
}

/// Somebody else's end, waited for without a thread.
private final class Ending: Sendable {
  private let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)

  func came(_ status: Int32) {
    continuation.yield(status)
    continuation.finish()
  }

  func status() async -> Int32 {
    for await status in stream { return status }
    return -1
  }
}

/// What a process has written so far.
private final class TextOfPipe: Sendable {
  private let bytes = Mutex<[UInt8]>([])
  private let (news, newsContinuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

  init(_ pipe: Pipe) {
    let handle = pipe.fileHandleForReading
    // A thread of its own: Dispatch may still look at a file that was closed at the end of a test, and crash.
    Thread.detachNewThread { [weak self] in
      while true {
        let bytes = handle.nextBytes()
        self?.take(bytes)
        guard !bytes.isEmpty else { return }
      }
    }
  }

  private func take(_ news: [UInt8]) {
    bytes.withLock { $0 += news }
    if news.isEmpty { newsContinuation.finish() } else { newsContinuation.yield() }
  }

  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

  /// - Returns: false when the process closed the pipe and never wrote that.
  func wait(for part: String) async -> Bool {
    if text.contains(part) { return true }
    for await _ in news where text.contains(part) { return true }
    return text.contains(part)
  }
}

/// Ports that nobody listens on, below those that Linux gives away by itself: one of these may be anybody's a moment later.
enum FreePorts {
  struct NoneFree: Error {}

  /// - Returns: the first of three neighbouring free ports.
  static func three() throws -> UInt16 {
    for _ in 0..<200 {
      let first = UInt16.random(in: 10_240...32_000)
      if (0..<3).allSatisfy({ isFree(first + $0) }) { return first }
    }
    throw NoneFree()
  }

  private static func isFree(_ port: UInt16) -> Bool {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        == 0
    }
  }
}
