internal import Primitives

/// Takes away what can matter no more from the store, in batches that never hold up other writes for long.
///
/// Nothing depends on it: whether something has expired is judged when it is used, and without this every answer but a few words on the page of
/// a long-dead link stays the same. It only keeps the database small.
package struct CleanUp: Sendable {
  /// How long things are kept after they ended.
  package enum Kept {
    /// Ended grants, with their codes and refresh tokens: long enough to answer a late replay properly.
    package static let grants: Duration = .days(2)
    /// Grants whose code nobody redeemed, after the code's end. Nothing was issued from them; the code is refused with the row and without it.
    package static let unredeemedGrants: Duration = .minutes(10)
    /// Sessions; those with a living `offline_access` grant stay besides.
    package static let sessions: Duration = .days(2)
    /// Sign-ups hold password hashes of people who never proved a mailbox.
    package static let signUps: Duration = .days(2)
    package static let initialAccessTokens: Duration = .days(2)
    /// So that the page of an old link can say what became of it.
    package static let invitationLinks: Duration = .days(180)
    /// Longer than an instance is without its database and goes on serving.
    package static let policyChanges: Duration = .hours(1)
    /// Browsers forget a cookie after this long.
    package static let devices: Duration = .days(400)
    /// Every checkpoint of the audit trail; after that the newest of each day.
    package static let auditCheckpoints: Duration = .days(7)
  }

  /// How many rows one commit takes away at most, of each kind.
  package let batch: Int

  package init(batch: Int = 500) { self.batch = max(1, batch) }

  /// - Parameter goOn: called between two batches; what it throws ends the work there, and what went is gone.
  /// - Returns: how many rows went.
  @discardableResult
  package func callAsFunction(
    env: Environment, betweenBatches goOn: @Sendable () async throws -> Void = {}
  ) async throws -> Int {
    let now = env.clock()
    // Letters are counted by the day, whatever the window of failures.
    let window = max(env.settings.throttle.window, .days(1))
    let batch = batch
    let steps: [@Sendable (any Transaction) throws -> Int] = [
      { try $0.deleteThrottles(before: now - window, atMost: batch) },
      { try $0.deleteEndedGrants(before: now - Kept.grants, atMost: batch) },
      { try $0.deleteUnredeemedGrants(codeExpiredBefore: now - Kept.unredeemedGrants, atMost: batch) },
      { try $0.deleteSessions(expiredBefore: now - Kept.sessions, atMost: batch) },
      { try $0.deletePendingSignUps(expiredBefore: now - Kept.signUps, atMost: batch) },
      { try $0.deleteInitialAccessTokens(expiredBefore: now - Kept.initialAccessTokens, atMost: batch) },
      { try $0.deleteInvitationLinks(expiredBefore: now - Kept.invitationLinks, atMost: batch) },
      { try $0.deleteDevices(seenBefore: now - Kept.devices, atMost: batch) },
      { try $0.deleteSigningKeys(publishedBefore: now - SigningKeyVault.kept, atMost: batch) },
      { try $0.thinAuditCheckpoints(sealedBefore: now - Kept.auditCheckpoints, atMost: batch) },
      { try $0.deletePolicyChanges(before: now - Kept.policyChanges, atMost: batch) },
    ]
    var total = 0
    for step in steps {
      var gone = 0
      repeat {
        try await goOn()
        gone = try await env.store.write(step)
        total += gone
      } while gone >= batch
    }
    return total
  }
}

extension Job.Kind {
  package static let cleanUp = Job.Kind(rawValue: "clean-up")
}

extension RepeatedWork {
  package static func cleanUp(every interval: Duration, env: Environment) -> RepeatedWork {
    RepeatedWork(
      .cleanUp, every: interval, firstDue: { _, now in now },
      perform: { job in
        try await CleanUp()(env: env, betweenBatches: job.goOn)
        return env.clock() + interval
      })
  }
}
