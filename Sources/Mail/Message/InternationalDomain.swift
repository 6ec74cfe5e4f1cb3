/// The ASCII form of a domain (RFC 5890 A-labels, RFC 3492 Punycode).
///
/// Expects what `EmailAddress` made: lower case and NFC, letters and digits only. That is all the mapping we do; a label that needs more of
/// IDNA's tables does not resolve, and its letter is given up rather than sent elsewhere.
package enum InternationalDomain {
  /// - Returns: nil when a label is empty, longer than 63 octets in its ASCII form, or holds ASCII other than letters, digits and hyphens.
  package static func ascii(_ domain: String) -> String? {
    var labels: [String] = []
    for label in domain.split(separator: ".", omittingEmptySubsequences: false) {
      guard let ascii = Self.ascii(label: label) else { return nil }
      labels.append(ascii)
    }
    let joined = labels.joined(separator: ".")
    return joined.utf8.count <= 253 ? joined : nil
  }

  private static func ascii(label: Substring) -> String? {
    let scalars = Array(label.unicodeScalars)
    // A label of more scalars cannot have an A-label of 63 octets; the bound also keeps the arithmetic below far from overflow.
    guard (1...63).contains(scalars.count), scalars.allSatisfy({ !$0.isASCII || isHostLetter($0) }) else { return nil }
    guard !scalars.allSatisfy(\.isASCII) else { return String(label) }
    let encoded = "xn--" + punycode(scalars)
    return encoded.utf8.count <= 63 ? encoded : nil
  }

  private static func isHostLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "-"
  }

  /// RFC 3492 §6.3. At most 63 code points of at most 21 bits, so `delta` stays below 2^28.
  private static func punycode(_ input: [Unicode.Scalar]) -> String {
    let basic = input.filter(\.isASCII)
    var output = basic.reduce(into: "") { $0.unicodeScalars.append($1) }
    if !basic.isEmpty { output.append("-") }
    var handled = basic.count
    var delta = 0
    var bias = 72
    var floor = 0x80
    while handled < input.count {
      guard let next = input.lazy.map({ Int($0.value) }).filter({ $0 >= floor }).min() else { break }
      delta += (next - floor) * (handled + 1)
      floor = next
      for scalar in input {
        if Int(scalar.value) < floor { delta += 1 }
        guard Int(scalar.value) == floor else { continue }
        output += digits(of: delta, bias: bias)
        bias = adapted(delta, points: handled + 1, isFirst: handled == basic.count)
        delta = 0
        handled += 1
      }
      delta += 1
      floor += 1
    }
    return output
  }

  /// A generalized variable-length integer (RFC 3492 §3.3).
  private static func digits(of delta: Int, bias: Int) -> String {
    var text = ""
    var rest = delta
    var position = 36
    while true {
      let threshold = min(max(position - bias, 1), 26)
      guard rest >= threshold else { break }
      text.append(digit(threshold + (rest - threshold) % (36 - threshold)))
      rest = (rest - threshold) / (36 - threshold)
      position += 36
    }
    text.append(digit(rest))
    return text
  }

  private static func digit(_ value: Int) -> Character {
    Character(Unicode.Scalar(UInt8(value < 26 ? value + 0x61 : value - 26 + 0x30)))
  }

  /// The bias adaptation of RFC 3492 §6.1.
  private static func adapted(_ delta: Int, points: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / points
    var steps = 0
    while delta > 455 {
      delta /= 35
      steps += 36
    }
    return steps + 36 * delta / (delta + 38)
  }
}
