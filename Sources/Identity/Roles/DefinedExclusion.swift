package import AccessControl
package import Primitives

/// An exclusion of roles as one version of it says. As with roles, no version is ever overwritten.
package struct DefinedExclusion: Sendable, Hashable {
  package let exclusion: RoleExclusion
  /// When its first version was defined.
  package let createdAt: Timestamp
  /// When this version was, later than every version before.
  package let definedAt: Timestamp
  /// The audit name of whoever defined this version.
  package let definedBy: String
  package let version: Int64

  package init(exclusion: RoleExclusion, createdAt: Timestamp, definedAt: Timestamp, definedBy: String, version: Int64 = 1) {
    self.exclusion = exclusion
    self.createdAt = createdAt
    self.definedAt = definedAt
    self.definedBy = definedBy
    self.version = version
  }
}

/// An exclusion of roles as somebody wants it to be.
package struct ExclusionDefinition: Sendable {
  package let name: String
  package let description: String
  package let kind: RoleExclusion.Kind
  package let roles: Set<RoleID>
  package let cardinality: Int
  /// Where it counts. An organization's own counts there and nowhere else, whatever this says.
  package let kinds: Set<OrganizationKind>

  package init(
    name: String, description: String, kind: RoleExclusion.Kind, roles: Set<RoleID>, cardinality: Int,
    kinds: Set<OrganizationKind>
  ) {
    self.name = name
    self.description = description
    self.kind = kind
    self.roles = roles
    self.cardinality = cardinality
    self.kinds = kinds
  }
}
