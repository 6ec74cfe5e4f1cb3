internal import AccessControl
package import Primitives

/// For what and for how long a role is to count, and why it is given.
package struct AssignmentTerms: Sendable, Hashable {
  /// What cannot be meant.
  package enum Flaw: Sendable, Hashable {
    /// The resource's type cannot stand in a permission.
    case scopeType
    /// The resource's id is not 1 to 200 visible characters.
    case scopeID
    /// It would end before it begins.
    case endsBeforeStart
    /// It would be over already.
    case over
    /// The reason is too long, or not visible characters in one line.
    case reason
  }

  package let scope: ResourceName?
  package let startsAt: Timestamp?
  /// The first moment at which it does not count any more.
  package let endsAt: Timestamp?
  package let reason: String

  /// For everything in the organization, until somebody takes it.
  package static let whole = AssignmentTerms(scope: nil, startsAt: nil, endsAt: nil, reason: "")

  package init(scope: ResourceName?, startsAt: Timestamp?, endsAt: Timestamp?, reason: String) {
    self.scope = scope
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.reason = reason
  }

  package var isWhole: Bool { scope == nil && startsAt == nil && endsAt == nil }

  func flaw(at now: Timestamp) -> Flaw? {
    if let scope {
      guard Permission(presentedType: scope.type, action: "view") != nil else { return .scopeType }
      guard RegisteredResource.isID(scope.id) else { return .scopeID }
    }
    if let endsAt {
      if let startsAt, endsAt <= startsAt { return .endsBeforeStart }
      if endsAt <= now { return .over }
    }
    guard
      reason.isEmpty || DisplayText.cleaned(reason, limit: RoleAssignment.maximumReason).map({ $0.isExactly(reason) }) ?? false
    else { return .reason }
    return nil
  }
}

extension RoleAssignment {
  var terms: AssignmentTerms { AssignmentTerms(scope: scope, startsAt: startsAt, endsAt: endsAt, reason: reason) }
}
