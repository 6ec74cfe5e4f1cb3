extension Migration {
  /// Which application each requestable audience was when it was listed. Lists made before say nothing of it: what they name of their own owner's
  /// goes on, a service of somebody else has to be listed anew by an operator.
  static let audienceHolders = """
    ALTER TABLE applications ADD COLUMN audience_holders TEXT NOT NULL DEFAULT '[]';
    """
}
