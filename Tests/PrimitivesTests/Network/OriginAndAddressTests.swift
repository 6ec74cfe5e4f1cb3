internal import Primitives
internal import Testing

@Suite struct ReadingAddresses {
  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("::1", "::1"), ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("::ffff:192.0.2.1", "192.0.2.1"),
  ])
  func `an address has one canonical text`(text: String, canonical: String) {
    #expect(IPAddress(text)?.description == canonical)
  }

  @Test(arguments: [
    "", "1.2.3", "1.2.3.4.5", "01.2.3.4", "0x7f.1", "2130706433", "256.1.1.1", "fe80::1%eth0", "[::1]", "::1\0", " ::1",
  ])
  func `what is not exactly an address is refused`(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test(arguments: ["10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "::/0"])
  func `a block is written as it was read`(text: String) {
    #expect(AddressRange(text)?.description == text)
  }

  @Test(arguments: ["10.1.2.3/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/+8", "10.0.0.0/-1", "::/129", "/8"])
  func `a block with stray bits or a length that cannot be is refused`(text: String) {
    #expect(AddressRange(text) == nil)
  }

  @Test func `a block contains its own addresses and those of no other family`() throws {
    let block = try #require(AddressRange("10.128.0.0/9"))
    #expect(block.contains(try #require(IPAddress("10.255.255.255"))))
    #expect(block.contains(try #require(IPAddress("::ffff:10.128.0.0"))))
    #expect(!block.contains(try #require(IPAddress("10.127.255.255"))))
    #expect(!block.contains(try #require(IPAddress("::10.128.0.0"))))
  }

  @Test func `a subscriber is one IPv4 address or a 64-bit network of IPv6`() throws {
    let six = try #require(IPAddress("2001:db8:1:2:3:4:5:6"))
    #expect(AddressRange.subscriber(of: six).description == "2001:db8:1:2::/64")
    let four = try #require(IPAddress("192.0.2.1"))
    #expect(AddressRange.subscriber(of: four).description == "192.0.2.1")
  }
}

@Suite struct ReadingOrigins {
  @Test(arguments: [
    "https://usher.example.com", "http://127.0.0.1:8080", "http://[::1]:8080", "http://localhost", "https://a-b.example:8443",
  ])
  func `an origin is written as it was read`(text: String) {
    #expect(Origin(text)?.description == text)
  }

  @Test(arguments: [
    "https://usher.example.com/", "https://Usher.example.com", "HTTPS://usher.example.com", "https://usher.example.com:443",
    "https://a@b.example", "https://a.example?x", "https://a.example#x", "https://", "https://a..b", "https://-a.example",
    "ftp://a.example",
    "https://1.2.3", "https://a.example:0", "https://a.example:65536", "https://a.example:+1", "https://[::1", "https://[::1]x",
    "https://[2001:DB8::1]", "https://ex\u{e4}mple.com", "https://a.example.", "//a.example", "https://a.example:",
  ])
  func `anything beyond scheme, host and port is refused`(text: String) {
    #expect(Origin(text) == nil)
  }

  @Test func `only names and addresses of this machine are loopback`() {
    #expect(Origin("http://localhost:8080")?.isLoopback == true)
    #expect(Origin("http://127.9.9.9")?.isLoopback == true)
    #expect(Origin("http://[::1]")?.isLoopback == true)
    #expect(Origin("http://localhost.example")?.isLoopback == false)
    #expect(Origin("http://128.0.0.1")?.isLoopback == false)
  }
}
