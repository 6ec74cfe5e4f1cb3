internal import ArgumentParser
internal import Identity
internal import Primitives

struct JobsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jobs", abstract: "Shows the work that waits or is repeated, runs a job at once, or deletes one.",
    discussion: "Without a subcommand it lists. It may be run while the server runs.",
    subcommands: [List.self, Run.self, Delete.self], defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows the work that waits or is repeated, such as letters, clean-up and key rotation.",
      discussion: """
        One line for each: how old it is, when it is due, how often it failed since it last succeeded and why, and which instance works on
        it. It tells neither whom a letter goes to nor what it says.
        """)

    @Flag(help: "Only what failed since it last succeeded.")
    var failing = false

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
      let foundations = try await options.layFoundations(as: "jobs")
      let occasion = foundations.occasion("jobs")
      StandardOutput.say(JobTable.heading)
      var next: String?
      repeat {
        let page = try await ListJobs()(
          nil, onlyFailing: failing, PageRequest(limit: PageRequest.maximumLimit, after: next), occasion,
          env: foundations.environment)
        for job in page.items { StandardOutput.say(JobTable.line(job, at: occasion.now)) }
        next = page.next
      } while next != nil
      try foundations.close()
    }
  }

  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes a job due at once that failed or waits; a server that runs takes it within seconds.")

    @Argument(help: ArgumentHelp("Its name, as 'usher jobs' shows it.", valueName: "job"))
    var job: String

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
      try await JobsCommand.change(job, options, as: "jobs run") { id, occasion, env in
        let job = try await RunJob()(id, occasion, env: env)
        return "\(job.kind.rawValue) \(id) is due now."
      }
    }
  }

  struct Delete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Gives up a job that failed or waits; repeated work cannot be deleted.")

    @Argument(help: ArgumentHelp("Its name, as 'usher jobs' shows it.", valueName: "job"))
    var job: String

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
      try await JobsCommand.change(job, options, as: "jobs delete") { id, occasion, env in
        try await DeleteJob()(id, occasion, env: env)
        return "\(id) is deleted."
      }
    }
  }

  /// - Parameter change: returns what is said of it.
  private static func change(
    _ name: String, _ options: ConfigurationOptions, as command: String,
    _ change: (JobID, Occasion, Identity.Environment) async throws -> String
  ) async throws {
    guard let id = JobID(name) else { throw ValidationError("'\(LogText.line(name))' is no job's name.") }
    let foundations = try await options.layFoundations(as: command)
    do {
      StandardOutput.say(try await change(id, foundations.occasion(command), foundations.environment))
    } catch let refusal as JobRefusal {
      switch refusal {
      case .unknown: throw StartRefusal("there is no job \(id).")
      case .underWay: throw StartRefusal("an instance works on \(id) at this moment.")
      case .standing: throw StartRefusal("\(id) goes on all the time.")
      case .repeated: throw StartRefusal("\(id) is repeated for as long as its setting says so.")
      }
    }
    try await foundations.settle()
  }
}

/// Jobs as lines for a terminal.
enum JobTable {
  private static let widths = [14, 27, 6, 11, 7, 40]

  static let heading = line(["KIND", "JOB", "AGE", "DUE", "FAILED", "HELD BY", "LAST ERROR"])

  static func line(_ job: Job, at now: Timestamp) -> String {
    let wait = job.dueAt - now
    return line([
      job.kind.rawValue, job.id.text, rough(now - job.createdAt),
      wait > .seconds(0) ? "in \(rough(wait))" : "\(rough(now - job.dueAt)) ago",
      "\(job.attempts)", job.isLeased(at: now) ? job.lease?.holder.text ?? "" : "-",
      job.lastError.map { LogText.line($0) } ?? "-",
    ])
  }

  /// Two blanks at least between columns, however long what stands in one.
  private static func line(_ cells: [String]) -> String {
    zip(cells.dropLast(), widths).map { cell, width in
      cell + String(repeating: " ", count: max(width - cell.count, 0) + 2)
    }.joined() + (cells.last ?? "")
  }

  /// In the largest unit of which there is one, cut: `3d`, `5h`, `12m`, `40s`.
  static func rough(_ duration: Duration) -> String {
    let seconds = max(duration.wholeSeconds, 0)
    let units: [(sign: String, seconds: Int64)] = [("d", 86_400), ("h", 3_600), ("m", 60)]
    let unit = units.first { seconds >= $0.seconds } ?? ("s", 1)
    return "\(seconds / unit.seconds)\(unit.sign)"
  }
}
