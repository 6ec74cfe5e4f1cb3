extension Management {
  /// Work that one instance does for all of them: a letter to carry, the clean-up of every hour. It tells neither whom a letter goes to nor what it
  /// says.
  public struct Job: Codable, Hashable, Sendable {
    /// Its id; for a letter the one that the audit trail names.
    public var id: String
    /// `letter`, `clean-up`, `key-rotation` …
    public var kind: String
    /// When it was first wanted.
    public var createdAt: String
    /// When it is to be done next.
    public var dueAt: String
    /// How often it failed since it last succeeded.
    public var attempts: Int
    /// Why it failed last.
    public var lastError: String?
    /// When it was taken up last.
    public var lastRunAt: String?
    /// When repeated work last succeeded.
    public var lastSuccessAt: String?
    /// When nobody tries any more.
    public var giveUpAt: String?
    /// How long after a success it is due again, in seconds; absent for work that is done once.
    public var repeatsEvery: Int64?
    /// Who works on it.
    public var lease: Lease?

    /// All members, in the order of the document.
    public init(
      id: String, kind: String, createdAt: String, dueAt: String, attempts: Int, lastError: String? = nil,
      lastRunAt: String? = nil,
      lastSuccessAt: String? = nil, giveUpAt: String? = nil, repeatsEvery: Int64? = nil, lease: Lease? = nil
    ) {
      self.id = id
      self.kind = kind
      self.createdAt = createdAt
      self.dueAt = dueAt
      self.attempts = attempts
      self.lastError = lastError
      self.lastRunAt = lastRunAt
      self.lastSuccessAt = lastSuccessAt
      self.giveUpAt = giveUpAt
      self.repeatsEvery = repeatsEvery
      self.lease = lease
    }

    enum CodingKeys: String, CodingKey {
      case id, kind, attempts, lease
      case createdAt = "created_at"
      case dueAt = "due_at"
      case lastError = "last_error"
      case lastRunAt = "last_run_at"
      case lastSuccessAt = "last_success_at"
      case giveUpAt = "give_up_at"
      case repeatsEvery = "repeats_every_seconds"
    }
  }

  /// One instance's right to a job. After its end, another may take the job over.
  public struct Lease: Codable, Hashable, Sendable {
    /// The instance: its machine's name, and a part that is new each time it starts.
    public var holder: String
    /// When it ends, if the instance gives no sign of life.
    public var until: String

    /// All members, in the order of the document.
    public init(holder: String, until: String) {
      self.holder = holder
      self.until = until
    }
  }
}
