package import AccessControl
package import Primitives

package protocol GrantStore {
  func grant(_ id: GrantID) throws -> Grant?
  func insert(_ grant: Grant) throws
  /// - Returns: false when it had ended before.
  func endGrant(_ id: GrantID, as ending: Grant.Ending, at now: Timestamp) throws -> Bool
  /// Ends the open grants of a session. `offline`: also those with `offline_access` (sign-out), or not (expiry).
  func endGrants(session: SessionID, includingOffline: Bool, as ending: Grant.Ending, at now: Timestamp) throws
  func endGrants(account: AccountID, as ending: Grant.Ending, at now: Timestamp) throws
  func endGrants(account: AccountID, organization: OrganizationID, as ending: Grant.Ending, at now: Timestamp) throws
  func endGrants(application: ApplicationID, as ending: Grant.Ending, at now: Timestamp) throws
  func openGrants(of account: AccountID) throws -> [Grant]
  /// Ends every open grant of everybody, after the database was set back, and every access token issued before `now` or in its second: of one that was
  /// given out after the backup the grant is not known here. Instances learn of the latter when they start, and may do so when that second is over.
  ///
  /// - Returns: how many.
  func endEveryGrant(as ending: Grant.Ending, at now: Timestamp) throws -> Int

  func insert(_ code: AuthorizationCode) throws
  /// Takes the code out of circulation and returns it; a second taker gets `.spent` with the grant to end. Atomic under concurrent calls from
  /// several instances (RFC 6749 §4.1.2: a code MUST NOT be used more than once). Expiry is judged by the caller: an expired code is burnt too.
  func redeem(_ code: SecretDigest, at now: Timestamp) throws -> RedeemedCode

  /// Takes every code out of circulation, as if it had been redeemed.
  func spendEveryCode(at now: Timestamp) throws

  /// A grant has one family at most.
  func insert(_ family: RefreshFamily) throws
  func refreshFamily(_ digest: SecretDigest) throws -> RefreshFamily?
  /// Moves the family on to a new turn: one conditional write.
  ///
  /// - Returns: false when `turn` was not the current one any more: somebody else has used it (RFC 9700 §4.14.2).
  func renew(_ family: RefreshFamily, from turn: SecretDigest) throws -> Bool

  /// Deletes grants of a session to an application whose code nobody redeemed, except the newest `count`. Nothing was issued from them, so nothing
  /// has to be remembered; their codes are unknown from now on.
  func deleteUnredeemedGrants(session: SessionID, application: ApplicationID, exceptNewest count: Int) throws

  /// Puts one access token (by `jti`) on the deny list until it would have ended anyway.
  func revokeToken(_ tokenID: String, until expiresAt: Timestamp) throws
  /// Clean-up only: grants with their codes and refresh families, and deny-list rows, that can matter no more.
  ///
  /// - Parameter count: how many at most of each: ended grants, expired grants, deny-list rows.
  /// - Returns: how many went together; fewer than `count` when none is left.
  func deleteEndedGrants(before limit: Timestamp, atMost count: Int) throws -> Int
  /// Clean-up only: grants whose code ran out before `limit` without having been redeemed.
  func deleteUnredeemedGrants(codeExpiredBefore limit: Timestamp, atMost count: Int) throws -> Int
}

package protocol SigningKeyStore {
  /// Every key that is kept, newest first; whether it is still published is judged at use.
  func signingKeys() throws -> [StoredSigningKey]
  /// - Throws: `StoreError.taken(.signingKey)`.
  func insert(_ key: StoredSigningKey) throws
  func retireSigningKey(_ id: String, at now: Timestamp, publishedUntil: Timestamp) throws
  /// Clean-up only: keys that have not been published since before `limit`.
  func deleteSigningKeys(publishedBefore limit: Timestamp, atMost count: Int) throws -> Int
  /// A constant sealed by the root key this database was made with, so that a wrong key is noticed before anything is touched.
  func rootKeyProof() throws -> String?
  func setRootKeyProof(_ proof: String) throws
}
