/// Why a text is no condition: where, and a sentence for whoever wrote it.
package struct ConditionFault: Error, Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Longer, deeper or larger than a condition may be.
    case limit
    /// Not the grammar of CEL, or a part of CEL that is left out here.
    case syntax
    /// A name, a field or a function that does not exist.
    case unknown
    /// An operator or function that does not take what it is given; a result that is not true or false.
    case type
    /// A constant that its function refuses: a pattern that is none.
    case argument
  }

  package let kind: Kind
  /// Counted from 1.
  package let line: Int
  /// Counted in Unicode scalars, from 1.
  package let column: Int
  /// A sentence without the position.
  package let message: String

  /// A fault at a byte of the text.
  init(_ kind: Kind, at offset: Int, in text: String, _ message: String) {
    self.kind = kind
    self.message = message
    var (line, column) = (1, 1)
    for byte in text.utf8.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.line = line
    self.column = column
  }
}

extension ConditionFault: CustomStringConvertible {
  /// `line 1, column 9: there is no variable named 'subjct'`
  package var description: String { "line \(line), column \(column): \(message)" }
}
