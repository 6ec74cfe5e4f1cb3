import AccessControl
import Primitives
import Testing

@testable import OAuth

struct RememberingSignatures {
  private static func token(_ name: String) -> ReadAccessToken {
    ReadAccessToken(
      claims: AccessTokenClaims(
        application: ApplicationID(trusted: "a"), subject: .application(organization: nil), audience: "https://a.test/",
        scopes: [], roles: nil,
        tokenID: name, issuedAt: Timestamp(seconds: 0), expiresAt: Timestamp(seconds: 1)),
      notBefore: nil, keyID: "k")
  }

  @Test func `a token is read once and remembered`() {
    let cache = ReadTokenCache(capacity: 10)
    var reads = 0
    for _ in 1...5 {
      let found = cache.token("t") {
        reads += 1
        return Self.token("t")
      }
      #expect(found?.claims.tokenID == "t")
    }
    #expect(reads == 1)
  }

  @Test func `what does not verify is never remembered`() {
    let cache = ReadTokenCache(capacity: 10)
    for number in 1...1000 { #expect(cache.token("rubbish \(number)") { nil } == nil) }
    #expect(cache.count == 0)
  }

  @Test func `it never holds more than its capacity, and keeps what is in use`() {
    let cache = ReadTokenCache(capacity: 100)
    var reads = 0
    for number in 1...1000 {
      _ = cache.token("\(number)") { Self.token("\(number)") }
      _ = cache.token("in use") {
        reads += 1
        return Self.token("in use")
      }
      #expect(cache.count <= 100)
    }
    #expect(reads == 1)
  }
}
