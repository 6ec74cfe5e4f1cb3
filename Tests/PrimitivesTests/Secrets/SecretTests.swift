import Primitives
import TestKit
import Testing

@Suite struct Secrets {
  @Test func `no way of printing shows a secret`() throws {
    let root = RootKey.make(from: CountedRandomness())
    let token = SecretToken(presented: "needle")
    let pepper = try #require(Pepper(id: "p1", key: [UInt8](repeating: 7, count: 32)))
    let hash = try PasswordHash.make(
      Password("needle"), cost: .belowMinimumForTests(1), pepper: pepper, salt: [UInt8](repeating: 1, count: 16))
    let signing = try SigningKey.generate(.es256, id: "k")
    for secret: any Redacted in [token, Password("needle"), root, root.derive("x"), pepper, hash, signing] {
      var dumped = ""
      dump(secret, to: &dumped)
      for text in ["\(secret)", String(reflecting: secret), String(describing: secret), dumped, "\([secret])"] {
        #expect(!text.contains("needle"))
        #expect(text.contains("‹secret›"))
      }
      #expect(Mirror(reflecting: secret).children.isEmpty)
    }
  }

  @Test(.threat("LNK7")) func `a token is 256 random bits and only its SHA-256 is stored`() {
    let token = SecretToken.make(from: SystemRandomness())
    #expect(Base64URL.decode(token.reveal())?.count == 32)
    #expect(token.digest.text == Base64URL.encode(SHA256Digest.of(token.reveal())))
    #expect(!token.digest.text.contains(token.reveal()))
  }

  @Test func `the digest of what is presented matches the stored one, and no other`() {
    let token = SecretToken.make(from: CountedRandomness())
    let stored = SecretDigest(stored: token.digest.text)
    #expect(stored.matches(SecretToken(presented: token.reveal()).digest))
    #expect(!stored.matches(SecretToken(presented: token.reveal() + "A").digest))
    #expect(!stored.matches(SecretDigest(stored: "")))
  }

  @Test(.rule("FIPS 180-4")) func `SHA-256 is SHA-256`() {
    #expect(
      Hex.encode(SHA256Digest.of("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `equality in constant time is equality`() {
    #expect(ConstantTime.equal([UInt8](), [UInt8]()))
    #expect(ConstantTime.equal("same".utf8, Array("same".utf8)))
    #expect(!ConstantTime.equal("same".utf8, "sama".utf8))
    #expect(!ConstantTime.equal("same".utf8, "sam".utf8))
  }
}
