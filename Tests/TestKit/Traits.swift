// The benchmarks are linked statically, as Usher is released, and the toolchain has no such Testing library; nor have they any use for traits.
#if canImport(Testing)
  package import Testing

  /// Names the rule of a standard that a suite or test proves: `.rule("RFC 6749 §4.1.2")`.
  package struct Rule: SuiteTrait, TestTrait {
    package let rule: String

    package var isRecursive: Bool { true }
    package var comments: [Comment] { [Comment(rawValue: "proves \(rule)")] }
  }

  /// Names the rows of docs/threats.md whose outcome a suite or test proves: `.threat("COD1", "COD2")`.
  package struct Threat: SuiteTrait, TestTrait {
    package let rows: [String]

    package var isRecursive: Bool { true }
    package var comments: [Comment] { [Comment(rawValue: "withstands \(rows.joined(separator: ", "))")] }
  }

  extension Trait where Self == Rule {
    package static func rule(_ rule: String) -> Rule { Rule(rule: rule) }
  }

  extension Trait where Self == Threat {
    package static func threat(_ rows: String...) -> Threat { Threat(rows: rows) }
  }
#endif
