package import Primitives

/// Which passwords are taken: the rules of NIST SP 800-63B-4 §3.1.1.2 for a password that is the only factor.
///
/// At least 15 code points, at most 128, counted after normalization to NFC; never cut. No rules of composition, no expiry. Refused is only what
/// a guessing program would try: see `GuessablePassword`, and the file of breached passwords where the operator gives one.
package struct PasswordPolicy: Sendable {
  /// Code points.
  package static let minimumLength = 15
  package static let maximumLength = 128

  package enum Reason: String, Error, Sendable, Hashable, CaseIterable {
    case tooShort = "too-short"
    case tooLong = "too-long"
    /// One sign or a short piece, over and over.
    case repetition
    /// Walks over the keyboard, alphabets, digits in order.
    case pattern
    /// A common word or password, repeated or padded.
    case common
    /// Made of the person's name, address or organization, or of the portal's name.
    case context
    /// In the operator's file of breached passwords.
    case breached
  }

  private let breached: BreachedPasswords?

  package init(breached: BreachedPasswords?) { self.breached = breached }

  /// Why the password is not taken, or nil when it is. Takes up to some milliseconds, and may read a file: not for an event loop.
  ///
  /// - Throws: when the operator's file cannot be read any more; then no password is taken, rather than any.
  package func reason(toRefuse password: Password, _ context: Context) throws(BreachedPasswords.Failure) -> Reason? {
    guard password.codePoints >= Self.minimumLength else { return .tooShort }
    guard password.codePoints <= Self.maximumLength else { return .tooLong }
    if let finding = GuessablePassword(context: context.words).finding(in: password.reveal()) { return Reason(finding) }
    if let breached, try breached.contains(password) { return .breached }
    return nil
  }
}

extension PasswordPolicy.Reason {
  fileprivate init(_ finding: GuessablePassword.Finding) {
    self =
      switch finding {
      case .repetition: .repetition
      case .pattern: .pattern
      case .common: .common
      case .context: .context
      }
  }
}
