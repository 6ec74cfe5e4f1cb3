/// A value that must never be seen by accident: it prints, interpolates, dumps and mirrors as `‹secret›`.
package protocol Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Redacted {
  package var description: String { "‹secret›" }
  package var debugDescription: String { "‹secret›" }
  package var customMirror: Mirror { Mirror(reflecting: "‹secret›") }
}
