package import Identity

/// The Access Evaluation endpoint (Authorization API 1.0 §6): may this subject do this action to this resource?
///
/// Reads, asks `DecideAccess`, writes; decides nothing itself. Who asks has been authenticated before; whether they may ask here is part of
/// the decision.
package struct EvaluateAccess: Sendable {
  /// The longest body, in bytes. A question is a few names; this leaves room for properties nobody reads yet.
  package static let maximumBytes = 65_536

  package init() {}

  /// - Parameters:
  ///   - body: the request as it came, JSON.
  ///   - asker: the application that asks.
  ///   - policy: what is known now.
  /// - Returns: the answer, JSON, to be sent with status 200: a denial is an answer like any other.
  package func callAsFunction(_ body: some Collection<UInt8>, askedBy asker: Application, knowing policy: PolicySnapshot)
    throws(EvaluationRefusal) -> [UInt8]
  {
    guard body.count <= Self.maximumBytes else { throw .tooLarge }
    let request = try EvaluationReader.read(body)
    do {
      return EvaluationWriter.write(try DecideAccess()(request, askedBy: asker, knowing: policy))
    } catch {
      switch error {
      case .contradiction: throw .malformed("resource.properties.organization and context.organization differ.")
      case .unavailable: throw .unavailable
      }
    }
  }
}
