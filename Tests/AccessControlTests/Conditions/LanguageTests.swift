import Testing

@testable import AccessControl

/// What the Common Expression Language says of each of its parts, as cases in `Data`: one file for each section of the public conformance
/// suite that does without protobuf messages, and `conditions` for ours.
@Suite struct LanguageOfConditions {
  @Test(arguments: try ConditionCase.sections())
  func `comes to what the cases of a section say`(section: String) throws {
    for example in try ConditionCase.all(in: section) {
      let differences = example.differences()
      #expect(differences.isEmpty, "\(example.name): \(example.expression)")
    }
  }

  @Test func `has its two thousand cases`() throws {
    let sections = try ConditionCase.sections()
    #expect(sections.count == 16)
    #expect(try sections.map { try ConditionCase.all(in: $0).count }.reduce(0, +) >= 2155)
  }
}
