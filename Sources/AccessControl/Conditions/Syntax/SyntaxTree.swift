/// A parsed condition: its parts in one array, each naming the parts it is made of by their place.
///
/// One flat array instead of a tree of boxes, so that neither building nor freeing it recurses; the height is bounded while it is built.
struct SyntaxTree {
  typealias Index = Int

  indirect enum Node {
    case constant(CELValue)
    /// `isRooted`: written with a leading dot, which passes every comprehension's variable.
    case identifier(String, isRooted: Bool)
    case select(Index, field: String)
    /// `has(operand.field)`
    case has(Index, field: String)
    case index(Index, by: Index)
    /// The receiver, where there is one, is the first argument.
    case call(String, isReceiver: Bool, [Index])
    /// `count` signs in a row: of an even number only the demand on the operand's type is left.
    case not(Index, count: Int)
    case negate(Index, count: Int)
    case binary(BinaryOperator, Index, Index)
    case and([Index])
    case or([Index])
    case conditional(Index, then: Index, else: Index)
    case list([Index])
    /// Keys and values in turn.
    case map([Index])
    case comprehension(Comprehension)
  }

  enum BinaryOperator: String {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case `in` = "in"
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
  }

  /// A macro over a list or the keys of a map. It is a node of its own and not, as in other implementations, a loop over a hidden
  /// accumulator that a text could name.
  struct Comprehension {
    enum Kind: String {
      case all
      case exists
      case existsOne = "exists_one"
      case map
      case filter
    }

    let kind: Kind
    let range: Index
    let variable: String
    /// Nil for a `map` with two arguments.
    let predicate: Index?
    /// Only of a `map`.
    let transform: Index?
  }

  fileprivate(set) var nodes: [Node] = []
  /// The byte of the text to which a message about the node points.
  fileprivate(set) var offsets: [Int] = []
  fileprivate var heights: [Int] = []
  fileprivate(set) var root: Index = 0

  init() {}
}

extension SyntaxTree {
  mutating func append(_ node: Node, height: Int, at offset: Int) -> Index {
    nodes.append(node)
    heights.append(height)
    offsets.append(offset)
    return nodes.count - 1
  }

  func height(of index: Index) -> Int { heights[index] }

  mutating func finish(at index: Index) { root = index }
}
