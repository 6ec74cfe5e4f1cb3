package import AccessControl
internal import Identity
internal import Primitives
internal import Synchronization

/// The catalogs as somebody has read them, for those who read them after: a transaction that finds the same count need not read a thousand
/// definitions again. One for each store.
package final class CatalogMemory: Sendable {
  private let known = Mutex<(count: Int64, catalogs: Catalogs)?>(nil)

  package init() {}

  fileprivate func catalogs(at count: Int64) -> Catalogs? {
    known.withLock { known in known.flatMap { $0.count == count ? $0.catalogs : nil } }
  }

  fileprivate func keep(_ catalogs: Catalogs, at count: Int64) { known.withLock { $0 = (count, catalogs) } }
}

extension SQLTransaction: CatalogStore {
  /// Counts every commit that changed a role, an exclusion, a limit or a permission.
  private static let counter = "catalogs"

  package func catalogs() throws -> Catalogs {
    if let catalogsHere { return catalogsHere }
    let catalogs = try readCatalogs()
    catalogsHere = catalogs
    return catalogs
  }

  private func readCatalogs() throws -> Catalogs {
    // Nothing was ever defined; the tables need not even be there, in a database of before that is only read.
    guard let text = try setting(Self.counter) else { return .builtIn }
    guard let count = Int64(text) else { throw StoreError.unreadable("the count of the catalogs") }
    if let known = memory?.catalogs(at: count) { return known }
    let catalogs = Catalogs(
      roles: try definitions(), permissions: try definitions(), exclusions: try definitions(), limits: try definitions())
    // What one writes may never be committed, and then somebody else makes that count.
    if isReadOnly { memory?.keep(catalogs, at: count) }
    return catalogs
  }

  /// Roles, permissions and exclusions by the versions that counted at a moment. No decision asks for limits.
  func catalogs(at moment: Timestamp) throws -> Catalogs {
    Catalogs(
      roles: try definitions(at: moment), permissions: try definitions(at: moment), exclusions: try definitions(at: moment),
      limits: [])
  }

  func noteCatalogs() throws {
    let count = try setting(Self.counter).flatMap { Int64($0) } ?? 0
    try set(Self.counter, to: String(count + 1))
    catalogsHere = nil
    changed.catalogs = true
  }
}

extension Catalogs {
  fileprivate init(
    roles: [DefinedRole], permissions: [DefinedPermission], exclusions: [DefinedExclusion], limits: [DefinedLimit]
  ) {
    self.init(
      roles: RoleCatalog(adding: roles.map(\.role)), permissions: PermissionCatalog(adding: permissions.map(\.definition)),
      exclusions: exclusions.map(\.exclusion), limits: limits.map(\.limit))
  }
}
