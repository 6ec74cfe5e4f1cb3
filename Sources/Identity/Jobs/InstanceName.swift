package import Primitives

/// What one running process is called where others see it: beside the leases it holds. A process that starts anew has a new one, so that it
/// never takes for its own what an earlier one left behind.
package struct InstanceName: Sendable, Hashable {
  package let text: String

  package init(trusted text: String) { self.text = text }

  /// - Parameter host: the machine's name, so that an operator knows where to look; signs beyond `A-Z a-z 0-9 . -` are left out.
  package static func make(host: String, from random: any RandomSource) -> InstanceName {
    let known = host.utf8.prefix(64).filter { sign in
      switch sign {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "."), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    let turn = random.bytes(5).map { byte in "\(byte < 16 ? "0" : "")\(String(byte, radix: 16))" }.joined()
    return InstanceName(trusted: String(decoding: known, as: UTF8.self) + (known.isEmpty ? "" : "-") + turn)
  }
}
