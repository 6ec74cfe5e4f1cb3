/// How many may hold a role in one organization (ANSI INCITS 359: the cardinality of a role).
package struct RoleLimit: Hashable, Sendable {
  package let role: RoleID
  /// From 1 to `greatest`.
  package let maximum: Int
  /// Empty where nobody wrote one.
  package let description: String
  /// Who made it: the portal for every organization, or an organization for itself. Never built in.
  package let origin: Role.Origin

  /// More than this is no limit that anybody would want to keep.
  package static let greatest = 10_000

  package init(role: RoleID, maximum: Int, description: String = "", origin: Role.Origin) {
    self.role = role
    self.maximum = maximum
    self.description = description
    self.origin = origin
  }

  /// Whether it counts for what is held in the organization.
  package func counts(in organization: OrganizationID) -> Bool { origin.owner.map { $0 == organization } ?? true }
}
