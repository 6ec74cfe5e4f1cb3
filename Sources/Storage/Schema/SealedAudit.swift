extension Migration {
  /// Audit entries get their position when they are sealed, with a link of a chain over everything before them; see `SealAudit`.
  ///
  /// An older Usher that still runs gives a position itself, one more than the newest; those are sealed first and keep it.
  static let sealedAudit = """
    ALTER TABLE audit_entries ADD COLUMN chain TEXT;
    CREATE INDEX audit_entries_without_position ON audit_entries (id) WHERE position IS NULL;

    CREATE TABLE audit_heads (
      name TEXT NOT NULL PRIMARY KEY,
      position BIGINT NOT NULL,
      chain TEXT NOT NULL,
      sealed_at BIGINT NOT NULL,
      signature TEXT NOT NULL
    );
    INSERT INTO audit_heads (name, position, chain, sealed_at, signature) VALUES ('trail', 0, '', 0, '');

    CREATE TABLE audit_checkpoints (
      position BIGINT NOT NULL PRIMARY KEY,
      chain TEXT NOT NULL,
      sealed_at BIGINT NOT NULL,
      signature TEXT NOT NULL
    );
    """
}
