internal import Glibc

extension RunningServer {
  /// A server whose public address is where it really listens, `http://127.0.0.1:<port>`, for programs that are not ours.
  package static func atItsPublicAddress() async throws -> RunningServer {
    // Somebody else may take the port between our finding it and our listening on it; then another is tried.
    for _ in 1...5 {
      let port = try freePort()
      let world = try await TestWorld.make(publicAddress: "http://127.0.0.1:\(port)")
      if let server = try? await start(world, port: port) { return server }
    }
    throw TestWorld.Missing(what: "a free port")
  }

  private static func freePort() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard bound else { throw TestWorld.Missing(what: "a free port") }
    return UInt16(bigEndian: address.sin_port)
  }
}
