/// Why bytes are not a JSON document we accept. Offsets count bytes from the start.
public enum JSONError: Error, Hashable, Sendable {
  /// Not the grammar of RFC 8259, at this byte.
  case syntax(at: Int)
  /// More arrays and objects inside each other than allowed.
  case tooDeep
  /// More members in one object than allowed.
  case tooManyMembers
  /// A member name twice in one object: two readers could see two different documents.
  case duplicateMember(String)
  /// A string that is not UTF-8, or half a surrogate pair.
  case invalidText(at: Int)
  /// A number beyond what a double can hold.
  case numberOutOfRange(at: Int)
}
