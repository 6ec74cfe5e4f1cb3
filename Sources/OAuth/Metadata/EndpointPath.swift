/// Where the endpoints stand below the public address: what discovery announces and what the routes answer.
package enum EndpointPath {
  package static let authorize = "/oauth/authorize"
  package static let token = "/oauth/token"
  package static let introspect = "/oauth/introspect"
  package static let revoke = "/oauth/revoke"
  package static let userInfo = "/oauth/userinfo"
  package static let keySet = "/oauth/jwks"
  package static let register = "/oauth/register"
  package static let signOut = "/oauth/sign-out"
  package static let openIDConfiguration = "/.well-known/openid-configuration"
  package static let authorizationServer = "/.well-known/oauth-authorization-server"
}
