internal import Primitives

/// What a sample service knows about itself and about Usher: what any service of a portal is configured with.
struct RelyingParty: Sendable {
  struct Credentials: Sendable {
    let id: String
    /// nil for a public client.
    let secret: String?
  }

  let name: String
  let tagline: String
  /// Its own address: `http://127.0.0.1:8081`.
  let address: String
  let issuer: String
  /// How it signs people in.
  let client: Credentials
  /// How its API proves itself at the introspection and decision endpoints; for a confidential web application that is the client itself.
  let api: Credentials
  /// The `aud` of the access tokens it accepts.
  let audience: String
  /// The other sample service, to click through to.
  let neighbour: (name: String, address: String)

  var redirectURI: String { "\(address)/callback" }
}

/// Somebody on the way to Usher and back. Held by the state that travels along.
struct PendingSignIn: Sendable {
  let state: String
  let nonce: String
  let verifier: String

  static func make(from randomness: any RandomSource) -> PendingSignIn {
    PendingSignIn(
      state: SecretToken.make(from: randomness).reveal(), nonce: SecretToken.make(from: randomness).reveal(),
      verifier: SecretToken.make(from: randomness).reveal())
  }

  /// RFC 7636 §4.2.
  var challenge: String { SecretDigest.of(verifier.utf8).text }
}

/// Somebody signed in at a sample service.
struct SignedInPerson: Sendable {
  let subject: String
  let idToken: String
  let accessToken: String
  /// Of the access token.
  let claims: JSONObject
}

/// One thing that a sample service asked over HTTP about somebody who is signed in there, and what came back.
struct Check: Sendable {
  let name: String
  let outcome: String
  let passed: Bool
}

/// The conversation of a sample service with Usher: OpenID Connect with PKCE, then every way to verify a token.
struct SignInConversation: Sendable {
  struct Refused: Error {
    let why: String
  }

  let party: RelyingParty
  let channel: BackChannel
  let clock: @Sendable () -> Timestamp

  func authorizationURL(_ pending: PendingSignIn) async throws -> String {
    let metadata = try await metadata()
    let query = FormFields([
      (name: "response_type", value: "code"), (name: "client_id", value: party.client.id),
      (name: "redirect_uri", value: party.redirectURI),
      (name: "scope", value: "openid profile email"), (name: "state", value: pending.state),
      (name: "nonce", value: pending.nonce),
      (name: "code_challenge", value: pending.challenge), (name: "code_challenge_method", value: "S256"),
    ])
    return "\(try text(metadata, "authorization_endpoint"))?\(query.encoded)"
  }

  func endSessionURL(_ person: SignedInPerson) async throws -> String {
    let query = FormFields([
      (name: "id_token_hint", value: person.idToken), (name: "client_id", value: party.client.id),
      (name: "post_logout_redirect_uri", value: "\(party.address)/"),
    ])
    return "\(try text(try await metadata(), "end_session_endpoint"))?\(query.encoded)"
  }

  /// Redeems the code and verifies everything that came back.
  func finish(_ pending: PendingSignIn, code: String) async throws -> SignedInPerson {
    let metadata = try await metadata()
    var form = [
      (name: "grant_type", value: "authorization_code"), (name: "code", value: code),
      (name: "redirect_uri", value: party.redirectURI),
      (name: "code_verifier", value: pending.verifier),
    ]
    var basic: (id: String, secret: String)?
    if let secret = party.client.secret {
      basic = (party.client.id, secret)
    } else {
      form.append((name: "client_id", value: party.client.id))
    }
    let answer = try await channel.post(try text(metadata, "token_endpoint"), form: form, basic: basic)
    guard answer.status == 200 else { throw Refused(why: "the token endpoint answered \(answer.status)") }
    let tokens = try answer.json()
    let idToken = try text(tokens, "id_token")
    let accessToken = try text(tokens, "access_token")
    let keys = try await publishedKeys(metadata)
    let identity = try JWS.verify(idToken, type: "JWT") { keys[$0] }
    try check(identity, audience: party.client.id)
    guard identity["nonce"]?.stringValue == pending.nonce else { throw Refused(why: "the ID token answers another request") }
    let claims = try verified(accessToken, keys)
    return SignedInPerson(subject: try text(identity, "sub"), idToken: idToken, accessToken: accessToken, claims: claims)
  }

