/// The arithmetic that both alphabets of RFC 4648 share: three bytes are four signs of six bits.
struct SixBitAlphabet: Sendable {
  private let signs: [UInt8]
  private let values: [UInt8]
  private static let none: UInt8 = 0xFF

  init(lastTwo: (Unicode.Scalar, Unicode.Scalar)) {
    var signs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    signs.append(UInt8(ascii: lastTwo.0))
    signs.append(UInt8(ascii: lastTwo.1))
    var values = [UInt8](repeating: Self.none, count: 256)
    for (value, sign) in signs.enumerated() { values[Int(sign)] = UInt8(value) }
    self.signs = signs
    self.values = values
  }

  /// Appends the unpadded signs for `bytes`.
  func encode(_ bytes: some RandomAccessCollection<UInt8>, into output: inout [UInt8]) {
    output.reserveCapacity(output.count + (bytes.count * 4 + 2) / 3)
    let done: Void? = bytes.withContiguousStorageIfAvailable { encodeContiguous($0, into: &output) }
    if done == nil { Array(bytes).withUnsafeBufferPointer { encodeContiguous($0, into: &output) } }
  }

  private func encodeContiguous(_ bytes: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
    signs.withUnsafeBufferPointer { signs in
      var index = 0
      while index + 2 < bytes.count {
        let group = UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
        output.append(signs[Int(group >> 18)])
        output.append(signs[Int(group >> 12 & 63)])
        output.append(signs[Int(group >> 6 & 63)])
        output.append(signs[Int(group & 63)])
        index += 3
      }
      switch bytes.count - index {
      case 1:
        output.append(signs[Int(bytes[index] >> 2)])
        output.append(signs[Int(bytes[index] << 4 & 63)])
      case 2:
        output.append(signs[Int(bytes[index] >> 2)])
        output.append(signs[Int((bytes[index] << 4 | bytes[index + 1] >> 4) & 63)])
        output.append(signs[Int(bytes[index + 1] << 2 & 63)])
      default: break
      }
    }
  }

  /// The bytes that unpadded `text` stands for, or nothing when a sign is foreign, the length impossible, or a left-over bit set: each
  /// value has exactly one text (RFC 4648 §3.5), so that a token cannot be presented in a second spelling.
  func decode(_ text: some RandomAccessCollection<UInt8>) -> [UInt8]? {
    guard text.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var bits: UInt32 = 0
    var held = 0
    for sign in text {
      let value = values[Int(sign)]
      guard value != Self.none else { return nil }
      bits = (bits << 6 | UInt32(value)) & 0xFFFF
      held += 6
      if held >= 8 {
        held -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
      }
    }
    guard bits & (1 << UInt32(held) - 1) == 0 else { return nil }
    return bytes
  }
}
