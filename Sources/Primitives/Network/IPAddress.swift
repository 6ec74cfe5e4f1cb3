internal import Glibc

/// An IPv4 or IPv6 address as a peer or a configuration names it.
///
/// An IPv4 address in IPv6 clothes (`::ffff:192.0.2.1`, RFC 4291 §2.5.5.2) is the IPv4 address: a dual-stack socket reports it so, and
/// a throttle or a list of trusted proxies must not see two addresses where there is one. Zones (`fe80::1%eth0`) are refused.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
  /// Four bytes or sixteen, in network order.
  package let bytes: [UInt8]

  /// 127.0.0.1
  package static let loopback = IPAddress(trusted: [127, 0, 0, 1])

  private static let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]

  private init(trusted bytes: [UInt8]) { self.bytes = bytes }

  /// Takes four or sixteen bytes in network order, and nothing else.
  package init?(bytes: [UInt8]) {
    switch bytes.count {
    case 4: self.bytes = bytes
    case 16: self.bytes = bytes.starts(with: Self.mappedPrefix) ? Array(bytes[12...]) : bytes
    default: return nil
    }
  }

  /// Reads `192.0.2.1` (four decimal numbers, no leading zeros) or an address of RFC 4291 §2.2, without brackets.
  package init?(_ text: String) {
    guard text.utf8.count <= 45, !text.utf8.contains(0) else { return nil }
    var v4 = in_addr()
    if inet_pton(AF_INET, text, &v4) == 1 {
      self.init(bytes: withUnsafeBytes(of: &v4) { Array($0) })
      return
    }
    var v6 = in6_addr()
    guard inet_pton(AF_INET6, text, &v6) == 1 else { return nil }
    self.init(bytes: withUnsafeBytes(of: &v6) { Array($0) })
  }

  package var isIPv6: Bool { bytes.count == 16 }

  /// Reachable from this machine alone: 127.0.0.0/8 (RFC 1122 §3.2.1.3) or ::1.
  package var isLoopback: Bool {
    isIPv6 ? bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1 : bytes.first == 127
  }

  /// The canonical text (RFC 5952 for IPv6).
  package var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let written = bytes.withUnsafeBytes { source in
      inet_ntop(isIPv6 ? AF_INET6 : AF_INET, source.baseAddress, &text, socklen_t(text.count)) != nil
    }
    return written ? String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
  }
}
