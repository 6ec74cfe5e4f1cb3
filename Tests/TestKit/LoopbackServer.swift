extension RunningServer {
  /// A server whose public address is where it really listens, `http://127.0.0.1:<port>`, for programs that are not ours.
  package static func atItsPublicAddress() async throws -> RunningServer {
    // Somebody else may take the port between our finding it and our listening on it; then another is tried.
    for _ in 1...5 {
      let port = try LoopbackPort.free()
      let world = try await TestWorld.make(publicAddress: "http://127.0.0.1:\(port)")
      if let server = try? await start(world, port: port) { return server }
    }
    throw TestWorld.Missing(what: "a free port")
  }
}
