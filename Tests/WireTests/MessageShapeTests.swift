import Foundation
import Primitives
import TestKit
import Testing
import Wire

/// Each message, full and bare, against the JSON a standard shows for it. What is read must be what was written, member for member.
@Suite struct MessageShapes {
  func written(_ message: some Encodable) throws -> JSON { try JSON.parse(Array(JSONEncoder().encode(message))) }

  func read<Message: Decodable>(_ json: JSON, as type: Message.Type = Message.self) throws -> Message {
    try JSONDecoder().decode(Message.self, from: Data(json.encoded()))
  }

  @Test(.rule("RFC 6749 §5.1")) func `a token response leaves out what it does not have`() throws {
    let bare = TokenResponse(accessToken: "access", expiresIn: 300)
    #expect(try written(bare) == ["access_token": "access", "token_type": "Bearer", "expires_in": 300])
    let full = TokenResponse(accessToken: "access", expiresIn: 300, refreshToken: "refresh", idToken: "id", scope: "openid")
    let json: JSON = [
      "access_token": "access", "token_type": "Bearer", "expires_in": 300, "refresh_token": "refresh", "id_token": "id",
      "scope": "openid",
    ]
    #expect(try written(full) == json)
    #expect(try read(json) == full)
  }

  @Test func `messages that carry secrets do not print them`() {
    let response = TokenResponse(accessToken: "open-sesame", expiresIn: 300, refreshToken: "open-sesame", idToken: "open-sesame")
    let registration = ClientRegistrationResponse(
      clientID: "app", clientSecret: "open-sesame", clientIDIssuedAt: 0, metadata: ClientMetadata())
    for text in ["\(response)", "\(registration)", String(reflecting: response), String(reflecting: registration)] {
      #expect(!text.contains("open-sesame"))
      #expect(text.contains("‹secret›"))
    }
    var dumped = ""
    dump(response, to: &dumped)
    dump(registration, to: &dumped)
    #expect(!dumped.contains("open-sesame"))
  }

  @Test(.rule("RFC 7662 §2.2"), .threat("INT1")) func `an inactive token is told in one member`() throws {
    #expect(try written(IntrospectionResponse.inactive) == ["active": false])
  }

  @Test(.rule("RFC 7662 §2.2")) func `an active token is told by the names of its claims`() throws {
    var response = IntrospectionResponse(active: true)
    response.issuer = "https://portal.example"
    response.subject = "her"
    response.audience = ["https://orders.example"]
    response.clientID = "app"
    response.scope = "openid"
    response.tokenType = "Bearer"
    response.expiresAt = 2
    response.issuedAt = 1
    response.tokenID = "grant.1"
    response.organization = "contoso"
    response.roles = ["account-viewer"]
    response.sessionID = "sid"
    response.authenticatedAt = 1
    response.authenticationContext = "1"
    response.authenticationMethods = ["pwd"]
    let json: JSON = [
      "active": true, "iss": "https://portal.example", "sub": "her", "aud": ["https://orders.example"], "client_id": "app",
      "scope": "openid", "token_type": "Bearer", "exp": 2, "iat": 1, "jti": "grant.1", "organization": "contoso",
      "roles": ["account-viewer"], "sid": "sid", "auth_time": 1, "acr": "1", "amr": ["pwd"],
    ]
    #expect(try written(response) == json)
    #expect(try read(json) == response)
  }

  @Test(.rule("RFC 7591 §3.2.1")) func `a registration is one flat object`() throws {
    var metadata = ClientMetadata()
    metadata.clientName = "Orders"
    metadata.redirectURIs = ["https://orders.example/back"]
    let confidential = ClientRegistrationResponse(clientID: "app", clientSecret: "s", clientIDIssuedAt: 7, metadata: metadata)
    let json: JSON = [
      "client_id": "app", "client_secret": "s", "client_id_issued_at": 7, "client_secret_expires_at": 0, "client_name": "Orders",
      "redirect_uris": ["https://orders.example/back"],
    ]
    #expect(try written(confidential) == json)
    #expect(try read(json) == confidential)
    let publicClient = ClientRegistrationResponse(
      clientID: "app", clientSecret: nil, clientIDIssuedAt: 7, metadata: ClientMetadata())
    #expect(try written(publicClient) == ["client_id": "app", "client_id_issued_at": 7])
  }

  @Test(.rule("RFC 7591 §2")) func `metadata nobody knows are ignored, and those of the wrong type are not`() throws {
    let metadata: ClientMetadata = try read(["client_name": "Orders", "software_moon_phase": 3])
    #expect(metadata.clientName == "Orders")
    #expect(throws: DecodingError.self) { try read(["redirect_uris": "https://orders.example"], as: ClientMetadata.self) }
  }

  @Test(.rule("RFC 9457 §3.1")) func `a problem without details is three members`() throws {
    #expect(
      try written(Problem(title: "Not found", status: 404)) == ["type": "about:blank", "title": "Not found", "status": 404])
    let full = Problem(
      type: "https://portal.example/problems/invalid", title: "Invalid", status: 422, detail: "A field is wrong.",
      instance: "request-1",
      errors: [.init(pointer: "/email", code: "required")])
    #expect(try read(written(full)) == full)
  }

  @Test(.rule("RFC 8414 §2")) func `server metadata keep the names of the standards`() throws {
    let metadata = AuthorizationServerMetadata(
      issuer: "https://portal.example", authorizationEndpoint: "https://portal.example/a",
      tokenEndpoint: "https://portal.example/t",
      jwksURI: "https://portal.example/k", scopesSupported: ["openid"], responseTypesSupported: ["code"],
      responseModesSupported: ["query"], grantTypesSupported: ["authorization_code"], subjectTypesSupported: ["public"],
      claimsSupported: ["sub"], codeChallengeMethodsSupported: ["S256"], idTokenSigningAlgorithms: ["ES256"],
      tokenEndpointAuthMethods: ["client_secret_basic"])
    let json: JSON = [
      "issuer": "https://portal.example", "authorization_endpoint": "https://portal.example/a",
      "token_endpoint": "https://portal.example/t", "jwks_uri": "https://portal.example/k", "scopes_supported": ["openid"],
      "response_types_supported": ["code"], "response_modes_supported": ["query"],
      "grant_types_supported": ["authorization_code"],
      "subject_types_supported": ["public"], "claims_supported": ["sub"], "code_challenge_methods_supported": ["S256"],
      "id_token_signing_alg_values_supported": ["ES256"], "token_endpoint_auth_methods_supported": ["client_secret_basic"],
      "authorization_response_iss_parameter_supported": true, "request_parameter_supported": false,
      "request_uri_parameter_supported": false, "claims_parameter_supported": false,
    ]
    #expect(try written(metadata) == json)
    #expect(try read(json) == metadata)
  }
}
