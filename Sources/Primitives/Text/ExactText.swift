extension String {
  /// Its UTF-8, for as long as the call lasts.
  package func withBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
    var text = self
    return try text.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
  }

  /// Whether both are the same bytes: what `StringProtocol` says below, without its detour for texts that are no parts of others.
  package func isExactly(_ other: String) -> Bool {
    var (left, right) = (self, other)
    return left.withUTF8 { left in right.withUTF8 { right in left.count == right.count && left.elementsEqual(right) } }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether it is this text, byte for byte.
  package func isExactly(_ text: String) -> Bool {
    count == text.utf8.count && text.withBytes { text in zip(self, text).allSatisfy { $0 == $1 } }
  }
}

extension StringProtocol {
  /// Whether both are the same bytes.
  ///
  /// Swift's `==` calls canonically equivalent texts equal: the Kelvin sign equals `K`. Where a standard asks for comparison sign by
  /// sign (redirect URIs in RFC 6749 §3.1.2.3, audiences, issuers), ask this instead.
  package func isExactly(_ other: some StringProtocol) -> Bool {
    utf8.elementsEqual(other.utf8)
  }
}
