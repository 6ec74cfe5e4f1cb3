internal import AccessControl
internal import Foundation
internal import Identity
internal import Primitives
internal import Storage
internal import StoragePostgres
internal import Synchronization

/// How long after a change was answered by one instance another one on the same PostgreSQL decides by it.
///
/// A revoked token stands for every change: sessions, grants, roles, applications and keys travel the same way, in the facts of a commit.
enum FreshnessBench {
  static func run(_ arguments: [String]) async throws {
    guard arguments.count == 2, let address = PostgresAddress(arguments[0]), let changes = Int(arguments[1]) else {
      throw Unusable(what: "usage: bench freshness DATABASE CHANGES")
    }
    let options = PostgresOptions(store: StorageOptions(now: SystemClock.now))
    let here = StoragePostgres.open(address, observer: Learned(), options: options)
    try await here.migrate()
    try await here.loadPolicy()
    let learned = Learned()
    let there = StoragePostgres.open(address, observer: learned, options: options)
    try await there.loadPolicy()
    let watching = Task { await there.watchOtherProcesses { _ in } }
    defer { watching.cancel() }
    var delays: [Double] = []
    for change in 0..<changes {
      let token = "\(UUID().uuidString)-\(change)"
      try await here.write { try $0.revokeToken(token, until: SystemClock.now() + .minutes(5)) }
      let answered = ContinuousClock.now
      while learned.moment(of: token) == nil, ContinuousClock.now < answered + .seconds(10) {
        try await Task.sleep(for: .milliseconds(1))
      }
      guard let moment = learned.moment(of: token) else { throw Unusable(what: "a change did not arrive within ten seconds") }
      delays.append(max(0, (moment - answered) / .milliseconds(1)))
    }
    delays.sort()
    func percentile(_ share: Double) -> String { rounded(delays[min(delays.count - 1, Int(Double(delays.count) * share))], 1) }
    print(
      """
      | A change on one instance is known on another: median, 99th percentile, longest of \(changes) | \
      \(percentile(0.5)) ms, \(percentile(0.99)) ms, \(percentile(1)) ms | goal 250 ms | |
      """)
  }

  /// Notes when each token was heard of.
  private final class Learned: PolicyObserver {
    private let moments = Mutex<[String: ContinuousClock.Instant]>([:])

    func moment(of token: String) -> ContinuousClock.Instant? { moments.withLock { $0[token] } }

    func apply(_ facts: PolicyFacts) {
      let now = ContinuousClock.now
      moments.withLock { moments in for token in facts.revokedTokens.keys where moments[token] == nil { moments[token] = now } }
    }

    func replace(with facts: PolicyFacts) { apply(facts) }
    func confirm(isCurrent: Bool, until deadline: ContinuousClock.Instant?) {}
  }
}
