package import AccessControl
package import Primitives

/// The audit trail. Rows are appended in the transaction of what they tell; there is no call that changes or deletes one.
package protocol AuditStore {
  func append(_ entry: AuditEntry) throws
  /// In the order in which they were committed, which is not quite that of their times: an entry that was not there when a page was read stands
  /// behind everything that was. So whoever reads on from a cursor misses nothing.
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
