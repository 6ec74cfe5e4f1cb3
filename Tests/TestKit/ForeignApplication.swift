package import Primitives

/// A web application that is not ours: Authlib signs people in, joserfc checks the tokens (Tests/Interop/relying_party.py).
package struct ForeignApplication: Sendable {
  package struct Refused: Error, CustomStringConvertible {
    package let description: String
  }

  /// Where a browser begins: from here it is sent to sign in.
  package let address: String
  private let process: ChildProcess

  package var redirectURI: String { "\(address)/callback" }

  /// Runs an application for as long as `body` does. It is told who it is by `configure`, once its redirect address is known.
  package static func run<Value>(_ body: (ForeignApplication) async throws -> Value) async throws -> Value {
    try await ChildProcess.run(InteropTools.python(), [InteropTools.script("relying_party.py")]) { process in
      guard let port = try await Self.line(of: process)["listening"]?.intValue else {
        throw Refused(description: "does not listen")
      }
      return try await body(ForeignApplication(address: "http://127.0.0.1:\(port)", process: process))
    }
  }

  /// - Parameters:
  ///   - clientSecret: nil for a public client.
  ///   - now: the test's clock, where it does not run; tokens are then judged by it.
  ///   - parameters: more for the authorization request, `organization` for instance.
  package func configure(
    issuer: String, clientID: String, clientSecret: String?, scope: String, now: Timestamp? = nil, parameters: JSONObject = [:]
  ) async throws {
    var settings: JSONObject = [
      "issuer": .string(issuer), "client_id": .string(clientID), "scope": .string(scope), "parameters": .object(parameters),
    ]
    settings["client_secret"] = clientSecret.map { .string($0) }
    settings["now"] = now.map { .integer($0.seconds) }
    try process.say(settings.text)
    _ = try await next()
  }

  /// What came of the sign-in that a browser has just been through: `identity` (claims), `access` (header, claims), `userinfo`,
  /// `has_refresh_token`, all verified by the application.
  package func signedIn() async throws -> JSONObject { try await next() }

  /// Verifies the access token locally, by the published keys.
  package func verify() async throws -> JSONObject { try await ask(["do": "verify"]) }
  package func userInfo() async throws -> JSONObject { try await ask(["do": "userinfo"]) }
  package func refresh() async throws -> JSONObject { try await ask(["do": "refresh"]) }
  package func revoke() async throws { _ = try await ask(["do": "revoke"]) }

  /// Asks about the access token with the credentials of the API that got it.
  package func introspect(as clientID: String, secret: String) async throws -> JSONObject {
    try await ask(["do": "introspect", "client_id": .string(clientID), "client_secret": .string(secret)])
  }

  private func ask(_ command: JSON) async throws -> JSONObject {
    try process.say(command.text)
    return try await next()
  }

  private func next() async throws -> JSONObject {
    let line = try await Self.line(of: process)
    if line["event"] == "refused" { throw Refused(description: line["error"]?.stringValue ?? "") }
    return line
  }

  private static func line(of process: ChildProcess) async throws -> JSONObject {
    guard let line = try JSON.parse(Array(try await process.nextLine().utf8)).objectValue else {
      throw Refused(description: "no answer")
    }
    return line
  }
}
