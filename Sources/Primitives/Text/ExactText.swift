extension String {
  /// Its UTF-8, for as long as the call lasts.
  package func withBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
    var text = self
    return try text.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
  }

  /// Whether both are the same bytes: what `StringProtocol` says below, without its detour for texts that are no parts of others.
  package func isExactly(_ other: String) -> Bool { withBytes { $0.isExactly(other) } }
}

extension UnsafeRawBufferPointer {
  /// Whether it is this text, byte for byte.
  package func isExactly(_ text: String) -> Bool {
    count == text.utf8.count && text.withBytes { elementsEqual($0) }
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
