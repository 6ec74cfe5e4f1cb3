package import Identity
package import Primitives

extension SQLTransaction: ThrottleStore {
  package func throttle(_ key: String) throws -> ThrottleState? {
    try row("SELECT failures, since, blocked_until FROM throttles WHERE throttle_key = $1", [.text(key)]) { row in
      ThrottleState(failures: try row.count(0), since: try row.time(1), blockedUntil: try row.optionalTime(2))
    }
  }

  package func setThrottle(_ key: String, to state: ThrottleState) throws {
    try change(
      """
      INSERT INTO throttles (throttle_key, failures, since, blocked_until) VALUES ($1, $2, $3, $4)
      ON CONFLICT (throttle_key) DO UPDATE
      SET failures = excluded.failures, since = excluded.since, blocked_until = excluded.blocked_until
      """,
      [.text(key), .count(state.failures), .time(state.since), .time(state.blockedUntil)])
  }

  package func clearThrottle(_ key: String) throws {
    try change("DELETE FROM throttles WHERE throttle_key = $1", [.text(key)])
  }

  package func deleteThrottles(before limit: Timestamp, atMost count: Int) throws -> Int {
    try delete(
      from: "throttles", by: "throttle_key", "since < $1 AND (blocked_until IS NULL OR blocked_until < $1)", limit, atMost: count)
  }
}
