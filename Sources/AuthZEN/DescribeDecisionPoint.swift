package import Wire

/// The decision point's metadata (Authorization API 1.0 §9): where it is and what it answers.
package enum DescribeDecisionPoint {
  /// Where the metadata are, below the public address.
  package static let path = "/.well-known/authzen-configuration"
  /// Where evaluations are asked for, below the public address.
  package static let evaluationPath = "/access/v1/evaluation"
  /// Where batches of evaluations are asked for, below the public address.
  package static let evaluationsPath = "/access/v1/evaluations"

  /// - Parameter publicAddress: the issuer, without a slash at its end.
  package static func metadata(publicAddress: String) -> DecisionPointMetadata {
    DecisionPointMetadata(
      policyDecisionPoint: publicAddress, accessEvaluationEndpoint: publicAddress + evaluationPath,
      accessEvaluationsEndpoint: publicAddress + evaluationsPath)
  }
}
