extension Migration {
  /// Work that one instance does for all of them. `carries` is what its worker must know, secrets sealed; `repeats_every` microseconds.
  static let jobs = """
    CREATE TABLE jobs (
      id TEXT NOT NULL PRIMARY KEY,
      kind TEXT NOT NULL,
      carries TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      due_at BIGINT NOT NULL,
      lease_holder TEXT,
      lease_until BIGINT,
      attempts BIGINT NOT NULL,
      give_up_at BIGINT,
      repeats_every BIGINT,
      last_error TEXT,
      last_run_at BIGINT,
      last_success_at BIGINT,
      CHECK ((lease_holder IS NULL) = (lease_until IS NULL))
    );
    CREATE INDEX jobs_due ON jobs (kind, due_at, id);
    CREATE INDEX jobs_failing ON jobs (id) WHERE attempts > 0;
    """
}
