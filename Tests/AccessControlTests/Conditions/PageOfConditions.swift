import Foundation
import Testing

@testable import AccessControl

/// docs/conditions.md, for those who write conditions.
@Suite struct PageOfConditions {
  private static func page() throws -> String {
    let root = (0..<4).reduce(URL(filePath: #filePath)) { path, _ in path.deletingLastPathComponent() }
    return try String(contentsOf: root.appending(path: "docs/conditions.md"), encoding: .utf8)
  }

  @Test func `has examples that are conditions`() throws {
    let page = try Self.page()
    let start = try #require(page.range(of: "## Examples")).upperBound
    let end = try #require(page.range(of: "## The language")).lowerBound
    let examples = page[start..<end].matches(of: /\| `(.+)` \|\n/).map { String($0.1) }
    #expect(examples.count == 10)
    for example in examples { #expect(throws: Never.self) { try Condition(example) } }
  }

  @Test func `names every function and every limit as it is`() throws {
    let page = try Self.page()
    for function in Function.allCases { #expect(page.contains(function.rawValue)) }
    for variable in ConditionInput.variables { #expect(page.contains("`\(variable.name)")) }
    let numbers = [
      ConditionLimits.textLength, ConditionLimits.nesting, ConditionLimits.height, ConditionLimits.nodes,
      ConditionLimits.comprehensions, ConditionLimits.patternSize, ConditionLimits.patternRepetitions,
      ConditionLimits.patternNesting,
    ]
    let start = try #require(page.range(of: "## Limits")).upperBound
    let rows = page[start...].matches(of: /\| ([0-9,]+)[^|]*\|\n/).compactMap { Int($0.1.replacing(",", with: "")) }
    #expect(rows == numbers)
    let steps = try #require(page.firstMatch(of: /One evaluation has ([0-9,]+) steps/)).1.replacing(",", with: "")
    #expect(Int(steps) == ConditionLimits.cost)
  }
}
