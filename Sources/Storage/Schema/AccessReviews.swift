extension Migration {
  /// Reviews of who holds what, and when what is held was used last. The assignments that a review is about are written down as they were, and outlive
  /// themselves; neither table refers to them, since they stand in two.
  static let accessReviews = """
    CREATE TABLE access_reviews (
      id TEXT NOT NULL PRIMARY KEY,
      organization_id TEXT NOT NULL REFERENCES organizations (id),
      name TEXT NOT NULL,
      opened_by TEXT NOT NULL,
      opened_at BIGINT NOT NULL,
      closed_by TEXT,
      closed_at BIGINT,
      version BIGINT NOT NULL,
      CHECK ((closed_by IS NULL) = (closed_at IS NULL))
    );
    CREATE INDEX access_reviews_of_organization ON access_reviews (organization_id, id);

    CREATE TABLE access_review_items (
      review_id TEXT NOT NULL REFERENCES access_reviews (id),
      id TEXT NOT NULL,
      organization_id TEXT NOT NULL,
      account_id TEXT,
      application_id TEXT,
      group_id TEXT,
      subject_id TEXT,
      role_id TEXT NOT NULL,
      scope_type TEXT NOT NULL,
      scope_id TEXT NOT NULL,
      starts_at BIGINT,
      ends_at BIGINT,
      reason TEXT NOT NULL,
      granted_by TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      last_used_at BIGINT,
      verdict TEXT CHECK (verdict IN ('keep', 'remove')),
      decision_reason TEXT,
      decided_by TEXT,
      decided_at BIGINT,
      PRIMARY KEY (review_id, id)
    );

    CREATE TABLE assignment_uses (
      assignment_id TEXT NOT NULL PRIMARY KEY,
      last_used_at BIGINT NOT NULL
    );
    """
}
