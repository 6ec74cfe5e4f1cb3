extension Migration {
  /// One row for all the refresh tokens of a grant, in place of one for each that was ever given. Tokens given before are worth nothing:
  /// their applications ask their people to sign in once more.
  static let refreshFamilies = """
    DROP TABLE refresh_tokens;

    CREATE TABLE refresh_families (
      digest TEXT NOT NULL PRIMARY KEY,
      grant_id TEXT NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
      turn TEXT NOT NULL,
      issued_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL
    );
    CREATE UNIQUE INDEX refresh_families_of_grant ON refresh_families (grant_id);
    """
}
