import AuthZEN
import Foundation
import Primitives
import TestKit
import Testing

@Suite(.rule("Authorization API 1.0 §9")) struct DescribingTheDecisionPoint {
  @Test func `metadata name the decision point and what it answers, nothing else`() throws {
    let metadata = DescribeDecisionPoint.metadata(publicAddress: "https://portal.example")
    let written = try JSON.parse(Array(JSONEncoder().encode(metadata)))
    #expect(
      written == [
        "policy_decision_point": "https://portal.example",
        "access_evaluation_endpoint": "https://portal.example/access/v1/evaluation",
        "access_evaluations_endpoint": "https://portal.example/access/v1/evaluations",
      ])
  }
}
