package import Identity
internal import Primitives

/// An address as it is written into an SMTP command and into a header: the domain in A-labels, and nothing in it that could end the command.
///
/// A local part with letters beyond ASCII stays as it is and makes the message need SMTPUTF8 (RFC 6531); a domain never does, because its
/// A-labels are understood by every server.
package struct MailAddress: Sendable, Hashable {
  package let text: String
  /// The part behind the `@`, in ASCII.
  package let domain: String

  /// Whether only a server that speaks SMTPUTF8 can take a letter to this address.
  package var needsSMTPUTF8: Bool { !text.utf8.allSatisfy { $0 < 0x80 } }

  /// - Returns: nil when the address holds a character that cannot stand in an SMTP path unquoted, or a domain that has no A-label. What
  ///   `EmailAddress` accepted from outside never does; a row that somebody changed in the database could.
  package init?(_ address: EmailAddress) {
    guard let at = address.text.lastIndex(of: "@") else { return nil }
    let local = address.text[..<at]
    guard !local.isEmpty, local.unicodeScalars.allSatisfy(Self.mayStandInLocalPart) else { return nil }
    guard let domain = InternationalDomain.ascii(String(address.text[address.text.index(after: at)...])) else { return nil }
    self.domain = domain
    text = "\(local)@\(domain)"
  }

  /// The atext of RFC 5322 §3.2.3 with RFC 6532's letters, and the dot.
  private static func mayStandInLocalPart(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value > 0x20 && scalar.value < 0x7F && !"()<>[]:;@\\,\"".unicodeScalars.contains(scalar) }
    return HeaderText.isHarmless(scalar)
  }
}

/// A person with an address, as `From` and `To` name them.
package struct Mailbox: Sendable, Hashable {
  /// Empty where only the address is known.
  package let name: String
  package let address: MailAddress

  package init(name: String, address: MailAddress) {
    self.name = name
    self.address = address
  }
}
