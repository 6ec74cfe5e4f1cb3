import Primitives
import TestKit
import Testing

@Suite(.rule("RFC 7515 §5.2"), .rule("RFC 8725 §3")) struct BelievingTokens {
  let key: SigningKey
  let payload = JSON.object(["sub": "ann", "n": 1]).encoded()

  init() throws {
    key = try SigningKey.generate(.es256, id: "k1")
  }

  private func verify(_ token: String, type: String = "at+jwt", maximumBytes: Int = 8192) throws(JWSError) -> JSONObject {
    try JWS.verify(token, type: type, maximumBytes: maximumBytes) { $0 == "k1" ? key.verificationKey : nil }
  }

  /// A token with this header, properly signed by the key it should not be believed for.
  private func token(header: JSON, payload: [UInt8]? = nil) throws -> String {
    let input = Base64URL.encode(header.encoded()) + "." + Base64URL.encode(payload ?? self.payload)
    return input + "." + Base64URL.encode(try key.sign(Array(input.utf8)))
  }

  @Test(arguments: SignatureAlgorithm.allCases) func `a signed token gives its claims back`(algorithm: SignatureAlgorithm) throws
  {
    let key = try SigningKey.generate(algorithm, id: "schlüssel \"1\"")
    let token = try JWS.sign(payload: payload, type: "at+jwt", with: key)
    let claims = try JWS.verify(token, type: "at+jwt") { id in
      #expect(id == "schlüssel \"1\"")
      return key.verificationKey
    }
    #expect(claims == ["sub": "ann", "n": 1])
    let header = try JSON.parse(#require(Base64URL.decode(String(token.prefix { $0 != "." }))))
    #expect(header == ["alg": .string(algorithm.rawValue), "kid": "schlüssel \"1\"", "typ": "at+jwt"])
  }

  @Test(.threat("JWT7"), arguments: ["at+jwt", "usher-session+jwt", "logout+jwt", "JWT"])
  func `a token of one kind is refused as every other kind`(type: String) throws {
    let token = try JWS.sign(payload: payload, type: type, with: key)
    for other in ["at+jwt", "usher-session+jwt", "logout+jwt", "JWT"] where other != type {
      #expect(throws: JWSError.otherType) { try verify(token, type: other) }
    }
    #expect(throws: Never.self) { try verify(token, type: type) }
  }

  @Test(.rule("RFC 7515 §4.1.9")) func `the kind compares as a media type`() throws {
    for typ: JSON in ["application/at+jwt", "AT+JWT", "Application/at+JWT"] {
      #expect(throws: Never.self) { try verify(token(header: ["alg": "ES256", "kid": "k1", "typ": typ])) }
    }
    for typ: JSON in ["application/application/at+jwt", "at+jwt ", "text/at+jwt", "", "at+jw", 5, nil, ["at+jwt"]] {
      #expect(throws: JWSError.otherType) { try verify(token(header: ["alg": "ES256", "kid": "k1", "typ": typ])) }
    }
    #expect(throws: JWSError.otherType) { try verify(token(header: ["alg": "ES256", "kid": "k1"])) }
  }

  @Test(.threat("JWT1"), arguments: ["jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64"])
  func `a header that brings a key or an extension is refused before any key is asked for`(name: String) throws {
    var header: JSONObject = ["alg": "ES256", "kid": "k1", "typ": "at+jwt"]
    header[name] = name == "jwk" ? .object(key.verificationKey.jwk) : "https://evil.example/keys"
    let token = try token(header: .object(header))
    #expect(throws: JWSError.headerNotAllowed) {
      try JWS.verify(token, type: "at+jwt") { _ in
        Issue.record("a key was asked for")
        return key.verificationKey
      }
    }
  }

  @Test(.rule("RFC 8725 §3.1")) func `the algorithm is the key's, whatever the header says`() throws {
    for alg: JSON in ["none", "None", "HS256", "RS256", "ES384", "es256", "", nil, 5] {
      #expect(throws: JWSError.otherAlgorithm) { try verify(token(header: ["alg": alg, "kid": "k1", "typ": "at+jwt"])) }
    }
    #expect(throws: JWSError.otherAlgorithm) { try verify(token(header: ["kid": "k1", "typ": "at+jwt"])) }
    // The classic: an HMAC under the public key, announced as HS256.
    let input = Base64URL.encode(Array(#"{"alg":"HS256","kid":"k1","typ":"at+jwt"}"#.utf8)) + "." + Base64URL.encode(payload)
    let mac = MessageAuthenticator(SymmetricSecret(key.verificationKey.jwk.encoded())).tag(for: Array(input.utf8))
    #expect(throws: JWSError.otherAlgorithm) { try verify("\(input).\(Base64URL.encode(mac))") }
  }

  @Test func `a key that is unknown, missing or of no name is refused`() throws {
    for header: JSON in [
      ["alg": "ES256", "kid": "k2", "typ": "at+jwt"], ["alg": "ES256", "typ": "at+jwt"],
      ["alg": "ES256", "kid": 1, "typ": "at+jwt"],
    ] {
      #expect(throws: JWSError.unknownKey) { try verify(token(header: header)) }
    }
  }

  @Test func `another key of the same name does not verify`() throws {
    let token = try JWS.sign(payload: payload, type: "at+jwt", with: SigningKey.generate(.es256, id: "k1"))
    #expect(throws: JWSError.badSignature) { try verify(token) }
  }

  @Test func `no changed sign of a token is believed`() throws {
    let token = Array(try JWS.sign(payload: payload, type: "at+jwt", with: key).utf8)
    for index in token.indices {
      var changed = token
      changed[index] = token[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      #expect(throws: JWSError.self) { try verify(String(decoding: changed, as: UTF8.self)) }
    }
  }

  @Test func `what is not three parts of base64url with objects inside is refused`() throws {
    let good = try JWS.sign(payload: payload, type: "at+jwt", with: key)
    let parts = good.split(separator: ".").map(String.init)
    let texts = [
      "", ".", "..", "...", "a.b", parts[0] + "." + parts[1], good + ".", good + "=", good + ".x", "." + good, " " + good,
      good + "\n",
      "[]" + "." + parts[1] + "." + parts[2], Base64URL.encode(Array("[]".utf8)) + "." + parts[1] + "." + parts[2],
      Base64URL.encode(Array(#"{"alg":"ES256","alg":"none"}"#.utf8)) + "." + parts[1] + "." + parts[2], "😀.😀.😀",
    ]
    for text in texts { #expect(throws: JWSError.malformed, "\(text)") { try verify(text) } }
    for payload in ["[]", "5", "", "{", #"{"sub":"a","sub":"b"}"#, String(repeating: "{\"a\":", count: 200)] {
      #expect(throws: JWSError.malformed, "\(payload)") {
        try verify(token(header: ["alg": "ES256", "kid": "k1", "typ": "at+jwt"], payload: Array(payload.utf8)))
      }
    }
  }

  @Test func `a token is taken at the limit and refused past it`() throws {
    let token = try JWS.sign(payload: payload, type: "at+jwt", with: key)
    #expect(throws: Never.self) { try verify(token, maximumBytes: token.utf8.count) }
    #expect(throws: JWSError.tooLong) { try verify(token, maximumBytes: token.utf8.count - 1) }
    #expect(throws: JWSError.tooLong) { try verify(String(repeating: "a", count: 8193)) }
  }
}
