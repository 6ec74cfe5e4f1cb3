package import AccessControl
package import Primitives

/// A role that an operator or an organization defined, as one version of it says. No version is ever overwritten, so that what somebody could do
/// at a moment of the past can still be told.
package struct DefinedRole: Sendable, Hashable {
  /// As it was written down: what it inherits is the catalog's to find out.
  package let role: Role
  /// When its first version was defined.
  package let createdAt: Timestamp
  /// When this version was, later than every version before; from then on it counts.
  package let definedAt: Timestamp
  /// The audit name of whoever defined this version.
  package let definedBy: String
  package let version: Int64

  package init(role: Role, createdAt: Timestamp, definedAt: Timestamp, definedBy: String, version: Int64 = 1) {
    self.role = role
    self.createdAt = createdAt
    self.definedAt = definedAt
    self.definedBy = definedBy
    self.version = version
  }
}

/// A permission that operators defined, as one version of it says.
package struct DefinedPermission: Sendable, Hashable {
  package let definition: PermissionDefinition
  package let createdAt: Timestamp
  /// See `DefinedRole`.
  package let definedAt: Timestamp
  package let definedBy: String
  package let version: Int64

  package init(
    definition: PermissionDefinition, createdAt: Timestamp, definedAt: Timestamp, definedBy: String, version: Int64 = 1
  ) {
    self.definition = definition
    self.createdAt = createdAt
    self.definedAt = definedAt
    self.definedBy = definedBy
    self.version = version
  }
}

/// What counted from one moment until another.
package struct PastVersion<Thing: Sendable & Hashable>: Sendable, Hashable {
  package let thing: Thing
  /// The first moment at which it did not count any more; nil while it does.
  package let validUntil: Timestamp?

  package init(_ thing: Thing, validUntil: Timestamp?) {
    self.thing = thing
    self.validUntil = validUntil
  }
}

/// What keeps a role from being deleted, beside other roles.
package struct RoleUses: Sendable, Hashable {
  /// How many people, applications, groups and subjects hold it, suspended ones and those whose time is over included.
  package let assignments: Int
  /// How many invitations that wait promise it.
  package let invitations: Int

  package init(assignments: Int, invitations: Int) {
    self.assignments = assignments
    self.invitations = invitations
  }
}
