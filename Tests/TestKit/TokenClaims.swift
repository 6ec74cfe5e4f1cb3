package import Primitives

/// The claims of a signed token, read without checking anything: for tests that look at what we wrote.
package func claims(of token: String) throws -> JSONObject {
  let parts = token.split(separator: ".", omittingEmptySubsequences: false)
  guard parts.count == 3, let bytes = Base64URL.decode(String(parts[1])), let object = try JSON.parse(bytes).objectValue else {
    throw TestWorld.Missing(what: "a signed token")
  }
  return object
}
