extension Migration {
  /// Audit entries get a position, which is the order in which they were committed.
  ///
  /// Their ids say when a request began. A request that hashes a password commits long after others that began later, so whoever reads the trail
  /// page by page in the order of ids would never see its entry.
  static let auditPositions = """
    ALTER TABLE audit_entries ADD COLUMN position BIGINT;
    UPDATE audit_entries SET position = numbered.position
    FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS position FROM audit_entries) AS numbered
    WHERE numbered.id = audit_entries.id;
    CREATE UNIQUE INDEX audit_entries_in_order ON audit_entries (position);
    CREATE INDEX audit_entries_of_organization_in_order ON audit_entries (organization_id, position);
    CREATE INDEX audit_entries_by_time ON audit_entries (happened_at);
    DROP INDEX audit_entries_of_organization;
    """
}
