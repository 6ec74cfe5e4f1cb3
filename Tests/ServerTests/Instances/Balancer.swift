internal import Foundation
internal import TestKit
internal import Testing

/// The proxy as deploy/proxy/haproxy.cfg describes it, in front of three instances; only without TLS, and asking each ten times a second how it is.
final class Balancer: Sendable {
  /// The file is no longer what was made fit here.
  struct Unknown: Error { let line: String }

  let client: HTTPClient
  /// Where it takes orders.
  private let orders: UInt16
  private let process: Process

  /// - Parameters:
  ///   - front: where it waits; it takes the two ports after that as well.
  ///   - instances: of the three, one after the other.
  init(front: UInt16, instances: [UInt16], in folder: String) throws {
    client = HTTPClient(port: front, host: "127.0.0.1:\(front)")
    orders = front + 2
    var configuration = try String(contentsOf: Repository.root.appending(path: "deploy/proxy/haproxy.cfg"), encoding: .utf8)
    for (line, fit) in [
      (#" ssl crt "$PROXY_CERTIFICATE" alpn h2,http/1.1"#, ""), (" inter 1s ", " inter 100ms "),
      // Else an answer would have to come within those 100 ms.
      ("  timeout queue 5s\n", "  timeout queue 5s\n  timeout check 10s\n"),
    ] {
      guard configuration.contains(line) else { throw Unknown(line: line) }
      configuration.replace(line, with: fit)
    }
    let path = "\(folder)/haproxy.cfg"
    try configuration.write(toFile: path, atomically: true, encoding: .utf8)
    process = Process()
    process.executableURL = URL(filePath: "/usr/sbin/haproxy")
    process.arguments = ["-db", "-f", path]
    process.environment = [
      "PROXY_HTTPS": "127.0.0.1:\(front)", "PROXY_HTTP": "127.0.0.1:\(front + 1)", "PROXY_SOCKET": "ipv4@127.0.0.1:\(orders)",
    ]
    for (index, port) in instances.enumerated() { process.environment?["USHER_\(index + 1)"] = "127.0.0.1:\(port)" }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.start()
  }

  /// Returns once somebody is ready behind it.
  func untilReady() async { while (try? await client.get("/sign-in"))?.status != 200 { await Task.yield() } }

  /// Sets the administrative state of every server of a backend: `ready`, `drain` or `maint`.
  func order(_ state: String, _ backend: String) async throws {
    let connection = try await HTTPConnection.open(port: orders)
    try await connection.send((1...3).map { "set server \(backend)/usher-\($0) state \(state)" }.joined(separator: ";") + "\n")
    await connection.waitForClose()
  }

  /// How it sees those who are asked.
  struct View {
    /// How many instances it would send somebody to.
    let ready: Int
    /// How often it found that there was nobody left.
    let timesWithout: Int
  }

  func view() async throws -> View {
    let connection = try await HTTPConnection.open(port: orders)
    try await connection.send("show stat\n")
    let lines = await connection.rest().split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let names = lines.first?.map { $0.trimmingPrefix("# ") } ?? []
    let rows = lines.dropFirst().map { Dictionary(zip(names, $0)) { first, _ in first } }.filter { $0["pxname"] == "usher" }
    let whole = rows.first { $0["svname"] == "BACKEND" }
    return View(
      ready: rows.count { $0["svname"]?.hasPrefix("usher-") ?? false && $0["status"] == "UP" },
      timesWithout: try #require(whole?["chkdown"].flatMap { Int($0) }, "HAProxy tells nothing of its backend"))
  }

  func stop() { process.terminate() }
}
