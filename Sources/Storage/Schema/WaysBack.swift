extension Migration {
  /// Where a sign-up began, and in which browser, so that confirming the address can lead back there.
  static let waysBack = """
    ALTER TABLE pending_sign_ups ADD COLUMN way_back TEXT;
    ALTER TABLE pending_sign_ups ADD COLUMN browser TEXT;
    """
}
