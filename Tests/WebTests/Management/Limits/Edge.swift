internal import Primitives

@testable internal import Web

/// One end of a bound that a shape sets: the value that just keeps to it, the one that is a step past it, and what is said of that.
struct Edge: Sendable {
  private(set) var pointer: String
  private(set) var taken: JSON
  private(set) var refused: JSON
  let code: String
  let detail: String

  /// Every end of every bound of a shape, each in the smallest value around it.
  static func all(of schema: Schema) -> [Edge] {
    switch schema {
    case .text(let length, _):
      ends(of: length) {
        .string(String(repeating: "a", count: $0))
      } below: {
        ("too_short", "At least \(length.lowerBound) characters.")
      } above: {
        ("too_long", "At most \(length.upperBound) characters.")
      }
    case .integer(let range):
      ends(of: range) {
        .integer($0)
      } below: {
        outOfRange(range)
      } above: {
        outOfRange(range)
      }
    case .list(let element, let count):
      ends(of: count) {
        .array(Array(repeating: smallest(of: element), count: $0))
      } below: {
        ("too_few", fromTo(count))
      } above: {
        ("too_many", fromTo(count))
      }
        + all(of: element).map { edge in
          let others = Array(repeating: smallest(of: element), count: max(count.lowerBound - 1, 0))
          return edge.within("/0") { .array([$0] + others) }
        }
    case .message(let message):
      message.members.flatMap { member in
        all(of: member.schema).map { edge in
          edge.within("/\(member.name)") { value in
            var object = smallest(of: message)
            object[member.name] = value
            return .object(object)
          }
        }
      }
    case .id, .word, .flag, .openObject, .anything: []
    }
  }

  /// The smallest value of a shape.
  static func smallest(of schema: Schema) -> JSON {
    switch schema {
    case .text(let length, _): .string(String(repeating: "a", count: max(length.lowerBound, 1)))
    case .id: "abc"
    case .word(let words): .string(words.first ?? "")
    case .flag: true
    case .integer(let range): .integer(range.lowerBound)
    case .list(let element, let count): .array(Array(repeating: smallest(of: element), count: count.lowerBound))
    case .openObject: [:]
    case .anything: .null
    case .message(let message): .object(smallest(of: message))
    }
  }

  private static func smallest(of message: Message) -> JSONObject {
    JSONObject(message.members.filter(\.isRequired).map { ($0.name, smallest(of: $0.schema)) })
  }

  private func within(_ place: String, _ wrap: (JSON) -> JSON) -> Edge {
    var edge = self
    edge.pointer = place + pointer
    edge.taken = wrap(taken)
    edge.refused = wrap(refused)
    return edge
  }

  private typealias Said = (code: String, detail: String)

  private static func ends<Number: FixedWidthInteger>(
    of range: ClosedRange<Number>, _ value: (Number) -> JSON, below: () -> Said, above: () -> Said
  ) -> [Edge] {
    func edge(_ taken: Number, _ refused: Number, _ said: Said) -> Edge {
      Edge(pointer: "", taken: value(taken), refused: value(refused), code: said.code, detail: said.detail)
    }
    // There is no text and no list of less than nothing.
    return (range.lowerBound > 0 ? [edge(range.lowerBound, range.lowerBound - 1, below())] : [])
      + [edge(range.upperBound, range.upperBound + 1, above())]
  }

  private static func outOfRange(_ range: ClosedRange<Int64>) -> Said {
    ("out_of_range", "From \(range.lowerBound) to \(range.upperBound).")
  }

  private static func fromTo(_ count: ClosedRange<Int>) -> String { "From \(count.lowerBound) to \(count.upperBound)." }
}
