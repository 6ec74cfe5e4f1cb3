internal import Primitives

/// The shape of a JSON value. What a body is checked against and what the OpenAPI document shows are this one value, so they cannot disagree.
indirect enum Schema: Sendable {
  /// So many code points, none of them NUL, which no store can keep.
  case text(ClosedRange<Int>, Format? = nil)
  /// The name of a stored thing.
  case id
  /// One of these words.
  case word([String])
  case flag
  case integer(ClosedRange<Int64>)
  case list(Schema, ClosedRange<Int>)
  case message(Message)
  /// An object whose members are not ours to name.
  case openObject
  /// Whatever JSON there is, in an answer of ours.
  case anything

  /// What a text means. The reader of a body does not check it: whether something is an address is for the use case to say.
  enum Format: String, Sendable {
    case email, uri
    case dateTime = "date-time"
  }

  static func words<Words: CaseIterable & RawRepresentable<String>>(_: Words.Type) -> Schema {
    .word(Words.allCases.map(\.rawValue))
  }

  /// A text of at least one sign, in an answer of ours.
  static let line = Schema.text(1...2_000)
  static let time = Schema.text(20...27, .dateTime)
  /// Nothing that counts here goes beyond it, and every reader of JSON keeps it exactly.
  static let count = Schema.integer(0...9_007_199_254_740_991)
}

/// An object of which we know the members.
struct Message: Sendable {
  struct Member: Sendable {
    let name: String
    let schema: Schema
    let isRequired: Bool
    /// Whether `null` says something of its own: to empty the member.
    let takesNull: Bool
    let about: String

    static func required(_ name: String, _ schema: Schema, _ about: String = "") -> Member {
      Member(name: name, schema: schema, isRequired: true, takesNull: false, about: about)
    }

    static func optional(_ name: String, _ schema: Schema, _ about: String = "") -> Member {
      Member(name: name, schema: schema, isRequired: false, takesNull: false, about: about)
    }

    static func clearable(_ name: String, _ schema: Schema, _ about: String = "") -> Member {
      Member(name: name, schema: schema, isRequired: false, takesNull: true, about: about)
    }
  }

  /// Its name in the OpenAPI document.
  let name: String
  let about: String
  let members: [Member]

  init(_ name: String, _ about: String, _ members: [Member]) {
    self.name = name
    self.about = about
    self.members = members
  }
}
