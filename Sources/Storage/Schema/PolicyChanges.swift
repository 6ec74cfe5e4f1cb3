extension Migration {
  /// What each commit changed of the policy, for the other instances on the same database. Filled only where there can be several: on PostgreSQL.
  static let policyChanges = """
    CREATE TABLE policy_changes (
      revision BIGINT NOT NULL PRIMARY KEY,
      change TEXT NOT NULL,
      changed_at BIGINT NOT NULL
    );
    CREATE INDEX policy_changes_by_age ON policy_changes (changed_at);
    """
}
