internal import HTTPTypes
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

@Suite(.threat("PWD5")) struct ClientAddresses {
  @Test(
    arguments: [
      (peer: "203.0.113.9", forwarded: ["198.51.100.1"], expected: "203.0.113.9"),
      (peer: "10.0.0.1", forwarded: ["198.51.100.1"], expected: "198.51.100.1"),
      (peer: "10.0.0.1", forwarded: ["6.6.6.6, 198.51.100.1"], expected: "198.51.100.1"),
      (peer: "10.0.0.1", forwarded: ["6.6.6.6", "198.51.100.1, 10.0.0.7"], expected: "198.51.100.1"),
      (peer: "10.0.0.1", forwarded: ["6.6.6.6, nonsense, 10.0.0.7"], expected: "10.0.0.7"),
      (peer: "10.0.0.1", forwarded: ["2001:db8::7"], expected: "2001:db8::7"),
      (peer: "10.0.0.1", forwarded: [""], expected: "10.0.0.1"),
      (peer: "10.0.0.1", forwarded: [], expected: "10.0.0.1"),
    ])
  func `only a configured proxy is believed, and only about the address nearest to it`(
    peer: String, forwarded: [String], expected: String
  ) throws {
    let addresses = ClientAddress(trustedProxies: [try #require(AddressRange("10.0.0.0/8"))])
    var headers = HTTPFields()
    for line in forwarded { headers.append(HTTPField(name: .xForwardedFor, value: line)) }
    #expect(addresses.resolve(peer: try #require(IPAddress(peer)), headers).description == expected)
  }
}
