package import AccessControl
package import Primitives

/// The roles, exclusions and limits of roles and permissions that operators and organizations defined. What changes them takes a `Warranted`, which only the choke point makes.
package protocol CatalogStore {
  /// All tables whole, built-in rows included, as this transaction sees them. Asked again they cost nothing until the transaction changes one.
  func catalogs() throws -> Catalogs

  func definedRole(_ id: RoleID) throws -> DefinedRole?
  /// Every version of a role, oldest first, also of one that was deleted.
  func roleVersions(_ id: RoleID) throws -> [PastVersion<DefinedRole>]
  /// How many hold it or are promised it.
  func uses(of role: RoleID) throws -> RoleUses
  /// Stores a role and its first version.
  func insert(_ role: Warranted<DefinedRole>) throws
  /// Stores a further version: one conditional write, from the version before it.
  ///
  /// - Returns: false when somebody was faster.
  func update(_ role: Warranted<DefinedRole>) throws -> Bool
  /// Takes the role away; its last version ends.
  ///
  /// - Returns: false when it was gone already.
  func delete(_ role: Warranted<RoleDeletion>) throws -> Bool

  func roleExclusion(_ id: RoleExclusionID) throws -> DefinedExclusion?
  /// Every version of an exclusion, oldest first, also of one that was taken away.
  func roleExclusionVersions(_ id: RoleExclusionID) throws -> [PastVersion<DefinedExclusion>]
  func insert(_ exclusion: Warranted<DefinedExclusion>) throws
  /// As with a role.
  func update(_ exclusion: Warranted<DefinedExclusion>) throws -> Bool
  /// As with a role.
  func delete(_ exclusion: Warranted<ExclusionDeletion>) throws -> Bool
  func roleLimit(of role: RoleID, from origin: Role.Origin) throws -> DefinedLimit?
  /// Every version of a limit, oldest first; one that was taken away and made again goes on counting.
  func roleLimitVersions(of role: RoleID, from origin: Role.Origin) throws -> [PastVersion<DefinedLimit>]
  /// - Throws: `StoreError.taken(.roleLimit)`.
  func insert(_ limit: Warranted<DefinedLimit>) throws
  /// As with a role.
  func update(_ limit: Warranted<DefinedLimit>) throws -> Bool
  /// As with a role.
  func delete(_ limit: Warranted<LimitDeletion>) throws -> Bool
  /// How many hold one of these roles in an organization, themselves or through a group, each counted once; what ended by `now` does not count, and
  /// everything else does.
  ///
  /// - Parameter organization: nil counts in every organization for itself.
  /// - Returns: the organizations in which it is more than `number`.
  func holders(
    ofAny roles: Set<RoleID>, countedIn organization: OrganizationID?, ifMoreThan number: Int, at now: Timestamp
  ) throws -> [OrganizationID: Int]

  /// Who holds one of these roles, in whichever organization, themselves; what ended by `now` does not count.
  func roleHoldings(ofAny roles: Set<RoleID>, at now: Timestamp) throws -> [RoleHolding]
  /// Who of all organizations holds one of these roles themselves, at most `count`, in no order.
  func roleHolders(ofAny roles: Set<RoleID>, atMost count: Int) throws -> [RoleHolder]

  func definedPermission(_ permission: Permission) throws -> DefinedPermission?
  /// Every version of a permission, oldest first; one that was deleted and defined again goes on counting.
  func permissionVersions(_ permission: Permission) throws -> [PastVersion<DefinedPermission>]
  /// - Throws: `StoreError.taken(.permission)`.
  func insert(_ permission: Warranted<DefinedPermission>) throws
  /// As with a role.
  func update(_ permission: Warranted<DefinedPermission>) throws -> Bool
  /// As with a role.
  func delete(_ permission: Warranted<PermissionDeletion>) throws -> Bool
}
