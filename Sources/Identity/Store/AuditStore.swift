package import AccessControl
package import Primitives

/// The audit trail. Rows are appended in the transaction of what they tell; there is no call that changes or deletes one. Their place in the trail
/// is given to them afterwards, by `SealAudit`.
package protocol AuditStore {
  func append(_ entry: AuditEntry) throws
  /// The same for many, in one statement.
  func append(_ entries: [AuditEntry]) throws
  /// Entries that have their place, in its order: what was committed before somebody sealed stands before everything that was committed later. So
  /// whoever reads on from a cursor misses nothing. What nobody has sealed yet is not among them.
  ///
  /// - Parameters:
  ///   - organization: nil lists the whole portal's.
  ///   - since: only what happened from this moment on.
  ///   - after: the position that `Page.next` named, as a number.
  func auditEntries(organization: OrganizationID?, since: Timestamp?, after: Int64?, limit: Int) throws -> Page<AuditEntry>
  /// Adds one to the counter of a repeated anonymous failure (`event`) in the hour that starts at `hour`: such failures are counted, not
  /// written one by one.
  func countFailure(_ event: String, hour: Timestamp) throws
  func failureCounts(since: Timestamp) throws -> [FailureCount]

  /// How far the trail is sealed; `.start` when nothing is.
  func auditHead() throws -> AuditCheckpoint
  /// Entries that have no place yet behind this head, in the order in which they are to get it: those that an earlier version of Usher gave a
  /// position, in that order, then the others by id.
  func unsealedAudit(behind head: AuditCheckpoint, limit: Int) throws -> [AuditRecord]
  /// How many those are, and when the oldest of them happened.
  func unsealedAudit(behind head: AuditCheckpoint) throws -> (count: Int, oldest: Timestamp?)
  /// Moves the head on, when it still is the one the caller saw.
  ///
  /// - Returns: false when it is another; nothing is changed then.
  func moveAuditHead(from seen: AuditCheckpoint, to next: AuditCheckpoint) throws -> Bool
  /// Gives an entry its place.
  ///
  /// - Returns: false when there is no such entry.
  func sealAudit(entry id: String, at position: Int64, chain: String) throws -> Bool
  /// Keeps a checkpoint; one that is kept of the same position stays as it is.
  func keep(_ checkpoint: AuditCheckpoint) throws
  func newestAuditCheckpoint() throws -> AuditCheckpoint?
  /// The kept checkpoints behind a position, in its order.
  func auditCheckpoints(after position: Int64, limit: Int) throws -> [AuditCheckpoint]
  /// Everything that has a place behind a position, as it is stored, sealed or not.
  func auditRecords(after position: Int64, limit: Int) throws -> [SealedRecord]
  /// Clean-up: takes away checkpoints of before a moment, at most `count`; the newest of each day (UTC) stays.
  ///
  /// - Returns: how many went.
  func thinAuditCheckpoints(sealedBefore moment: Timestamp, atMost count: Int) throws -> Int
}

package struct FailureCount: Sendable, Hashable {
  package let event: String
  package let hour: Timestamp
  package let count: Int

  package init(event: String, hour: Timestamp, count: Int) {
    self.event = event
    self.hour = hour
    self.count = count
  }
}

/// The letters that wait. They are jobs of the kind `letter`, and whoever carries one holds it as any other job.
package protocol OutboxStore {
  func enqueue(_ letter: Letter) throws
  /// Whether `takeDueLetters` would find one. For looking before writing.
  func hasDueLetters(at now: Timestamp) throws -> Bool
  /// Letters due at `now` that nobody holds, those due longest first, at most `limit`. Two postmen never take the same letter; one that dies in
  /// the middle of a delivery leaves it to the others once its lease ends. `attempts` stays: a crash is not the letter's failure.
  ///
  /// A letter that this version cannot understand is put off as after a failed attempt, and once its time is over comes out with a content that
  /// does not open, to be given up.
  func takeDueLetters(at now: Timestamp, heldBy holder: InstanceName, until: Timestamp, limit: Int) throws -> [Letter]
  /// Delivered, by whomever: the row and its sealed content go away.
  func removeLetter(_ id: LetterID) throws
  /// Not to be tried again: the row and its sealed content go away.
  ///
  /// - Returns: false when another holds it now, or it is gone.
  func giveUpLetter(_ id: LetterID, heldBy holder: InstanceName) throws -> Bool
  /// An attempt failed: `attempts` goes up by one, and the letter is due again at `until`.
  ///
  /// - Returns: false when another holds it now, or it is gone.
  func postponeLetter(_ id: LetterID, heldBy holder: InstanceName, until: Timestamp, error: String) throws -> Bool
  /// Letters that wait, for health and operators.
  func waitingLetters() throws -> (count: Int, oldest: Timestamp?)
}
