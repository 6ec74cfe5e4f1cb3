/// The names and values of an `application/x-www-form-urlencoded` body or of a query, in their order, with what was repeated.
///
/// Repetition is kept because it is evidence: RFC 6749 §3.1 forbids it, and a parser that quietly picks one value lets two readers of a
/// request disagree about what was asked.
package struct FormFields: Sendable {
  package let pairs: [(name: String, value: String)]

  package init(_ pairs: [(name: String, value: String)]) {
    self.pairs = pairs
  }

  /// Reads `text`, or nothing when an encoding is broken, not UTF-8, holds a NUL (which no store can keep), or there are more than
  /// `limit` fields. A name without `=` has the empty value; nothing between two `&` is no field.
  package init?(parsing text: String, limit: Int = 100) {
    self.init(parsing: Array(text.utf8), limit: limit)
  }

  package init?(parsing bytes: [UInt8], limit: Int = 100) {
    guard !bytes.contains(0) else { return nil }
    var pairs: [(name: String, value: String)] = []
    for field in bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
      guard pairs.count < limit else { return nil }
      let equals = field.firstIndex(of: UInt8(ascii: "=")) ?? field.endIndex
      guard let name = PercentEncoding.decode(field[..<equals], plusIsSpace: true),
        let value = PercentEncoding.decode(field[equals...].dropFirst(), plusIsSpace: true),
        !name.utf8.contains(0), !value.utf8.contains(0)
      else { return nil }
      pairs.append((name, value))
    }
    self.pairs = pairs
  }

  /// Every value of `name`, in order.
  package func all(_ name: String) -> [String] {
    pairs.filter { $0.name == name }.map(\.value)
  }

  /// The first value of `name`. Where repetition matters, look at `duplicatedNames` first.
  package func first(_ name: String) -> String? {
    pairs.first { $0.name == name }?.value
  }

  /// The names that stand more than once.
  package var duplicatedNames: Set<String> {
    var seen: Set<String> = []
    return Set(pairs.lazy.map(\.name).filter { !seen.insert($0).inserted })
  }

  /// The fields as a body or query. Blanks are `%20`, which every reader of forms and of URLs understands alike.
  package var encoded: String {
    pairs.map { "\(PercentEncoding.encode(component: $0.name))=\(PercentEncoding.encode(component: $0.value))" }
      .joined(separator: "&")
  }
}
