package import Primitives

/// A value bound to a placeholder. The kinds every engine has; times are `integer` microseconds, lists are `text` holding JSON.
package enum SQLValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case text(String)
  /// Bound as the engine's own truth value; in a statement it is written bare (`NOT is_offline`), never compared with 1.
  case boolean(Bool)
}

/// How our values become bound values.
extension SQLValue {
  package static func text(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
  package static func id<Tag>(_ id: Identifier<Tag>) -> SQLValue { .text(id.text) }
  package static func id<Tag>(_ id: Identifier<Tag>?) -> SQLValue { id.map { .text($0.text) } ?? .null }
  package static func time(_ time: Timestamp) -> SQLValue { .integer(time.microseconds) }
  package static func time(_ time: Timestamp?) -> SQLValue { time.map { .integer($0.microseconds) } ?? .null }
  package static func digest(_ digest: SecretDigest) -> SQLValue { .text(digest.text) }
  package static func state<State: RawRepresentable<String>>(_ state: State) -> SQLValue { .text(state.rawValue) }
  package static func state<State: RawRepresentable<String>>(_ state: State?) -> SQLValue { .text(state?.rawValue) }
  package static func count(_ count: Int) -> SQLValue { .integer(Int64(count)) }
  package static func list(_ texts: some Sequence<String>) -> SQLValue { .text(TextList.encode(texts)) }
}
