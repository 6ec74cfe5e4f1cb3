extension Migration {
  /// Which roles exclude each other, as it stands and with every version. A program of before does not ask: what it gives is not held to them, and
  /// found out by whatever is given to the same person afterwards.
  static let roleExclusions = """
    CREATE TABLE role_exclusions (
      id TEXT NOT NULL PRIMARY KEY,
      organization_id TEXT REFERENCES organizations (id),
      definition TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      defined_at BIGINT NOT NULL,
      defined_by TEXT NOT NULL,
      version BIGINT NOT NULL
    );

    CREATE TABLE role_exclusion_versions (
      exclusion_id TEXT NOT NULL,
      version BIGINT NOT NULL,
      organization_id TEXT,
      definition TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      valid_from BIGINT NOT NULL,
      valid_until BIGINT,
      defined_by TEXT NOT NULL,
      PRIMARY KEY (exclusion_id, version)
    );
    """
}
