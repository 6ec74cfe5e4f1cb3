extension StringProtocol {
  /// Whether both are the same bytes.
  ///
  /// Swift's `==` calls canonically equivalent texts equal: the Kelvin sign equals `K`. Where a standard asks for comparison sign by
  /// sign (redirect URIs in RFC 6749 §3.1.2.3, audiences, issuers), ask this instead.
  package func isExactly(_ other: some StringProtocol) -> Bool {
    utf8.elementsEqual(other.utf8)
  }
}
