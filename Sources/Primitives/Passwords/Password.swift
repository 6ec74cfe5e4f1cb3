internal import Foundation

/// A password somebody typed, in the one form that is counted, judged and hashed: Unicode normalization form C (NIST SP 800-63B-4
/// §3.1.1.2), so that `é` is `é` whichever keyboard wrote it.
///
/// Nothing else is changed: no trimming, no cutting, no case. Swift gives no way to wipe a string for certain; the value simply lives no
/// longer than the request.
package struct Password: Sendable, Redacted {
  private let text: String

  package init(_ text: String) {
    self.text = text.precomposedStringWithCanonicalMapping
  }

  /// The length as the policy counts it: code points after normalization, not bytes and not what a reader sees as one sign.
  package var codePoints: Int { text.unicodeScalars.count }

  package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    var text = text
    return try text.withUTF8(body)
  }

  /// The text itself, for the policy that compares it with guessable ones.
  package func reveal() -> String { text }
}
