internal import Identity
internal import OAuth
internal import Primitives
internal import TestKit

/// Issuing an access token at the token endpoint (client_credentials: authentication, rules, claims, signature) against the bare ES256
/// signature over as many bytes, one task, in turns.
enum TokenBench {
  static func row() async throws -> String {
    let world = try await TestWorld.make()
    let secret = world.command.newSecret()
    let application = Application(
      id: world.command.newID(), name: "Bench", authentication: .basic,
      secrets: [Application.Secret(digest: secret.digest, createdAt: world.clock.now())], grantTypes: [.clientCredentials],
      scopes: [Scope.decide], createdAt: world.clock.now())
    try await world.application(application)
    let basic = "Basic " + Base64.encode(Array("\(application.id.text):\(secret.reveal())".utf8))
    let form = FormFields([(name: "grant_type", value: "client_credentials"), (name: "scope", value: Scope.decide)])
    let actor = Actor(.anonymous, address: "192.0.2.1", requestID: nil)
    let endpoint = TokenEndpoint(world.env)
    let key = try SigningKey.generate(.es256, id: "bench")
    let message = [UInt8](repeating: 7, count: 500)
    let times = 500
    var runs = PairedRuns()
    for turn in 0..<31 {
      let raw = try seconds { for _ in 0..<times { _ = try key.sign(message) } }
      let clock = ContinuousClock()
      let start = clock.now
      for _ in 0..<times { _ = try await endpoint(EndpointRequest(authorization: [basic], form: form, actor: actor)) }
      let taken = start.duration(to: clock.now).components
      let ours = Double(taken.seconds) + Double(taken.attoseconds) / 1e18
      if turn > 0 { runs.add(ours: Double(times) / ours, yardstick: Double(times) / raw) }
    }
    let (low, high) = runs.interval
    return """
      | Access tokens a second at the token endpoint, against raw ES256 signatures, one task | \(Int(PairedRuns.median(runs.ours))) | \
      \(Int(PairedRuns.median(runs.yardstick))) | \(rounded(runs.ratio, 3)) (\(rounded(low, 3)) to \(rounded(high, 3))) |
      """
  }
}
