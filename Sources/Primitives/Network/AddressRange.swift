/// A block of addresses, written `10.0.0.0/8` or `2001:db8::/32` (RFC 4632 §3.1); a bare address is a block of one.
package struct AddressRange: Hashable, Sendable, CustomStringConvertible {
  package let network: IPAddress
  package let prefixLength: Int

  /// Reads a block. Bits set beyond the prefix (`10.1.2.3/8`) are refused: it is not clear what was meant.
  package init?(_ text: String) {
    let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = halves.first, let address = IPAddress(String(first)) else { return nil }
    var length = address.bytes.count * 8
    if halves.count == 2 {
      guard halves[1].utf8.count <= 3, halves[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let given = Int(halves[1]),
        given <= length
      else { return nil }
      length = given
    }
    self.init(around: address, prefixLength: length)
    guard network == address else { return nil }
  }

  /// The block of that size in which the address lies.
  package init(around address: IPAddress, prefixLength: Int) {
    let length = min(max(0, prefixLength), address.bytes.count * 8)
    let masked = address.bytes.enumerated().map { index, byte in
      let kept = min(max(0, length - index * 8), 8)
      return kept == 0 ? 0 : byte & (0xff << UInt8(8 - kept))
    }
    network = IPAddress(bytes: masked) ?? address
    self.prefixLength = length
  }

  /// What one subscriber usually holds, and so what a throttle counts: one IPv4 address, or a /64 of IPv6 (RFC 6177 §2 gives a site at
  /// least that much, so that counting single IPv6 addresses would count nothing).
  package static func subscriber(of address: IPAddress) -> AddressRange {
    AddressRange(around: address, prefixLength: address.isIPv6 ? 64 : 32)
  }

  package func contains(_ address: IPAddress) -> Bool {
    guard address.isIPv6 == network.isIPv6 else { return false }
    return AddressRange(around: address, prefixLength: prefixLength).network == network
  }

  package var description: String {
    prefixLength == network.bytes.count * 8 ? network.description : "\(network)/\(prefixLength)"
  }
}
