import Primitives
import TestKit
import Testing

@Suite struct SigningForOurselves {
  @Test func `who holds the public half can check a signature, and makes none`() throws {
    let root = RootKey.make(from: CountedRandomness())
    let signer = MessageSigner(root, purpose: "audit")
    let message = Array("so far".utf8)
    let signature = try signer.sign(message)
    let verifier = try #require(MessageVerifier(text: "\(try signer.verifier())"))
    #expect(verifier.verifies(signature, for: message))
    #expect(verifier.verifies(try MessageSigner(root, purpose: "audit").sign(message), for: message))
    #expect(!verifier.verifies(signature, for: Array("so fat".utf8)))
    #expect(!verifier.verifies([], for: message))
    #expect(!verifier.verifies(try MessageSigner(root, purpose: "other").sign(message), for: message))
    let other = RootKey.make(from: CountedRandomness(seed: 2))
    #expect(!verifier.verifies(try MessageSigner(other, purpose: "audit").sign(message), for: message))
    #expect(MessageVerifier(text: "") == nil && MessageVerifier(text: "\(verifier)A") == nil)
  }
}

@Suite(.threat("KEY1")) struct SealingAtRest {
  let root = RootKey.make(from: CountedRandomness())
  let secret = Array("the private half".utf8)

  @Test func `what was sealed opens with the same key, purpose and context`() throws {
    let sealer = Sealer(root, purpose: "signing-keys")
    let text = try sealer.seal(secret, context: "key-1")
    #expect(text.hasPrefix("v1."))
    #expect(try sealer.open(text, context: "key-1") == secret)
    #expect(try Sealer(root, purpose: "signing-keys").open(text, context: "key-1") == secret)
    #expect(try sealer.open(sealer.seal([], context: ""), context: "") == [])
  }

  @Test func `the sealed text shows nothing and is never twice the same`() throws {
    let sealer = Sealer(root, purpose: "signing-keys")
    let one = try sealer.seal(secret, context: "key-1")
    let other = try sealer.seal(secret, context: "key-1")
    #expect(one != other)
    #expect(!one.contains(Base64URL.encode(secret).prefix(8)))
  }

  @Test func `another root key, purpose or context opens nothing`() throws {
    let text = try Sealer(root, purpose: "signing-keys").seal(secret, context: "key-1")
    let otherRoot = RootKey.make(from: CountedRandomness(seed: 2))
    #expect(throws: SealingError.notAuthentic) { try Sealer(otherRoot, purpose: "signing-keys").open(text, context: "key-1") }
    #expect(throws: SealingError.notAuthentic) { try Sealer(root, purpose: "peppers").open(text, context: "key-1") }
    #expect(throws: SealingError.notAuthentic) { try Sealer(root, purpose: "signing-keys").open(text, context: "key-2") }
  }

  @Test func `no changed or cut text opens`() throws {
    let sealer = Sealer(root, purpose: "signing-keys")
    let text = try sealer.seal(secret, context: "key-1")
    let bytes = try #require(Base64URL.decode(String(text.dropFirst(3))))
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1
      #expect(throws: SealingError.notAuthentic) { try sealer.open("v1." + Base64URL.encode(changed), context: "key-1") }
      #expect(throws: SealingError.self) {
        try sealer.open("v1." + Base64URL.encode(Array(bytes.prefix(index))), context: "key-1")
      }
    }
    for text in ["", "v1.", "v2.\(text.dropFirst(3))", String(text.dropFirst(3)), text + "=", "v1.AAAA"] {
      #expect(throws: SealingError.malformed) { try sealer.open(text, context: "key-1") }
    }
  }
}

@Suite struct TheRootKey {
  @Test func `a key is the same after it was written and read`() throws {
    let root = RootKey.make(from: SystemRandomness())
    let read = try #require(RootKey(text: root.revealText()))
    #expect(read.derive("a").reveal() == root.derive("a").reveal())
  }

  @Test(arguments: [
    "", "short", String(repeating: "A", count: 42), String(repeating: "A", count: 44), String(repeating: "A", count: 42) + "B",
    String(repeating: "A", count: 42) + "\n",
  ])
  func `a text that is not exactly a key is none`(text: String) {
    #expect(RootKey(text: text) == nil)
  }

  @Test(.rule("RFC 5869")) func `each label gives a key of its own, and always the same`() throws {
    let root = try #require(RootKey(text: String(repeating: "A", count: 43)))
    #expect(root.derive("csrf").reveal() != root.derive("cookie").reveal())
    // HKDF-SHA-256 of 32 zero bytes, salt "usher/v1", info "csrf", computed by another implementation.
    #expect(Hex.encode(root.derive("csrf").reveal()) == "edbe9abb07566d6550907e7865993ed8dec4ff8dfd12a2ba0a41499d016b720f")
  }
}

@Suite(.rule("RFC 2104")) struct AuthenticatingMessages {
  @Test(.rule("RFC 4231 §4.3")) func `the tag is HMAC-SHA-256`() {
    let mac = MessageAuthenticator(SymmetricSecret(Array("Jefe".utf8)))
    #expect(
      Hex.encode(mac.tag(for: Array("what do ya want for nothing?".utf8)))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  @Test func `a tag proves its own message only, under its own purpose`() {
    let root = RootKey.make(from: CountedRandomness())
    let mac = MessageAuthenticator(root, purpose: "csrf")
    let tag = mac.tag(for: [1, 2, 3])
    #expect(mac.verifies(tag, for: [1, 2, 3]))
    #expect(!mac.verifies(tag, for: [1, 2]))
    #expect(!mac.verifies(Array(tag.dropLast()), for: [1, 2, 3]))
    #expect(!mac.verifies([], for: [1, 2, 3]))
    #expect(!MessageAuthenticator(root, purpose: "continue").verifies(tag, for: [1, 2, 3]))
  }
}
