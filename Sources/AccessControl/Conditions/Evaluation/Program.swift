/// A condition ready to be evaluated: names resolved to places, functions to cases, constant patterns compiled, constant lists built.
///
/// Instructions hold nothing but numbers, so that reading one counts no references; texts and values stand in tables beside them.
final class Program: Sendable {
  typealias Index = Int32

  enum Instruction: Sendable {
    case constant(Index)
    /// The variable of this number.
    case variable(Index)
    /// A macro's variable, by how many macros stand around that macro.
    case local(Index)
    /// A field of a variable that is a record: `subject.id`.
    case field(variable: Index, name: Index)
    /// `subject.properties.name`
    case property(variable: Index, name: Index)
    case hasField(variable: Index, name: Index)
    case hasProperty(variable: Index, name: Index)
    case select(Index, name: Index)
    case has(Index, name: Index)
    case index(Index, by: Index)
    case not(Index, isOdd: Bool)
    case negate(Index, isOdd: Bool)
    case binary(SyntaxTree.BinaryOperator, Index, Index)
    /// `count` terms that begin at `first` of `operands`; the next four likewise.
    case and(first: Index, count: Index)
    case or(first: Index, count: Index)
    case list(first: Index, count: Index)
    /// Keys and values in turn.
    case map(first: Index, count: Index)
    case call(Function, first: Index, count: Index)
    case conditional(Index, then: Index, else: Index)
    /// `matches` with a constant pattern.
    case matches(Index, pattern: Index)
    case comprehension(Index)
    case fails(EvaluationFault)
  }

  struct Comprehension: Sendable {
    let kind: SyntaxTree.Comprehension.Kind
    let range: Index
    let local: Int
    let predicate: Index?
    let transform: Index?
  }

  let instructions: [Instruction]
  let operands: [Index]
  let constants: [CELValue]
  let names: [String]
  let patterns: [Pattern]
  let comprehensions: [Comprehension]
  /// What is looked at in the variables, as a text like `resource.properties.amount`, by the instruction that does.
  let paths: [Index: String]
  let root: Index
  /// Places that macros' variables need.
  let localCount: Int

  private init(_ compiler: Compiler, root: Index) {
    instructions = compiler.instructions
    operands = compiler.operands
    constants = compiler.constants
    names = compiler.names
    patterns = compiler.patterns
    comprehensions = compiler.comprehensions
    paths = compiler.paths
    localCount = compiler.localCount
    self.root = root
  }

  /// A variable of the conditions, in the order of their numbers.
  struct Variable {
    let name: String
    let type: CELType
  }

  convenience init(_ expression: SyntaxTree, variables: [Variable]) {
    var compiler = Compiler(expression: expression, variables: variables)
    let root = compiler.compile(expression.root)
    self.init(compiler, root: root)
  }
}
