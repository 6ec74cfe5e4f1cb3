package import AccessControl
package import Primitives

/// A limit of a role as one version of it says. As with roles, no version is ever overwritten; one that was taken away and made again goes on counting.
package struct DefinedLimit: Sendable, Hashable {
  package let limit: RoleLimit
  /// When it was made, or made again.
  package let createdAt: Timestamp
  /// When this version was defined, later than every version before.
  package let definedAt: Timestamp
  /// The audit name of whoever defined this version.
  package let definedBy: String
  package let version: Int64

  package init(limit: RoleLimit, createdAt: Timestamp, definedAt: Timestamp, definedBy: String, version: Int64 = 1) {
    self.limit = limit
    self.createdAt = createdAt
    self.definedAt = definedAt
    self.definedBy = definedBy
    self.version = version
  }
}
