package import Primitives

/// Whether a proof of identity given at some moment is new enough (OpenID Connect Core §3.1.2.1 `prompt`, `max_age`; THREATS SES5).
extension AuthorizationRequest {
  /// Whether the request can ever ask for a new proof, so that the moment of asking must be remembered.
  var asksForNewProof: Bool { prompt == .signIn || maximumAge != nil }

  package func isSatisfied(byProofAt proof: Timestamp, at now: Timestamp) -> Bool {
    // Given after we asked for it on behalf of this request: nothing could be newer.
    if let markedAt, proof >= markedAt { return true }
    if prompt == .signIn { return false }
    guard let maximumAge else { return true }
    // Zero means the same as `prompt=login`.
    return maximumAge > .zero && now - proof <= maximumAge
  }
}
