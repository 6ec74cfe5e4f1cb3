internal import Identity
internal import Primitives

/// Words for what is stored but cannot be understood. They name kinds and columns, never what stands there.
enum StoredValue {
  static func unreadable(_ kind: String, _ column: Int) -> StoreError {
    .unreadable("column \(column) holds no \(kind)")
  }
}

/// A list of texts in one column: JSON, written and read whole.
enum TextList {
  static func encode(_ texts: some Sequence<String>) -> String { JSON.array(texts.map { .string($0) }).text }

  static func decode(_ text: String) throws -> [String] {
    guard let elements = (try? JSON.parse(text.utf8))?.arrayValue else { throw StoreError.unreadable("a column holds no list") }
    return try elements.map { element in
      guard let text = element.stringValue else { throw StoreError.unreadable("a list holds something that is no text") }
      return text
    }
  }
}
