extension Migration {
  /// How many may hold a role, as it stands and with every version. `owner` is the organization's id, or empty for the portal, because a key takes no
  /// NULL. A program of before does not ask: what it gives is not counted, and found out when the role is given the next time.
  static let roleLimits = """
    CREATE TABLE role_limits (
      owner TEXT NOT NULL,
      role_id TEXT NOT NULL,
      definition TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      defined_at BIGINT NOT NULL,
      defined_by TEXT NOT NULL,
      version BIGINT NOT NULL,
      PRIMARY KEY (owner, role_id)
    );

    CREATE TABLE role_limit_versions (
      owner TEXT NOT NULL,
      role_id TEXT NOT NULL,
      version BIGINT NOT NULL,
      definition TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      valid_from BIGINT NOT NULL,
      valid_until BIGINT,
      defined_by TEXT NOT NULL,
      PRIMARY KEY (owner, role_id, version)
    );
    """
}
