package import AccessControl
package import Primitives

package protocol SessionStore {
  func session(_ secret: SecretDigest) throws -> Session?
  func session(_ id: SessionID) throws -> Session?
  /// Sessions that have not been ended, oldest first; expiry is judged by the caller.
  func openSessions(of account: AccountID) throws -> [Session]
  func insert(_ session: Session) throws
  /// Moves `lastSeenAt` forward; never back.
  func touchSession(_ id: SessionID, at now: Timestamp) throws
  /// A new proof of identity in the same session, which gets a new secret with it: the cookie of before is worthless from then on.
  ///
  /// - Returns: false when the session had ended before.
  func setAuthenticated(_ id: SessionID, secret: SecretDigest, at now: Timestamp) throws -> Bool
  /// - Returns: false when it had ended before.
  func endSession(_ id: SessionID, as ending: Session.Ending, at now: Timestamp) throws -> Bool
  /// Ends every open session of the account, except one where given, and returns their ids.
  func endSessions(of account: AccountID, except: SessionID?, as ending: Session.Ending, at now: Timestamp) throws -> [SessionID]
  /// Ends every open session of everybody, after the database was set back.
  ///
  /// - Returns: how many.
  func endEverySession(as ending: Session.Ending, at now: Timestamp) throws -> Int
  /// Clean-up only: sessions past their absolute end on which no grant hangs any more.
  func deleteSessions(expiredBefore limit: Timestamp, atMost count: Int) throws -> Int
}
