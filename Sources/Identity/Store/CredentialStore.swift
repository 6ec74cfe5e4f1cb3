package import AccessControl
package import Primitives

package protocol CredentialStore {
  func passwordHash(of account: AccountID) throws -> StoredPassword?
  /// Sets or replaces the password.
  func setPassword(_ password: StoredPassword, of account: AccountID) throws
  /// Replaces the hash by one of today's cost, only while it is still `old`: a change of password at the same moment wins.
  func renewPasswordHash(of account: AccountID, from old: PasswordHash, to new: PasswordHash) throws -> Bool

  /// Work accounts that nobody can sign in to, in the order of their ids.
  func workAccountsWithoutPassword(after last: AccountID?, limit: Int) throws -> [Account]

  func peppers() throws -> [StoredPepper]
  func insert(_ pepper: StoredPepper) throws

  /// Whether this browser carries a device cookie from an earlier success of this account.
  func knowsDevice(_ digest: SecretDigest, of account: AccountID) throws -> Bool
  /// Remembers this one, or moves its date; of the others the `others` seen last stay.
  func rememberDevice(_ digest: SecretDigest, of account: AccountID, at now: Timestamp, besides others: Int) throws
  /// Clean-up only: devices nobody signed in with since `limit`.
  func deleteDevices(seenBefore limit: Timestamp, atMost count: Int) throws -> Int
}

package struct StoredPassword: Sendable, Hashable {
  package let hash: PasswordHash
  package let changedAt: Timestamp

  package init(hash: PasswordHash, changedAt: Timestamp) {
    self.hash = hash
    self.changedAt = changedAt
  }
}

/// Failure counters. A key is a keyed hash of what it counts, so the table tells nothing about who was attacked.
package protocol ThrottleStore {
  func throttle(_ key: String) throws -> ThrottleState?
  /// Writes the state of one key; the caller read it in the same transaction.
  func setThrottle(_ key: String, to state: ThrottleState) throws
  func clearThrottle(_ key: String) throws
  /// Clean-up only: rows whose count started before `limit` and that block nothing any more.
  func deleteThrottles(before limit: Timestamp, atMost count: Int) throws -> Int
}
