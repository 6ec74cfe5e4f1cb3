internal import Primitives

/// Where the server waits for connections.
struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
  let address: IPAddress
  /// 0 lets the system choose a free one.
  let port: UInt16

  init(address: IPAddress, port: UInt16) {
    self.address = address
    self.port = port
  }

  /// Reads `127.0.0.1:8080` or `[::1]:8080`. Names are refused: which addresses a name stands for is not ours to guess at start.
  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let digits = text[text.index(after: colon)...]
    var host = text[..<colon]
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    if isBracketed { host = host.dropFirst().dropLast() }
    guard let port = UInt16(digits), String(port) == digits, let address = IPAddress(String(host)), address.isIPv6 == isBracketed
    else { return nil }
    self.init(address: address, port: port)
  }

  /// How a browser on this machine reaches it.
  var origin: Origin { Origin(scheme: .http, host: host, port: port) }

  var description: String { "\(host):\(port)" }

  private var host: String { address.isIPv6 ? "[\(address)]" : "\(address)" }
}
