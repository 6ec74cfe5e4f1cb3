package import AccessControl
package import Primitives

package protocol ApplicationStore {
  func application(_ id: ApplicationID) throws -> Application?
  /// The application that is this audience, where one is registered.
  func application(audience: String) throws -> Application?
  /// - Parameter owner: nil lists all; otherwise those one organization owns.
  func applications(owner: OrganizationID?, _ page: PageRequest) throws -> Page<Application>
  /// - Throws: `StoreError.taken(.audience)` when one of its audiences is another application's: a token must have one reader it is meant for.
  func insert(_ application: Application) throws
  /// - Throws: `StoreError.taken(.audience)` likewise.
  func update(_ application: Application) throws -> Bool
  /// Its grants, codes and refresh tokens go with it.
  ///
  /// - Returns: false when it was gone already.
  func delete(_ application: Warranted<ApplicationDeletion>) throws -> Bool

  func insert(_ token: InitialAccessToken) throws
  /// Takes one use off the token: one conditional write.
  ///
  /// - Returns: the token after the use, or nil when it is unknown, expired or used up.
  func useInitialAccessToken(_ digest: SecretDigest, at now: Timestamp) throws -> InitialAccessToken?
  /// Clean-up only.
  func deleteInitialAccessTokens(expiredBefore limit: Timestamp, atMost count: Int) throws -> Int
}
