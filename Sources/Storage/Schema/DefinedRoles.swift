extension Migration {
  /// The roles and permissions that operators and organizations define, each as it stands and with every version it ever had. Versions outlive
  /// what they are versions of, so they refer to nothing.
  static let definedRoles = """
    CREATE TABLE permissions (
      resource_type TEXT NOT NULL,
      action TEXT NOT NULL,
      definition TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      defined_at BIGINT NOT NULL,
      defined_by TEXT NOT NULL,
      version BIGINT NOT NULL,
      PRIMARY KEY (resource_type, action)
    );

    CREATE TABLE permission_versions (
      resource_type TEXT NOT NULL,
      action TEXT NOT NULL,
      version BIGINT NOT NULL,
      definition TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      valid_from BIGINT NOT NULL,
      valid_until BIGINT,
      defined_by TEXT NOT NULL,
      PRIMARY KEY (resource_type, action, version)
    );

    CREATE TABLE roles (
      id TEXT NOT NULL PRIMARY KEY,
      organization_id TEXT REFERENCES organizations (id),
      definition TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      defined_at BIGINT NOT NULL,
      defined_by TEXT NOT NULL,
      version BIGINT NOT NULL
    );

    CREATE TABLE role_versions (
      role_id TEXT NOT NULL,
      version BIGINT NOT NULL,
      organization_id TEXT,
      definition TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      valid_from BIGINT NOT NULL,
      valid_until BIGINT,
      defined_by TEXT NOT NULL,
      PRIMARY KEY (role_id, version)
    );

    CREATE INDEX role_assignments_of_role ON role_assignments (role_id, organization_id);
    """
}
