internal import Primitives

extension Occasion {
  /// What is to come of a change: itself, a plan of it, or exactly what a plan said.
  package enum Intent: Sendable, Hashable {
    case apply
    /// Nothing: only what it would change is told (`Planned`).
    case plan(of: PlannedRequest)
    /// The change, if it is still the one that the plan of this digest told of, and nothing otherwise (`PlanChanged`).
    case applyExactly(PlanDigest, of: PlannedRequest)
  }
}

/// What somebody asked for, so that a plan of one thing is no leave for another with the same effect on rights.
package struct PlannedRequest: Sendable, Hashable {
  /// SHA-256 in base64url.
  let digest: String

  /// - Parameter parts: everything that the change depends on, in an order of the caller's.
  package init(_ parts: [String]) {
    digest = Base64URL.encode(SHA256Digest.of(JSON.array(parts.map { .string($0) }).encoded()))
  }
}

/// Names one plan: SHA-256 in base64url over the plan and over what it rests on.
package struct PlanDigest: Sendable, Hashable {
  package let text: String

  /// How many characters a digest has.
  package static let length = 43

  /// A digest from outside; one that names no plan is no plan's.
  package init(presented text: String) { self.text = text }
}

/// Nothing was changed, because a plan was all that was wanted. Ends the transaction, as a refusal does.
package struct Planned: Error, Sendable {
  package let plan: Plan
}

/// Nothing was changed: the plan that was to be applied is not what would happen now, which is this.
package struct PlanChanged: Error, Sendable {
  package let plan: Plan
}