  /// Everything that can be asked about somebody at this moment. Asked anew for every page, so that what an administrator changes shows when
  /// the page is loaded again.
  func examine(_ person: SignedInPerson) async throws -> [Check] {
    let metadata = try await metadata()
    return [
      try await verifyLocally(person.accessToken, metadata), try await introspect(person.accessToken, metadata),
    ] + (try await askDecisions(about: person.subject, organization: person.claims["organization"]?.stringValue, metadata))
  }

  private func verifyLocally(_ token: String, _ metadata: JSONObject) async throws -> Check {
    let keys = try await publishedKeys(metadata)
    let name = "Signature, issuer, audience and time, by the published keys"
    do {
      _ = try verified(token, keys)
      return Check(name: name, outcome: "valid", passed: true)
    } catch let refused as Refused {
      return Check(name: name, outcome: refused.why, passed: false)
    } catch {
      return Check(name: name, outcome: "not a token of this issuer", passed: false)
    }
  }

  /// The claims of an access token for this service (RFC 9068 §4).
  private func verified(_ accessToken: String, _ keys: [String: VerificationKey]) throws -> JSONObject {
    let claims = try JWS.verify(accessToken, type: "at+jwt") { keys[$0] }
    try check(claims, audience: party.audience)
    return claims
  }

  private func introspect(_ token: String, _ metadata: JSONObject) async throws -> Check {
    let answer = try await channel.post(
      try text(metadata, "introspection_endpoint"), form: [(name: "token", value: token)],
      basic: (party.api.id, party.api.secret ?? ""))
    let isActive = answer.status == 200 ? try answer.json()["active"]?.boolValue == true : false
    return Check(name: "Introspection", outcome: isActive ? "active" : "not active (\(answer.status))", passed: isActive)
  }

  private func askDecisions(
    about subject: String, organization: String?, _ metadata: JSONObject
  ) async throws -> [Check] {
    let answer = try await channel.post(
      try text(metadata, "token_endpoint"),
      form: [(name: "grant_type", value: "client_credentials"), (name: "scope", value: "usher:decide")],
      basic: (party.api.id, party.api.secret ?? ""))
    guard answer.status == 200 else { throw Refused(why: "no token to ask for decisions with (\(answer.status))") }
    let bearer = try text(try answer.json(), "access_token")
    var checks: [Check] = []
    for (type, action) in [("order", "view"), ("key", "view")] {
      let question: JSON = [
        "subject": ["type": "user", "id": .string(subject)], "action": ["name": .string(action)],
        "resource": ["type": .string(type), "id": "sample-1"],
        "context": organization.map { ["organization": .string($0)] } ?? [:],
      ]
      let decision = try await channel.post("\(party.issuer)/access/v1/evaluation", json: question, bearer: bearer)
      let said = decision.status == 200 ? try decision.json() : JSONObject()
      let isAllowed = said["decision"]?.boolValue == true
      let reason = said["context"]?.objectValue?["reason"]?.stringValue ?? "status \(decision.status)"
      checks.append(
        Check(name: "May they \(action) this \(type)?", outcome: "\(isAllowed ? "yes" : "no"): \(reason)", passed: isAllowed))
    }
    return checks
  }

  private func check(_ claims: JSONObject, audience: String) throws {
    guard claims["iss"]?.stringValue == party.issuer else { throw Refused(why: "a token of another issuer") }
    let audiences = claims["aud"]?.arrayValue?.compactMap(\.stringValue) ?? [claims["aud"]?.stringValue ?? ""]
    guard audiences.contains(audience) else { throw Refused(why: "a token for somebody else") }
    guard let end = claims["exp"]?.intValue, clock().seconds < end else { throw Refused(why: "a token that has ended") }
  }

  private func metadata() async throws -> JSONObject {
    let metadata = try await channel.get("\(party.issuer)/.well-known/openid-configuration").json()
    // OpenID Connect Discovery §4.3: the issuer in the document must be the one it was fetched from.
    guard metadata["issuer"]?.stringValue == party.issuer else { throw Refused(why: "metadata of another issuer") }
    return metadata
  }

  private func publishedKeys(_ metadata: JSONObject) async throws -> [String: VerificationKey] {
    let set = try await channel.get(try text(metadata, "jwks_uri")).json()
    let keys = try (set["keys"]?.arrayValue ?? []).compactMap(\.objectValue).map { try VerificationKey(jwk: $0) }
    return Dictionary(keys.map { ($0.id, $0) }) { first, _ in first }
  }

  private func text(_ object: JSONObject, _ name: String) throws -> String {
    guard let value = object[name]?.stringValue else { throw Refused(why: "the answer has no \(name)") }
    return value
  }
}
