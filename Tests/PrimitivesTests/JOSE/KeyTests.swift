import Primitives
import TestKit
import Testing

@Suite(.rule("RFC 7517 §4")) struct KeysOfJOSE {
  @Test(arguments: SignatureAlgorithm.allCases) func `a key signs the same after it was exported and taken up again`(
    algorithm: SignatureAlgorithm
  ) throws {
    let key = try SigningKey.generate(algorithm, id: "k1")
    let again = try SigningKey(id: "k1", algorithm: algorithm, exported: key.exported())
    let message = Array("message".utf8)
    #expect(key.verificationKey.verifies(try again.sign(message), message))
    #expect(again.verificationKey.jwk == key.verificationKey.jwk)
    #expect(try again.exported() == key.exported())
  }

  @Test(.threat("JWT6")) func `an RSA key has 3072 bits and a P-256 signature 64 bytes`() throws {
    let rsa = try SigningKey.generate(.rs256, id: "r").verificationKey.jwk
    #expect(Base64URL.decode(rsa["n"]?.stringValue ?? "")?.count == 384)
    #expect(rsa["e"] == "AQAB")
    #expect(try SigningKey.generate(.es256, id: "e").sign([1]).count == 64)
  }

  @Test(arguments: SignatureAlgorithm.allCases) func `the published half holds the public numbers and nothing else`(
    algorithm: SignatureAlgorithm
  ) throws {
    let key = try SigningKey.generate(algorithm, id: "k1").verificationKey
    let names = Set(key.jwk.members.map(\.name))
    #expect(
      names == (algorithm == .es256 ? ["kty", "crv", "x", "y", "kid", "use", "alg"] : ["kty", "n", "e", "kid", "use", "alg"]))
    let read = try VerificationKey(jwk: key.jwk)
    #expect(read.id == "k1")
    #expect(read.thumbprint == key.thumbprint)
    #expect(try VerificationKey(jwk: changed(key.jwk, "kid", nil)).id == key.thumbprint)
  }

  @Test func `bytes that are no private key are refused`() throws {
    let rsa = try SigningKey.generate(.rs256, id: "r").exported()
    let p256 = try SigningKey.generate(.es256, id: "e").exported()
    for bytes in [[], [1, 2, 3], p256, Array(rsa.dropLast()), rsa + [0]] {
      #expect(throws: SigningKeyError.notAKey) { try SigningKey(id: "r", algorithm: .rs256, exported: bytes) }
    }
    for bytes in [[], [1, 2, 3], rsa, p256 + [0], [UInt8](repeating: 0, count: 32), [UInt8](repeating: 0xFF, count: 32)] {
      #expect(throws: SigningKeyError.notAKey) { try SigningKey(id: "e", algorithm: .es256, exported: bytes) }
    }
  }

  @Test(.rule("RFC 8725 §3.5"), .threat("JWT6"))
  func `a JSON Web Key that is weak, private, symmetric or for another use is refused`() throws {
    let rsa = VectorsOfJOSE.rsa
    let p256 = VectorsOfJOSE.p256
    let small = Base64URL.encode([0x80] + [UInt8](repeating: 1, count: 127))
    let huge = Base64URL.encode([0x80] + [UInt8](repeating: 1, count: 1_024))
    let cases: [(JSONObject, JWKError)] = [
      (["kty": "oct", "k": "AAAA"], .privateKey), (["kty": "oct"], .notSupported), ([:], .notSupported),
      (["kty": "OKP", "crv": "Ed25519", "x": "AA"], .notSupported),
      (changed(rsa, "d", "AQAB"), .privateKey), (changed(p256, "d", "AQAB"), .privateKey),
      (changed(rsa, "n", .string(small)), .weak), (changed(rsa, "n", .string(huge)), .weak), (changed(rsa, "e", "Aw"), .weak),
      (changed(rsa, "e", "AQAC"), .weak), (changed(rsa, "e", ""), .weak), (changed(rsa, "n", ""), .weak),
      (changed(rsa, "e", "AP____8"), .weak),
      (changed(rsa, "n", nil), .malformed), (changed(rsa, "n", 5), .malformed), (changed(rsa, "n", "a+b/"), .malformed),
      (changed(rsa, "alg", "ES256"), .notSupported), (changed(rsa, "alg", "PS256"), .notSupported),
      (changed(rsa, "alg", 5), .notSupported), (changed(rsa, "use", "enc"), .notSupported), (changed(rsa, "kid", 5), .malformed),
      (changed(p256, "crv", "P-384"), .notSupported), (changed(p256, "alg", "RS256"), .notSupported),
      (changed(p256, "y", p256["x"]), .malformed), (changed(p256, "x", "AAAA"), .malformed),
      (changed(p256, "y", nil), .malformed),
    ]
    for (jwk, error) in cases {
      #expect(throws: error, "\(jwk.text)") { try VerificationKey(jwk: jwk) }
    }
  }

  private func changed(_ object: JSONObject, _ name: String, _ value: JSON?) -> JSONObject {
    var object = object
    object[name] = value
    return object
  }
}
