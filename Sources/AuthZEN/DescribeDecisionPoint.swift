package import Identity
internal import Primitives
internal import Synchronization
package import Wire

/// The decision point's metadata (Authorization API 1.0 §9): where it is and what it answers, plain and signed.
///
/// One of them serves the whole process, for the sake of its memory of what was signed: the document is public, and signing it for everybody who
/// asks would be work for the asking.
package final class DescribeDecisionPoint: Sendable {
  /// Where evaluations are asked for, below the public address.
  package static let evaluationPath = "/access/v1/evaluation"
  /// Where batches of evaluations are asked for, below the public address.
  package static let evaluationsPath = "/access/v1/evaluations"
  /// Where searches are asked for, below the public address.
  package static func searchPath(_ kind: SearchKind) -> String { "/access/v1/search/\(kind.rawValue)" }
  /// How long the document may be kept by others, in seconds; much shorter than what is signed in it counts.
  package static let maximumAge: Int64 = 300

  /// The `typ` of the signed metadata. A kind of its own (RFC 8725 §3.11), so that it can be taken for no other token of ours.
  static let tokenType = "authzen-configuration+jwt"
  /// For how long signed metadata count, and how old they are when they are signed anew.
  static let life: Duration = .hours(1)
  static let renewal: Duration = .minutes(30)

  private struct Signed: Sendable {
    let token: String
    let keyID: String
    let at: Timestamp
  }

  private let env: Environment
  private let signed = Mutex<Signed?>(nil)

  package init(_ env: Environment) { self.env = env }

  /// Where the metadata are: the well-known word stands between the host and the path of the identifier (§9.2).
  ///
  /// - Parameter identifier: an address without query, fragment and slash at its end.
  package static func path(of identifier: String) -> String {
    let afterScheme = identifier.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3)
    return "/.well-known/authzen-configuration" + (afterScheme.first.map { "/" + $0 } ?? "")
  }

  /// The document. While nothing can sign, it is plain.
  package func callAsFunction() throws -> DecisionPointMetadata {
    let address = env.settings.publicAddress
    var metadata = DecisionPointMetadata(
      policyDecisionPoint: address, accessEvaluationEndpoint: address + Self.evaluationPath,
      accessEvaluationsEndpoint: address + Self.evaluationsPath, searchSubjectEndpoint: address + Self.searchPath(.subject),
      searchResourceEndpoint: address + Self.searchPath(.resource), searchActionEndpoint: address + Self.searchPath(.action))
    metadata.signedMetadata = try signature(of: metadata)
    return metadata
  }

  /// The same members as claims (§9.1.3), as they were signed not long ago by the key that signs now.
  private func signature(of metadata: DecisionPointMetadata) throws -> String? {
    let now = env.clock()
    guard let key = env.keys.signingKey(.es256, at: now) ?? env.keys.signingKey(.rs256, at: now) else { return nil }
    return try signed.withLock { signed in
      if let signed, signed.keyID == key.id, signed.at <= now, now < signed.at + Self.renewal { return signed.token }
      let token = try JWS.sign(payload: claims(metadata, at: now), type: Self.tokenType, with: key)
      signed = Signed(token: token, keyID: key.id, at: now)
      return token
    }
  }

  private func claims(_ metadata: DecisionPointMetadata, at now: Timestamp) -> [UInt8] {
    var claims = JSONWriter()
    claims.beginObject()
    claims.member("iss", metadata.policyDecisionPoint)
    claims.member("iat", now.seconds)
    claims.member("exp", (now + Self.life).seconds)
    for (name, value) in metadata.members { claims.member(name, value) }
    claims.endObject()
    return claims.bytes
  }
}

extension DecisionPointMetadata {
  /// What both the document and its signature say, by the names of the standard.
  fileprivate var members: [(name: String, value: String)] {
    [
      ("policy_decision_point", policyDecisionPoint), ("access_evaluation_endpoint", accessEvaluationEndpoint),
      ("access_evaluations_endpoint", accessEvaluationsEndpoint), ("search_subject_endpoint", searchSubjectEndpoint),
      ("search_resource_endpoint", searchResourceEndpoint), ("search_action_endpoint", searchActionEndpoint),
    ]
  }
}
