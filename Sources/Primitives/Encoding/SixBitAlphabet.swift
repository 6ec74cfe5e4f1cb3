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

  /// How many unpadded signs `count` bytes take.
  static func encodedLength(of count: Int) -> Int { (count * 4 + 2) / 3 }

  /// Appends the unpadded signs for `bytes`.
  func encode(_ bytes: [UInt8], into output: inout [UInt8]) {
    output += [UInt8](unsafeUninitializedCapacity: Self.encodedLength(of: bytes.count)) { signs, count in
      count = write(bytes, to: signs)
    }
  }

  /// The unpadded signs for `bytes`.
  func encode(_ bytes: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: Self.encodedLength(of: bytes.count)) { write(bytes, to: $0) }
  }

  /// Three bytes become four signs; one or two at the end become two or three. `output` has room for all.
  private func write(_ bytes: [UInt8], to output: UnsafeMutableBufferPointer<UInt8>) -> Int {
    signs.withUnsafeBufferPointer { signs in
      bytes.withUnsafeBufferPointer { bytes in
        var read = 0
        var written = 0
        func put(_ sixBits: UInt32) {
          output[written] = signs[Int(sixBits & 63)]
          written += 1
        }
        while read + 2 < bytes.count {
          let group = UInt32(bytes[read]) << 16 | UInt32(bytes[read + 1]) << 8 | UInt32(bytes[read + 2])
          put(group >> 18)
          put(group >> 12)
          put(group >> 6)
          put(group)
          read += 3
        }
        switch bytes.count - read {
        case 1:
          put(UInt32(bytes[read]) >> 2)
          put(UInt32(bytes[read]) << 4)
        case 2:
          let group = UInt32(bytes[read]) << 8 | UInt32(bytes[read + 1])
          put(group >> 10)
          put(group >> 4)
          put(group << 2)
        default: break
        }
        return written
      }
    }
  }

  /// The bytes that unpadded `text` stands for, or nothing when a sign is foreign, the length impossible, or a left-over bit set: each
  /// value has exactly one text (RFC 4648 §3.5), so that a token cannot be presented in a second spelling.
  func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count % 4 != 1 else { return nil }
    var isCanonical = true
    let bytes = [UInt8](unsafeUninitializedCapacity: text.count * 3 / 4) { output, count in
      values.withUnsafeBufferPointer { values in
        text.withUnsafeBufferPointer { text in
          var bits: UInt32 = 0
          var held: UInt32 = 0
          for sign in text {
            let value = values[Int(sign)]
            guard value != Self.none else {
              isCanonical = false
              return
            }
            bits = bits << 6 | UInt32(value)
            held += 6
            guard held >= 8 else { continue }
            held -= 8
            output[count] = UInt8(truncatingIfNeeded: bits >> held)
            count += 1
          }
          isCanonical = bits & (1 << held - 1) == 0
        }
      }
    }
    return isCanonical ? bytes : nil
  }
}
