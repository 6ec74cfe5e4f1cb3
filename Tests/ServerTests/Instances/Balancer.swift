internal import Foundation
internal import TestKit

/// HAProxy in front of some instances, asking each ten times a second whether it is ready. As deploy/proxy/haproxy.cfg does, it repeats nothing but `GET`,
/// and asks those that live while nobody is ready.
final class Balancer: Sendable {
  let client: HTTPClient
  private let process: Process

  /// - Parameter front: where it waits.
  init(front: UInt16, instances: [UInt16], in folder: String) throws {
    client = HTTPClient(port: front, host: "127.0.0.1:\(front)")
    let servers = instances.enumerated().map { "  server usher\($0) 127.0.0.1:\($1) check inter 100ms fall 2 rise 1\n" }.joined()
    let configuration = """
      defaults
        mode http
        timeout connect 5s
        timeout client 30s
        timeout server 30s
        timeout check 10s
        option http-server-close
        option redispatch 1
        retries 3
        retry-on conn-failure empty-response
        balance roundrobin
        option httpchk
        http-check expect status 200
      frontend portal
        bind 127.0.0.1:\(front)
        use_backend living if { nbsrv(ushers) eq 0 }
        default_backend ushers
      backend ushers
        http-request disable-l7-retry unless METH_GET
        http-check send meth GET uri /health/ready ver HTTP/1.1 hdr Host 127.0.0.1
      \(servers)
      backend living
        http-request disable-l7-retry unless METH_GET
        http-check send meth GET uri /health/live ver HTTP/1.1 hdr Host 127.0.0.1
      \(servers)
      """
    let path = "\(folder)/haproxy.cfg"
    try configuration.write(toFile: path, atomically: true, encoding: .utf8)
    process = Process()
    process.executableURL = URL(filePath: "/usr/sbin/haproxy")
    process.arguments = ["-db", "-f", path]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.start()
  }

  /// Returns once somebody is ready behind it.
  func untilReady() async { while (try? await client.get("/health/ready"))?.status != 200 { await Task.yield() } }

  func stop() { process.terminate() }
}
