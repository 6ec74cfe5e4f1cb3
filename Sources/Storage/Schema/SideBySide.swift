extension Migration {
  /// Each migration says since which schema a program can go on beside it, so that an older instance starts on a newer database as long as it may.
  static let sideBySide = """
    ALTER TABLE schema_migrations ADD COLUMN serves_from BIGINT;
    """
}
