import Primitives
import TestKit
import Testing

@Suite(.rule("RFC 4648 §10")) struct BaseEncodings {
  static let vectors = [
    ("", "", "", ""), ("f", "Zg==", "Zg", "66"), ("fo", "Zm8=", "Zm8", "666f"), ("foo", "Zm9v", "Zm9v", "666f6f"),
    ("foob", "Zm9vYg==", "Zm9vYg", "666f6f62"), ("fooba", "Zm9vYmE=", "Zm9vYmE", "666f6f6261"),
    ("foobar", "Zm9vYmFy", "Zm9vYmFy", "666f6f626172"),
  ]

  @Test(arguments: vectors)
  func `the vectors of the RFC`(text: String, base64: String, base64URL: String, hex: String) {
    let bytes = Array(text.utf8)
    #expect(Base64.encode(bytes) == base64)
    #expect(Base64.decode(base64) == bytes)
    #expect(Base64.encode(bytes, padded: false) == base64URL)
    #expect(Base64.decode(base64URL, padded: false) == bytes)
    #expect(Base64URL.encode(bytes) == base64URL)
    #expect(Base64URL.decode(base64URL) == bytes)
    #expect(Hex.encode(bytes) == hex)
    #expect(Hex.decode(hex) == bytes)
  }

  @Test func `the two alphabets differ in their last two signs`() {
    #expect(Base64.encode([0xFB, 0xFF, 0xBF]) == "+/+/")
    #expect(Base64URL.encode([0xFB, 0xFF, 0xBF]) == "-_-_")
    #expect(Base64.decode("-_-_") == nil)
    #expect(Base64URL.decode("+/+/") == nil)
  }

  @Test(arguments: ["Z", "Zg==", "Zg=", "Zh", "Zm9", "Zm 9v", "Zm9v\n", "Zm9v.", "Zäöü", "ZmZmZ"])
  func `a value has one spelling in base64url`(text: String) {
    #expect(Base64URL.decode(text) == nil)
  }

  @Test(arguments: ["Zg", "Zg=", "Zg===", "=Zg=", "Zh==", "Zm9=", "====", "Zm9vYg==" + "="])
  func `a value has one spelling in padded Base64`(text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test func `bytes of every length come back`() {
    let random = CountedRandomness()
    for length in 0..<200 {
      let bytes = random.bytes(length)
      #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
      #expect(Base64.decode(Base64.encode(bytes)) == bytes)
      #expect(Hex.decode(Hex.encode(bytes).uppercased()) == bytes)
    }
  }

  @Test(arguments: ["0", "0g", "zz", "0x12", "１２"]) func `what is no hex is refused`(text: String) {
    #expect(Hex.decode(text) == nil)
  }
}
