/// One piece of a condition's text.
enum Token: Equatable {
  case end
  case identifier(String)
  /// A field name between backticks.
  case quotedIdentifier(String)
  /// Without a sign, which the grammar adds.
  case int(UInt64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case `true`
  case `false`
  case null
  case sign(Sign)

  enum Sign: String {
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case less = "<"
    case greaterOrEqual = ">="
    case greater = ">"
    case and = "&&"
    case or = "||"
    case `in` = "in"
    case openBracket = "["
    case closeBracket = "]"
    case openBrace = "{"
    case closeBrace = "}"
    case openParenthesis = "("
    case closeParenthesis = ")"
    case dot = "."
    case comma = ","
    case minus = "-"
    case not = "!"
    case question = "?"
    case colon = ":"
    case plus = "+"
    case times = "*"
    case divide = "/"
    case remainder = "%"
  }

  /// How the token is called in a message.
  var name: String {
    switch self {
    case .end: "the end"
    case .identifier(let name): "'\(name)'"
    case .quotedIdentifier(let name): "'`\(name)`'"
    case .int, .uint, .double: "a number"
    case .string: "a string"
    case .bytes: "a bytes literal"
    case .true: "'true'"
    case .false: "'false'"
    case .null: "'null'"
    case .sign(let sign): "'\(sign.rawValue)'"
    }
  }
}
