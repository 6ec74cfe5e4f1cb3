/// Bytes that a secret-key algorithm works with. Prints as `‹secret›`.
package struct SymmetricSecret: Sendable, Redacted {
  private let bytes: [UInt8]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  package func reveal() -> [UInt8] { bytes }
}
