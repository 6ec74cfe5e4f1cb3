internal import Foundation
internal import Testing

@Suite struct ThreatRows {
  @Test func `every row that a test names stands in docs/threats.md`() throws {
    let missing = try namedByTests().subtracting(try rowsOfThePage())
    #expect(missing.isEmpty, "add these rows to docs/threats.md: \(missing.sorted())")
  }

  private func rowsOfThePage() throws -> Set<String> {
    let page = try String(contentsOf: Repository.root.appending(path: "docs/threats.md"), encoding: .utf8)
    return Set(page.matches(of: /(?m)^\| ([A-Z]{3}[0-9]+) \|/).map { String($0.1) })
  }

  private func namedByTests() throws -> Set<String> {
    var rows: Set<String> = []
    for file in try Repository.swiftFiles(under: "Tests") {
      let code = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter {
        $0.firstMatch(of: /^\s*\/\//) == nil
      }
      let text = code.joined(separator: "\n")
      for tag in text.matches(of: /\.threat\(([^)]*)\)/) {
        rows.formUnion(tag.1.matches(of: /"([A-Z]{3}[0-9]+)"/).map { String($0.1) })
      }
    }
    return rows
  }
}
