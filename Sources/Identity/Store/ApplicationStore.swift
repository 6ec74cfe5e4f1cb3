package import AccessControl
package import Primitives

package protocol ApplicationStore {
  func application(_ id: ApplicationID) throws -> Application?
  /// The application that is this audience, where one is registered.
  func application(audience: String) throws -> Application?
  /// - Parameter owner: nil lists all; otherwise those one organization owns.
  func applications(owner: OrganizationID?, _ page: PageRequest) throws -> Page<Application>
  func insert(_ application: Application) throws
  func update(_ application: Application) throws -> Bool
  func deleteApplication(_ id: ApplicationID) throws -> Bool

  func insert(_ token: InitialAccessToken) throws
  /// Takes one use off the token: one conditional write.
  ///
  /// - Returns: the token after the use, or nil when it is unknown, expired or used up.
  func useInitialAccessToken(_ digest: SecretDigest, at now: Timestamp) throws -> InitialAccessToken?
}
