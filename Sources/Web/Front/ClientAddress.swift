internal import HTTPTypes
internal import NIOCore
internal import Primitives

/// Who the other side is. Proxies that the operator named are believed about whom they speak for; nobody else is (THREATS PWD5).
struct ClientAddress: Sendable {
  let trustedProxies: [AddressRange]

  /// The rightmost address of the chain that is not one of our proxies: everything left of it is hearsay.
  func resolve(peer: IPAddress, _ headers: HTTPFields) -> IPAddress { resolve(peer: peer, headers[values: .xForwardedFor]) }

  /// - Parameter forwardedFor: every value of the header `X-Forwarded-For`.
  func resolve(peer: IPAddress, _ forwardedFor: [String]) -> IPAddress {
    guard isTrusted(peer) else { return peer }
    var nearest = peer
    let chain = forwardedFor.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
    for hop in chain.reversed() {
      guard let address = IPAddress(hop.filter { $0 != " " && $0 != "\t" }) else { return nearest }
      nearest = address
      guard isTrusted(address) else { return address }
    }
    return nearest
  }

  private func isTrusted(_ address: IPAddress) -> Bool { trustedProxies.contains { $0.contains(address) } }
}

extension SocketAddress {
  /// The address without its port. A socket that has none is on this machine.
  var ip: IPAddress {
    let text = ipAddress ?? ""
    return IPAddress(String(text.prefix { $0 != "%" })) ?? .loopback
  }
}

extension HTTPField.Name {
  static let xForwardedFor = constant("X-Forwarded-For")
  static let xRequestID = constant("X-Request-Id")

  /// A header of a fixed name in our source, which is a token.
  static func constant(_ name: String) -> HTTPField.Name {
    guard let field = HTTPField.Name(name) else { preconditionFailure("\(name) is no name of a header field") }
    return field
  }
}
