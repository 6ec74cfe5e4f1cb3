package import Primitives

/// Work that is done again and again, by one instance at a time.
///
/// It bears being done twice, and being broken off anywhere: whoever comes next finds in the store what is left to do.
package struct RepeatedWork: Sendable {
  package let kind: Job.Kind
  package let interval: Duration
  /// When it is due, if it was never done on this database or its interval was changed.
  package let firstDue: @Sendable (any Transaction, _ now: Timestamp) throws -> Timestamp
  /// Does it, calling `HeldJob.goOn` between its steps, and says when it is due again.
  package let perform: @Sendable (HeldJob) async throws -> Timestamp

  package init(
    _ kind: Job.Kind, every interval: Duration,
    firstDue: @escaping @Sendable (any Transaction, _ now: Timestamp) throws -> Timestamp,
    perform: @escaping @Sendable (HeldJob) async throws -> Timestamp
  ) {
    self.kind = kind
    self.interval = interval
    self.firstDue = firstDue
    self.perform = perform
  }
}
