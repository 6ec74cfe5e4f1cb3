extension Migration {
  /// Finds the codes that nobody redeemed without passing by all the others.
  static let unredeemedCodes = """
    CREATE INDEX authorization_codes_unredeemed ON authorization_codes (expires_at) WHERE spent_at IS NULL;
    """
}
